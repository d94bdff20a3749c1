using System.Globalization;
using System.Net;
using System.Text;

namespace RnnCourse.Exercises.Checking;

/// <summary>How far each part of an answer is right.</summary>
internal sealed class ComparisonTable
{
    private readonly List<ComparisonRow> _rows = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<ComparisonRow> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <param name="given">A part of the answer.</param>
    /// <param name="right">The expected value.</param>
    public void Compare(Quantity given, Quantity right)
    {
        var hasShape = (given.Rows, given.Columns) == (right.Rows, right.Columns);
        var difference = hasShape
            ? given.Values.Zip(right.Values, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max()
            : double.NaN;
        _rows.Add(
            new(
                given.Name,
                given.ShapeInBrackets,
                hasShape ? difference : null,
                !hasShape ? $"should be {right.ShapeInBrackets}"
                    : difference == 0 ? "equal"
                    : given.IsNear(right) ? "close"
                    : "differs"
            )
        );
    }
}

/// <summary>A row of a <see cref="ComparisonTable"/>.</summary>
/// <param name="Name">The part's name, such as dz_2.</param>
/// <param name="Shape">Its shape, such as (3, 4).</param>
/// <param name="Difference">The largest difference from the expected value; null if the shapes differ.</param>
/// <param name="Verdict">"equal", "close", "differs", or the expected shape.</param>
internal sealed record ComparisonRow(string Name, string Shape, double? Difference, string Verdict)
{
    private static readonly string[] Heads = ["part", "shape", "largest difference", "verdict"];

    private string DifferenceInWords =>
        Difference is not { } value ? "–"
        : value == 0 ? "0"
        : value.ToString("G2", CultureInfo.InvariantCulture);

    private string[] Cells => [Name, Shape, DifferenceInWords, Verdict];

    /// <summary>Rows as text of equally wide columns.</summary>
    public static string InText(IReadOnlyList<ComparisonRow> rows)
    {
        string[][] lines = [Heads, .. rows.Select(row => row.Cells)];
        var widths = Enumerable.Range(0, Heads.Length).Select(k => lines.Max(cells => cells[k].Length)).ToArray();
        return string.Join(
            '\n',
            lines.Select(cells => string.Join("  ", cells.Select((cell, k) => cell.PadRight(widths[k]))).TrimEnd())
        );
    }

    /// <summary>Rows as an HTML table, all text escaped.</summary>
    public static string InHtml(IReadOnlyList<ComparisonRow> rows)
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var head in Heads)
        {
            html.Append("<th scope=\"col\">").Append(WebUtility.HtmlEncode(head)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var cell in row.Cells)
            {
                html.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }
}
