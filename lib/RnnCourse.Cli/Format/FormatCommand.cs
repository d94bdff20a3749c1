using System.CommandLine;
using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Format;

/// <summary>The command <c>rnn format</c>: brings notebooks into their canonical form, or reports which are not in
/// it.</summary>
internal static class FormatCommand
{
    public const string Examples = """
        Examples:
          rnn format                     All notebooks in notebooks/ of the current repository
          rnn format my.ipynb drafts     One notebook, and all in a folder and its subfolders
          rnn format --check             Change nothing; report which would change, and the first line

        The canonical form is that of Jupyter's own writer: keys sorted, indented by one space, texts as lines, an id
        for each cell. Metadata about when and where a notebook ran is removed. The outputs stay. Ids that two cells
        share, or that aren't valid, are replaced, and outputs that lack a field get it; each is listed.

        Exit codes:
          0    all are in the canonical form
          1    with --check: some are not
          2    wrong usage
          4    a file cannot be read or written, or is not a notebook
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var paths = NotebookArgument.Create(
            "Notebooks (.ipynb) and folders of them. Default: notebooks/ of the current repository."
        );
        var check = new Option<bool>("--check")
        {
            Description = "Change nothing; the exit code says whether a file would change.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command(
            "format",
            "Bring notebooks into one canonical form, so that differences show content only."
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
        foreach (var (file, problem) in NotebookSearch.Find(paths))
        {
            total++;
            try
            {
                if (problem is not null)
                {
                    failed++;
                    ErrorMessage.Write(problem);
                }
                else if (Format(file, isCheck) is { } change)
                {
                    changed++;
                    Console.WriteLine(
                        isCheck
                            ? string.Create(
                                CultureInfo.InvariantCulture,
                                $"{file}({change.Line}): not in the canonical form"
                            )
                            : $"{file}: formatted"
                    );
                    foreach (var repair in change.Repairs)
                    {
                        Console.WriteLine(Terminal.Printable($"  {repair}"));
                    }
                }
            }
            catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
            {
                failed++;
                ErrorMessage.Write(e.Message);
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

    // The first line that is not canonical, and the faults that were mended, or would be; null if nothing changes.
    private static (int Line, IReadOnlyList<string> Repairs)? Format(string file, bool isCheck)
    {
        var notebook = NotebookReader.Read(file);
        var canonical = NotebookWriter.ToText(notebook);
        var stored = File.ReadAllText(file);
        if (!isCheck)
        {
            UserFile.RemoveAbandoned(file);
        }

        if (stored == canonical)
        {
            return null;
        }

        if (!isCheck)
        {
            NotebookWriter.Write(notebook, file);
        }

        var same = stored.AsSpan().CommonPrefixLength(canonical);
        return (stored.AsSpan(0, same).Count('\n') + 1, notebook.Repairs);
    }
}
