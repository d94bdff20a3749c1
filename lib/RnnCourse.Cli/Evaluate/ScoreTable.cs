using System.Globalization;
using Spectre.Console;

namespace RnnCourse.Cli.Evaluate;

/// <summary>Writes methods and their scores as a table; the best score of each column is bold.</summary>
internal static class ScoreTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<MeasuredMethod> methods)
    {
        var scores = methods[^1].Runs[0];
        var table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (var score in scores)
        {
            table.AddColumn(
                new TableColumn(Markup.Escape($"{score.Name} {(score.LowerIsBetter ? "↓" : "↑")}")).RightAligned()
            );
        }

        foreach (var method in methods)
        {
            var cells = scores.Select(
                (score, k) =>
                {
                    // There was nothing to measure, such as no unknown words in the test part.
                    var text = double.IsNaN(method.Summary(k).Mean)
                        ? "–"
                        : Markup.Escape(method.Summary(k).ToString(score.Format) + Interval(method, k));
                    var best = methods
                        .Select(other => other.Summary(k).Mean)
                        .Where(mean => !double.IsNaN(mean))
                        .DefaultIfEmpty(double.NaN);
                    return method.Summary(k).Mean == (score.LowerIsBetter ? best.Min() : best.Max())
                        ? $"[bold]{text}[/]"
                        : text;
                }
            );
            table.AddRow([
                method.IsModel ? $"[bold]{Markup.Escape(method.Name)}[/]" : Markup.Escape(method.Name),
                .. cells,
            ]);
        }

        // Numbers that are cut in two by a narrow terminal cannot be read.
        table.Columns.Skip(1).ToList().ForEach(column => column.NoWrap());
        console.Write(table);
        var seeds = methods[^1].Runs.Count;
        console.WriteUnwrapped(
            seeds > 1
                ? $"On the test part. ↓ lower is better, ↑ higher. Mean ± standard deviation over {seeds} seeds."
                : "On the test part. ↓ lower is better, ↑ higher. In brackets: 95 % intervals (bootstrap)."
        );
    }

    private static string Interval(MeasuredMethod method, int k)
    {
        var score = method.Runs[0][k];
        return method.Runs.Count > 1 || double.IsNaN(score.Low)
            ? ""
            : $" ({score.Low.ToString(score.Format, CultureInfo.InvariantCulture)}–"
                + $"{score.High.ToString(score.Format, CultureInfo.InvariantCulture)})";
    }
}
