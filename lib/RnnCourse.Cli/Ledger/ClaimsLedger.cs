using System.Text;
using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Ledger;

/// <summary>A claim and its place.</summary>
/// <param name="File">The lesson's file name.</param>
/// <param name="Cell">The id of its cell.</param>
/// <param name="Position">The number of that cell among the lesson's code cells, from 1.</param>
/// <param name="Call">The call.</param>
internal sealed record PlacedClaim(string File, string Cell, int Position, ClaimCall Call);

/// <summary>The table of the lecture's statements with the cells that assert them:
/// <c>notebooks/CLAIMS.md</c>.</summary>
/// <param name="claims">The claims of all lessons, in reading order.</param>
internal sealed class ClaimsLedger(IReadOnlyList<PlacedClaim> claims)
{
    /// <summary>Reads the claims of the lessons.</summary>
    /// <exception cref="LedgerException">A claim is not given as string literals, or names an unknown
    /// statement.</exception>
    /// <exception cref="NotebookFileException">A lesson cannot be read.</exception>
    /// <exception cref="NotebookFormatException">A lesson is not a notebook.</exception>
    public static ClaimsLedger Read(IEnumerable<string> lessons) =>
        new([.. lessons.SelectMany(path => Of(Path.GetFileName(path), NotebookReader.Read(path)))]);

    /// <summary>The claims of one lesson.</summary>
    /// <exception cref="LedgerException">As for <see cref="Read"/>.</exception>
    public static IReadOnlyList<PlacedClaim> Of(string file, Notebook lesson) =>
        [
            .. lesson
                .Cells.OfType<CodeCell>()
                .SelectMany(
                    (cell, i) => CallsIn(file, cell).Select(call => new PlacedClaim(file, cell.Id, i + 1, call))
                ),
        ];

    /// <summary>The claims, in reading order.</summary>
    public IReadOnlyList<PlacedClaim> Claims { get; } = claims;

    /// <summary>The statements that no cell asserts.</summary>
    public IReadOnlyList<string> Uncovered =>
        [.. Lecture.Statements.Keys.Where(statement => Claims.All(claim => claim.Call.Statement != statement))];

    /// <summary>The ledger as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder(
            """
            # Claims

            The course teaches a lecture, statement by statement. A cell asserts each statement with `Claim.Holds`, and
            the lesson fails if it does not hold. This table lists which cell asserts which statement, and in which
            words. For each of these cells, a test negates the premise of the claim and demands that the cell fail
            ([how](../tests/RnnCourse.Cli.Tests/Ledger/README.md)).

            This page is generated from the lessons by `rnn claims`.

            | | The lecture states | Cells that assert it |
            |---|---|---|

            """
        );
        foreach (var (number, statement) in Lecture.Statements)
        {
            text.Append("| **")
                .Append(number)
                .Append("** | ")
                .Append(Cell(statement))
                .Append(" | ")
                .AppendJoin(
                    "<br>",
                    Claims
                        .Where(claim => claim.Call.Statement == number)
                        .Select(claim => $"[{claim.File[..2]}]({claim.File}) `{claim.Cell}`: {Cell(claim.Call.Words)}")
                )
                .Append(" |\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static IReadOnlyList<ClaimCall> CallsIn(string file, CodeCell cell)
    {
        try
        {
            var calls = ClaimCalls.In(cell.Source);
            return calls.FirstOrDefault(call => !Lecture.Statements.ContainsKey(call.Statement)) is { } unknown
                ? throw new LedgerException(
                    $"Unknown statement '{unknown.Statement}'. The lecture has the statements L01 to L20"
                )
                : calls;
        }
        catch (LedgerException e)
        {
            throw new LedgerException($"{file}, cell {cell.Id}: {e.Message}");
        }
    }

    // Escapes what would be markup in a table of Markdown.
    private static string Cell(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);
}
