using System.CommandLine;
using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Format;

/// <summary>The command <c>rnn format</c>: brings notebooks into their canonical form, or tells which are not in
/// it.</summary>
internal static class FormatCommand
{
    public const string Examples = """
        Examples:
          rnn format                     All notebooks in notebooks/ of the repository that you are in
          rnn format my.ipynb drafts     One notebook, and all in a folder and the folders in it
          rnn format --check             Change nothing; say which would change, and where first

        The canonical form is that of Jupyter's own writer: keys sorted, one blank of indentation, texts as lines, an id for
        each cell. Left out is what says when or on which machine a notebook ran. The outputs themselves stay.

        Exit codes:
          0    all are in the canonical form now
          1    with --check: some are not
          2    wrong usage
          4    a file cannot be read or written, or is no notebook
          70   a defect of rnn itself

        """;

    public static Command Create()
    {
        var paths = NotebookArgument.Create(
            "Notebooks (.ipynb) and folders of them. Without any: notebooks/ of the repository that you are in."
        );
        var check = new Option<bool>("--check")
        {
            Description = "Change no file; the exit code tells whether one would change.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command(
            "format",
            "Brings notebooks into one canonical form, so that differences show content only."
        )
        {
            paths,
            check,
        };
        command.SetAction(parsed => Execute(parsed.GetValue(paths) ?? [], parsed.GetValue(check)));
        return command;
    }

    private static int Execute(string[] paths, bool isCheck)
    {
        int changed = 0,
            total = 0,
            failed = 0;
        foreach (var (file, problem) in NotebookFiles.Find(paths))
        {
            total++;
            try
            {
                if (problem is not null)
                {
                    failed++;
                    Problem.Tell(problem);
                }
                else if (Format(file, isCheck) is { } line)
                {
                    changed++;
                    Console.WriteLine(
                        isCheck
                            ? string.Create(CultureInfo.InvariantCulture, $"{file}({line}): not in the canonical form")
                            : $"{file}: formatted"
                    );
                }
            }
            catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
            {
                failed++;
                Problem.Tell(e.Message);
            }
        }

        var what = isCheck ? "not in the canonical form" : "formatted";
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{changed} of {total} {(total == 1 ? "notebook" : "notebooks")} {what}."
            )
        );
        if (isCheck && changed > 0)
        {
            Console.WriteLine("Run 'rnn format' without --check to format them.");
        }

        return failed > 0 ? ExitCode.File
            : isCheck && changed > 0 ? ExitCode.NotCanonical
            : ExitCode.Success;
    }

    // The first line that is not canonical, or null if all are.
    private static int? Format(string file, bool isCheck)
    {
        var notebook = NotebookReader.Read(file);
        var canonical = NotebookWriter.ToText(notebook);
        var stored = File.ReadAllText(file);
        if (stored == canonical)
        {
            return null;
        }

        if (!isCheck)
        {
            NotebookWriter.Write(notebook, file);
        }

        var same = stored.AsSpan().CommonPrefixLength(canonical);
        return stored.AsSpan(0, same).Count('\n') + 1;
    }
}
