using System.CommandLine;
using RnnCourse.Exercises.Recording;
using RnnCourse.Notebooks.Format;
using Spectre.Console;
using Notes = RnnCourse.Exercises.Progress;

namespace RnnCourse.Cli.Progress;

/// <summary>The command <c>rnn progress</c>: shows what the learner has run, solved and answered.</summary>
internal static class ProgressCommand
{
    public const string Examples = """
        Examples:
          rnn progress                   Your progress in each lesson, and what to do next
          rnn progress --json            The same for a program
          rnn progress --reset           Delete all progress and start again

        Checks, quizzes and claims record your progress when you run a lesson, in any notebook host or with 'rnn run'
        and its name. ('rnn run' without a name makes pages of the whole course; then only your answers count.) The
        record stays on this machine: in the file that RNN_PROGRESS names, or else in RnnCourse/progress.jsonl in your
        folder for local application data. RNN_PROGRESS=off records nothing.

        Exit codes:
          0    shown, or deleted
          2    wrong usage, or a file that cannot be read or written
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON.", Arity = ArgumentArity.Zero };
        var reset = new Option<bool>("--reset")
        {
            Description = "Delete all progress, after a confirmation.",
            Arity = ArgumentArity.Zero,
        };
        var yes = new Option<bool>("--yes")
        {
            Description = "With --reset: do not ask for confirmation.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("progress", "Show what you have run, solved and answered, and what to do next.")
        {
            json,
            reset,
            yes,
        };
        command.SetAction(parsed => Execute(parsed.GetValue(json), parsed.GetValue(reset), parsed.GetValue(yes)));
        return command;
    }

    private static int Execute(bool json, bool reset, bool yes)
    {
        try
        {
            return reset ? Reset(yes) : Show(json);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
    }

    private static int Show(bool json)
    {
        if (Repository.FindFrom(Environment.CurrentDirectory) is not { } repository)
        {
            return ErrorMessage.Write(
                "The current folder is not in the course's repository. Go there.",
                ExitCode.Usage
            );
        }

        var progress = CourseProgress.Of(
            repository.Lessons(),
            Notes.FilePath is { } file ? OnFile(file, ProgressFile.Read) : []
        );
        if (json)
        {
            Console.WriteLine(ProgressReport.ToJson(progress, Notes.FilePath));
            return ExitCode.Success;
        }

        if (Console.IsOutputRedirected)
        {
            ProgressReport.WriteLines(Console.Out, progress);
        }
        else
        {
            ProgressReport.WriteTable(Terminal.CreateConsole(), progress);
        }

        Console.WriteLine(Terminal.Printable(ProgressReport.Next(progress, repository)));
        Console.WriteLine(
            Notes.FilePath is { } path
                ? Terminal.Printable($"Recorded in {path}")
                : $"Nothing is recorded: {ReasonForNoRecord()}."
        );
        return ExitCode.Success;
    }

    private static string ReasonForNoRecord() =>
        Environment.GetEnvironmentVariable(Notes.Variable) is null
            ? "this is a build machine (CI is set), or you have no folder for local data"
            : $"{Notes.Variable} is off";

    private static int Reset(bool yes)
    {
        if (Notes.FilePath is not { } path || !File.Exists(path))
        {
            Console.WriteLine("There is no progress to delete.");
            return ExitCode.Success;
        }

        if (!yes)
        {
            var console = Terminal.CreateConsole();
            if (Console.IsInputRedirected || !console.Profile.Capabilities.Interactive)
            {
                return ErrorMessage.Write(
                    $"This would delete {path}. Add --yes to do so without a confirmation.",
                    ExitCode.Usage
                );
            }

            if (!console.Confirm(Markup.Escape($"Delete all progress? This deletes {path}."), defaultValue: false))
            {
                Console.WriteLine("Nothing was deleted.");
                return ExitCode.Success;
            }
        }

        OnFile(
            path,
            file =>
            {
                File.Delete(file);
                return true;
            }
        );
        Console.WriteLine("All progress was deleted.");
        return ExitCode.Success;
    }

    private static T OnFile<T>(string path, Func<string, T> work)
    {
        try
        {
            return work(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFileException($"{path}: {e.Message}", path, e);
        }
    }
}
