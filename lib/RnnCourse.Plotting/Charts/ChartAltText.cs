using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>Charts in words: kind, axes, and for each series where it starts, ends, and how far it goes.</summary>
internal static class ChartAltText
{
    private const int MaxSentences = 3;
    private const int MaxSeries = 8;

    public static string Of(XyContent chart)
    {
        var lines = chart.Kind == XyKind.Lines;
        var drawn = DrawnData.Of(chart);
        var opening = Opening(lines ? "Line chart" : "Scatter chart", chart.Labels, chart.LogX, chart.LogY);
        return opening
            + " "
            + AllSeries(
                drawn,
                (series, i) => NumberFormat.Format(series.X[i]),
                words => lines ? words.Line() : words.Points()
            );
    }

    public static string Of(BarContent chart) =>
        Opening("Bar chart", chart.Labels, false, chart.LogY)
        + " "
        + AllSeries(DrawnData.Of(chart), (_, i) => QuotedWords.Short(chart.Categories[i]), words => words.Bars());

    // Few series get a sentence each; many share one, and the extremes of all of them get another.
    private static string AllSeries(
        DrawnSeries[] drawn,
        Func<DrawnSeries, int, string> place,
        Func<SeriesDescription, string> say
    )
    {
        var said = drawn.Take(MaxSeries).Select(s => say(new SeriesDescription(s, i => place(s, i)))).ToArray();
        if (drawn.Length <= MaxSentences)
        {
            return string.Join(" ", said.Select(s => s + "."));
        }

        var more = drawn.Length > MaxSeries ? $"; and {drawn.Length - MaxSeries} more" : "";
        return $"{drawn.Length} series: {string.Join("; ", said)}{more}. {Extremes(drawn, place)}";
    }

    private static string Extremes(DrawnSeries[] drawn, Func<DrawnSeries, int, string> place)
    {
        var values = drawn
            .SelectMany(s => Enumerable.Range(0, s.Y.Length).Select(i => (Series: s, Index: i)))
            .Where(v => !double.IsNaN(v.Series.Y[v.Index]))
            .ToArray();
        if (values.Length == 0)
        {
            return "No value can be drawn.";
        }

        return $"Of all, the least value is {Say(values.MinBy(v => v.Series.Y[v.Index]))} and the greatest "
            + $"{Say(values.MaxBy(v => v.Series.Y[v.Index]))}.";

        string Say((DrawnSeries Series, int Index) value) =>
            $"{NumberFormat.Format(value.Series.Y[value.Index])} (“{QuotedWords.Short(value.Series.Name)}” at "
            + $"{place(value.Series, value.Index)})";
    }

    private static string Opening(string kind, ChartLabels labels, bool logX, bool logY) =>
        $"{kind} “{QuotedWords.Short(labels.Title)}”: {QuotedWords.Short(labels.Y)}{Scale(logY)} against "
        + $"{QuotedWords.Short(labels.X)}{Scale(logX)}.";

    private static string Scale(bool log) => log ? " (logarithmic scale)" : "";
}
