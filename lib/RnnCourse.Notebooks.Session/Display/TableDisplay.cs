using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Shows tabular data: a table in HTML, aligned columns as text, and the complete data as CSV.</summary>
internal static class TableDisplay
{
    private const int MaxRows = 100;

    public static MimeBundle Of(TabularDataResource resource)
    {
        var heads = resource.Schema.Fields.Select(field => field.Name).ToList();
        List<IEnumerable<KeyValuePair<string, object>>> data = [.. resource.Data];
        var rows = data.Take(MaxRows)
            .Select(row => row.ToDictionary(cell => cell.Key, cell => Text(cell.Value), StringComparer.Ordinal))
            .Select(row => heads.Select(head => row.GetValueOrDefault(head) ?? "").ToArray())
            .ToList();
        var rest =
            data.Count > MaxRows
                ? string.Create(CultureInfo.InvariantCulture, $"({data.Count - MaxRows:N0} more rows)")
                : "";
        var text = TextTable.Of(heads, rows) + (rest.Length > 0 ? "\n" + rest : "");
        return MimeBundle.OfText(
            ("text/plain", text),
            (HtmlFormatter.MimeType, Html(heads, rows, rest)),
            ("text/csv", Csv(heads, data))
        );
    }

    // All rows, for those who copy the table elsewhere.
    private static string Csv(List<string> heads, List<IEnumerable<KeyValuePair<string, object>>> data)
    {
        var csv = new StringBuilder().AppendJoin(',', heads.Select(Quoted)).Append("\r\n");
        foreach (var row in data)
        {
            var cells = row.ToDictionary(cell => cell.Key, cell => cell.Value, StringComparer.Ordinal);
            csv.AppendJoin(
                    ',',
                    heads.Select(head =>
                        Quoted(Convert.ToString(cells.GetValueOrDefault(head), CultureInfo.InvariantCulture) ?? "")
                    )
                )
                .Append("\r\n");
        }

        return csv.ToString();
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Html(List<string> heads, List<string[]> rows, string rest)
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var head in heads)
        {
            html.Append("<td><span>").Append(WebUtility.HtmlEncode(head)).Append("</span></td>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>")
                .AppendJoin("", row.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>"))
                .Append("</tr>");
        }

        html.Append("</tbody></table>");
        return rest.Length > 0 ? html.Append("<p>").Append(rest).Append("</p>").ToString() : html.ToString();
    }

    private static string Text(object? value) => DisplayFormatter.Format(value).Text("text/plain") ?? "";
}
