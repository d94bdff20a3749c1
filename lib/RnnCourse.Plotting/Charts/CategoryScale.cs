using OxyPlot.Axes;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>An axis of labels at 0, 1, …, K−1; where they would overlap, only every second, fifth, … is written.</summary>
internal static class CategoryScale
{
    private const double PlotWidth = 590;
    private const double PlotHeight = 290;
    private const double LineHeight = 20;
    private const double Gap = 12;
    private const double WidestBelow = 150;
    private const double WidestBeside = 190;

    public static Axis Axis(AxisPosition position, string label, IReadOnlyList<string> labels)
    {
        var below = position == AxisPosition.Bottom;
        var axis = StaticPlot.Axis(position, label, log: false);
        (axis.Minimum, axis.Maximum) = (-0.5, labels.Count - 0.5);
        string[] shown = [.. labels.Select(l =>
            Wrapping.Shorten(l, below ? WidestBelow : WidestBeside, StaticPlot.TextSize - 1))];
        var step = Step(shown, below);
        axis.MajorStep = step;
        axis.MajorGridlineStyle = OxyPlot.LineStyle.None;
        axis.ExtraGridlines = [];
        axis.LabelFormatter = value =>
        {
            var index = (int)Math.Round(value);
            return index >= 0 && index < shown.Length ? shown[index] : "";
        };
        return axis;
    }

    /// <summary>At how many categories one label can be written.</summary>
    public static int Step(IReadOnlyList<string> shown, bool below)
    {
        var room = below
            ? PlotWidth / (shown.Max(l => TextWidth.Of(l, StaticPlot.TextSize - 1)) + Gap)
            : PlotHeight / LineHeight;
        var least = shown.Count / Math.Max(1, room);
        foreach (var step in (int[])[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])
        {
            if (step >= least)
                return step;
        }

        return (int)Math.Ceiling(least);
    }
}
