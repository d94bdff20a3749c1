using System.CommandLine;

namespace RnnCourse.Cli;

/// <summary>Where models are stored by default: artifacts/models in the repository or, outside it, in the current
/// folder.</summary>
internal static class ModelPath
{
    /// <summary>The option that names another file.</summary>
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

    /// <summary>The model file that the user named, or the default file of the task.</summary>
    /// <exception cref="UserErrorException">The file does not exist; the message says how to create it.</exception>
    public static string Existing(string? named, string task)
    {
        var path = named is null ? For(task) : Path.GetFullPath(named);
        if (File.Exists(path))
        {
            return path;
        }

        throw new UserErrorException(
            named is null
                ? $"There is no model for the task '{task}' yet ({Terminal.Relative(path)}). "
                    + $"Train one: rnn train {task}"
            : Directory.Exists(path) ? $"{named} is a folder. Name a model file with --model."
            : $"The model file {named} does not exist. Train one with rnn train, or name another with --model."
        );
    }
}
