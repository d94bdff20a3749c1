using System.CommandLine;
using RnnCourse.Cli.Run;

namespace RnnCourse.Cli;

/// <summary>Where models lie if nothing else is said: artifacts/models of the repository, or of the current folder
/// outside of one.</summary>
internal static class ModelPath
{
    /// <summary>The option that names another one.</summary>
    public static Option<string?> Option(string task) =>
        new("--model", "-m")
        {
            Description = $"The model file. Without it: artifacts/models/{task}.safetensors.",
            HelpName = "file",
        };

    public static string For(string task) =>
        Path.Combine(
            Repository.FindFrom(Environment.CurrentDirectory)?.Root ?? Environment.CurrentDirectory,
            "artifacts",
            "models",
            $"{task}.safetensors"
        );

    /// <summary>The file that a user named, or the task's usual one, if it is there.</summary>
    /// <exception cref="UserErrorException">It is not there; the message says how to make it.</exception>
    public static string Existing(string? named, string task)
    {
        var path = named is null ? For(task) : Path.GetFullPath(named);
        if (File.Exists(path))
        {
            return path;
        }

        throw new UserErrorException(
            named is null
                ? $"There is no model of the task '{task}' yet ({Terminal.Relative(path)}). Train one: rnn train {task}"
            : Directory.Exists(path) ? $"{named} is a folder; a model file is needed."
            : $"There is no model file {named}."
        );
    }
}
