using System.Globalization;
using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Compares what an exported program printed with what its notebook's cells print and show as text.</summary>
public static class ProgramOutput
{
    /// <summary>The text that a program should print to the standard output for a cell, according to the cell's stored
    /// outputs.</summary>
    /// <param name="cell">An executed cell.</param>
    /// <returns>Its printed text, and the plain text of what it shows, each ended by a line feed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static string Of(CodeCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var text = new StringBuilder();
        foreach (var output in cell.Outputs)
        {
            text.Append(
                output switch
                {
                    StreamOutput { Name: StreamOutput.StandardOutput } stream => stream.Text,
                    RichOutput rich => rich.Data.Text("text/plain") + "\n",
                    ErrorOutput { Name: CellError.Compilation } => "",
                    ErrorOutput error => $"{error.Name}: {error.Value}\n",
                    _ => "",
                }
            );
        }

        return text.ToString();
    }

    /// <summary>Compares cell by cell. Cells tagged <c>timing</c> are not compared.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="printed">The program's standard output.</param>
    /// <returns>Null if they agree; else a description of the first cell that differs, with the expected and the actual
    /// text.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string? FindDifference(Notebook notebook, string printed)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(printed);
        var rest = printed.ReplaceLineEndings("\n");
        var isLost = false;
        foreach (var cell in notebook.Cells.OfType<CodeCell>())
        {
            var tags = CellTags.Of(cell);
            if (tags.Contains(CellTags.Timing))
            {
                isLost = true;
                continue;
            }

            // Cells that are never executed keep their old outputs.
            var expected = Of(cell).ReplaceLineEndings("\n");
            if (expected.Length == 0 || tags.Contains(CellTags.SkipExecution))
            {
                continue;
            }

            // After a cell whose output may be any text, the next known text is searched for.
            var start =
                isLost ? rest.IndexOf(expected, StringComparison.Ordinal)
                : rest.StartsWith(expected, StringComparison.Ordinal) ? 0
                : -1;
            if (start < 0)
            {
                return Describe(cell.Id, expected, rest);
            }

            rest = rest[(start + expected.Length)..];
            isLost = false;
        }

        return isLost || rest.Length == 0
            ? null
            : $"After the last cell the program prints more: {Quote(rest.Split('\n')[0])}";
    }

    private static string Describe(string cell, string expected, string rest)
    {
        var same = expected.AsSpan().CommonPrefixLength(rest);
        var line = expected.AsSpan(0, same).Count('\n');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Cell {cell}, line {line + 1} of its output: expected {Quote(Line(expected, line))}, "
                + $"printed {Quote(Line(rest, line))}"
        );
    }

    private static string Line(string text, int number) => text.Split('\n').ElementAtOrDefault(number) ?? "";

    private static string Quote(string line) => line.Length == 0 ? "nothing" : $"'{line}'";
}
