using OxyPlot.Axes;

namespace RnnCourse.Plotting.Charts;

/// <summary>An axis of labels at 0, 1, …, K−1; where they would overlap, only every second, fifth, … is written.</summary>
internal static class CategoryScale
{
    private const double LetterWidth = 9;
    private const double PlotWidth = 590;
    private const double PlotHeight = 280;
    private const double LineHeight = 22;
    private const int LongestLabel = 18;

    public static Axis Axis(AxisPosition position, string label, IReadOnlyList<string> labels)
    {
        var axis = StaticPlot.Axis(position, label, log: false);
        (axis.Minimum, axis.Maximum) = (-0.5, labels.Count - 0.5);
        string[] shown = [.. labels.Select(Shorten)];
        var longest = Math.Max(1, shown.Max(l => l.Length));
        var room = position == AxisPosition.Bottom
            ? PlotWidth / ((longest * LetterWidth) + 10)
            : PlotHeight / LineHeight;
        axis.MajorStep = NiceStep(labels.Count / Math.Max(1, room));
        axis.MajorGridlineStyle = OxyPlot.LineStyle.None;
        axis.LabelFormatter = value =>
        {
            var index = (int)Math.Round(value);
            return index >= 0 && index < shown.Length ? shown[index] : "";
        };
        return axis;
    }

    private static string Shorten(string label) =>
        label.Length <= LongestLabel ? label : string.Concat(label.AsSpan(0, LongestLabel - 1), "…");

    private static int NiceStep(double least)
    {
        foreach (var step in (int[])[1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000])
        {
            if (step >= least)
                return step;
        }

        return (int)Math.Ceiling(least);
    }
}
