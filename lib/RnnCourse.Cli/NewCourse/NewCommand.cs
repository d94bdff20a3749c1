using System.CommandLine;

namespace RnnCourse.Cli.NewCourse;

/// <summary>The command <c>rnn new</c>: makes a copy of the course, for people without a clone of its
/// repository.</summary>
internal static class NewCommand
{
    public const string Examples = """
        Examples:
          rnn new my-course              The lessons, their data and the library, in the new folder my-course

        Go into the folder and start with 'rnn open'. The copy is yours to change. Nothing is updated in it; another
        'rnn new' makes a fresh one.

        Exit codes:
          0    made
          2    wrong usage, or a folder that holds something already
          4    a file that cannot be read or written
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder to make; it must not exist, or be empty.",
        };
        folder.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("The name of the folder is empty.");
            }
        });
        var command = new Command("new", "Make a copy of the course in a new folder.") { folder };
        command.SetAction(parsed => Execute(parsed.GetValue(folder)!));
        return command;
    }

    private static int Execute(string folder)
    {
        if (Repository.OfThisProgram is not { } course)
        {
            return ErrorMessage.Write(
                "This program was installed without the course. Install the package RnnCourse.Tool, which contains it.",
                ExitCode.File
            );
        }

        try
        {
            var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            CourseCopy.Make(course, target);
            Console.WriteLine($"The course is in {Terminal.Printable(Terminal.Relative(target))}. Go there and start:");
            Console.WriteLine();
            Console.WriteLine($"  cd {ShellWord.Quote(folder)}");
            Console.WriteLine("  rnn open");
            return ExitCode.Success;
        }
        catch (UserErrorException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ErrorMessage.Write($"The course can't be copied to {folder}: {e.Message}", ExitCode.File);
        }
    }
}
