namespace RnnCourse.Plotting.Charts;

/// <summary>Charts in words: kind, axes, and for each series where it starts, ends, and how far it goes.</summary>
internal static class ChartAltText
{
    public static string Of(XyContent chart)
    {
        var kind = chart.Kind == XyKind.Lines ? "Line chart" : "Scatter chart";
        return Opening(kind, chart.Labels, chart.LogX, chart.LogY) + " " + string.Join(
            " ",
            DrawnData.Of(chart).Select(s => SeriesWords.Of(s, chart.Labels.X, chart.Kind == XyKind.Lines)));
    }

    public static string Of(BarContent chart)
    {
        var opening = Opening("Bar chart", chart.Labels, false, chart.LogY);
        return opening + " " + string.Join(
            " ", DrawnData.Of(chart).Select(s => SeriesWords.Of(s, chart.Categories)));
    }

    private static string Opening(string kind, ChartLabels labels, bool logX, bool logY) =>
        $"{kind} “{labels.Title}”: {labels.Y}{Scale(logY)} against {labels.X}{Scale(logX)}.";

    private static string Scale(bool log) => log ? " (logarithmic scale)" : "";
}
