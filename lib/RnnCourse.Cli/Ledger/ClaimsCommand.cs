using System.CommandLine;
using System.Globalization;
using System.Text;
using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Ledger;

/// <summary>The command <c>rnn claims</c>: writes the table of claims, or checks the stored one.</summary>
internal static class ClaimsCommand
{
    public const string Examples = """
        Examples:
          rnn claims             Write notebooks/CLAIMS.md: which cell asserts which statement of the lecture
          rnn claims --check     Change nothing, and report whether the page is up to date

        Exit codes:
          0    the page is written, or up to date, and every statement is asserted by a cell
          1    --check found a difference, no cell asserts a statement, or a claim is malformed
          2    wrong usage
          4    a file cannot be read or written, or is not a notebook
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var check = new Option<bool>("--check")
        {
            Description = "Change nothing; fail if the page is out of date.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("claims", "List which cell asserts which statement of the lecture.") { check };
        command.SetAction(parsed => Execute(parsed.GetValue(check)));
        return command;
    }

    private static int Execute(bool check)
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
            var ledger = ClaimsLedger.Read(repository.Lessons());
            var page = Path.Combine(repository.Notebooks, "CLAIMS.md");
            var problems = check ? Difference(ledger, page) : Write(ledger, page);
            if (ledger.Uncovered.Count > 0)
            {
                problems = [.. problems, $"No cell asserts {string.Join(", ", ledger.Uncovered)}"];
            }

            foreach (var problem in problems)
            {
                ErrorMessage.Write(problem);
            }

            if (problems.Count > 0)
            {
                return ExitCode.CellFailed;
            }

            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Terminal.Relative(page)}: {Lecture.Statements.Count} statements, {ledger.Claims.Count} claims."
                )
            );
            return ExitCode.Success;
        }
        catch (LedgerException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.CellFailed);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ErrorMessage.Write($"CLAIMS.md cannot be read: {e.Message}", ExitCode.File);
        }
    }

    private static IReadOnlyList<string> Write(ClaimsLedger ledger, string page)
    {
        const string Mark = "This page is generated from the lessons by `rnn claims`.";
        if (File.Exists(page) && !File.ReadAllText(page).Contains(Mark, StringComparison.Ordinal))
        {
            return [$"{Terminal.Relative(page)} was not written by 'rnn claims', so it is not replaced. Move it away."];
        }

        UserFile.Write(page, Encoding.UTF8.GetBytes(ledger.ToMarkdown()));
        return [];
    }

    private static IReadOnlyList<string> Difference(ClaimsLedger ledger, string page)
    {
        var shown = Terminal.Relative(page);
        if (!File.Exists(page))
        {
            return [$"{shown} is missing. Generate it: rnn claims"];
        }

        var (wanted, there) = (
            ledger.ToMarkdown().Split('\n'),
            File.ReadAllText(page).ReplaceLineEndings("\n").Split('\n')
        );
        var line = Enumerable
            .Range(0, Math.Max(wanted.Length, there.Length))
            .FirstOrDefault(i => wanted.ElementAtOrDefault(i) != there.ElementAtOrDefault(i), -1);
        return line < 0
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{shown}, line {line + 1}, is out of date. Generate it again: rnn claims\n  "
                        + $"stored:     "
                        + $"{there.ElementAtOrDefault(line) ?? "(no line)"}\n"
                        + $"  generated:  {wanted.ElementAtOrDefault(line) ?? "(no line)"}"
                ),
            ];
    }
}
