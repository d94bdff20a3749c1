using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Shows rows to a person, as a table, and to a program, as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Prints the rows, and the geometric mean of the ratios against each peer.</summary>
    internal static void Print(IAnsiConsole console, IReadOnlyList<Row> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("what", "peer");
        foreach (var heading in new[] { "ours, ms", "peer, ms", "peer ÷ ours", "± spread", "share of peak" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Name),
                Markup.Escape(row.Peer),
                Number(row.OursMs, "0.0000"),
                Number(row.PeerMs, "0.0000"),
                Number(row.Ratio, "0.00"),
                Number(100 * row.Spread, "0") + " %",
                double.IsNaN(row.ShareOfPeak) ? "–" : Number(100 * row.ShareOfPeak, "0") + " %"
            );
        }

        console.Write(table);
        foreach (
            var group in rows.GroupBy(row =>
                    (
                        Kind: row.Name.StartsWith("product", StringComparison.Ordinal) ? "products"
                        : row.Name.StartsWith("task", StringComparison.Ordinal) ? "whole trainings"
                        : "training steps",
                        row.Peer
                    )
                )
                .Where(group => group.Count() > 1)
        )
        {
            var mean = Number(Math.Exp(group.Average(row => Math.Log(row.Ratio))), "0.00");
            var name = $"{group.Key.Kind} against {group.Key.Peer}";
            console.MarkupLineInterpolated($"{name}: {mean} times as fast, geometric mean of {group.Count()} rows");
        }
    }

    /// <summary>Writes the rows as a JSON array; a file that is there already is only replaced by a whole new
    /// one.</summary>
    internal static void WriteJson(string path, IReadOnlyList<Row> rows)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(rows, Indented) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
