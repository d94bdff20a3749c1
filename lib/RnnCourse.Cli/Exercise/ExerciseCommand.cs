using System.CommandLine;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Exercise;

/// <summary>The command <c>rnn exercise new</c>: writes the stubs of an exercise into the repository.</summary>
internal static class ExerciseCommand
{
    public const string Examples = """
        Examples:
          rnn exercise new 07.2c "count the words"    Add exercise 2c to lesson 07: cell, texts, check, tests

        The stubs compile, and the check works for the sample that they hold: a method that doubles a number. Replace
        the sample by your exercise. Nothing is written if a part of the exercise exists already.

        Exit codes:
          0    the stubs are written
          2    wrong usage, or the exercise exists already
          4    a file cannot be read or written, or is not a notebook
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "Lesson, number and letter, such as 07.2c or 07.3." };
        var title = new Argument<string>("title")
        {
            Description = "The exercise in a few words. The check's name is made of them.",
        };
        var create = new Command("new", "Write the stubs of a new exercise.") { id, title };
        create.SetAction(parsed => Execute(parsed.GetRequiredValue(id), parsed.GetRequiredValue(title)));
        return new Command("exercise", "Add an exercise to a lesson.") { create };
    }

    private static int Execute(string id, string title)
    {
        if (Repository.FindFrom(Environment.CurrentDirectory) is not { } repository)
        {
            return ErrorMessage.Write(
                "The current folder is not in the course's repository. Go there.",
                ExitCode.Usage
            );
        }

        try
        {
            var exercise = NewExercise.Parse(id, title);
            foreach (var path in exercise.WriteTo(repository))
            {
                Console.WriteLine(Terminal.Printable(Terminal.Relative(path)));
            }

            Console.WriteLine(
                "Replace the sample in them, and describe the exercise in the lesson. Then run 'rnn run --in-place "
                    + $"notebooks/{exercise.Lesson}-*.ipynb' and 'rnn edition notebooks/{exercise.Lesson}-*.ipynb'."
            );
            return ExitCode.Success;
        }
        catch (UserErrorException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ErrorMessage.Write($"Cannot write the stubs: {e.Message}", ExitCode.File);
        }
    }
}
