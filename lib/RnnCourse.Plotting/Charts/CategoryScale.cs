using OxyPlot.Axes;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>An axis of labels at 0, 1, …, K−1; where they would overlap, only every second, fifth, … is written.</summary>
internal static class CategoryScale
{
    private const double PlotWidth = 590;
    private const double PlotHeight = 290;
    private const double ColourBarWidth = 110;
    private const double LineHeight = 20;
    private const double Gap = 6;
    private const double WidestBelow = 150;
    private const double WidestBeside = 190;

    /// <summary>Labels along the bottom.</summary>
    public static Axis Below(string label, IReadOnlyList<string> labels, IReadOnlyList<string>? beside = null)
    {
        string[] shown = [.. labels.Select(l => Wrapping.Shorten(l, WidestBelow, StaticPlot.TextSize - 1))];
        return Axis(AxisPosition.Bottom, label, shown, StepBelow(shown, beside));
    }

    /// <summary>Labels along the left side.</summary>
    public static Axis Beside(string label, IReadOnlyList<string> labels)
    {
        string[] shown = [.. labels.Select(l => Wrapping.Shorten(l, WidestBeside, StaticPlot.TextSize - 1))];
        return Axis(AxisPosition.Left, label, shown, StepBeside(labels.Count));
    }

    /// <summary>At every how many categories a label along the bottom can be written.</summary>
    /// <param name="labels">The labels along the bottom.</param>
    /// <param name="beside">The labels beside a heat map, which leave less room for the map; null for other charts.</param>
    public static int StepBelow(IReadOnlyList<string> labels, IReadOnlyList<string>? beside = null)
    {
        var room = beside is null
            ? PlotWidth
            : PlotWidth - ColourBarWidth - Math.Min(WidestBeside, beside.Max(Width));
        var cell = room / labels.Count;
        return Steps(labels.Count).First(step => Enumerable.Range(0, labels.Count).Where(i => i % step == 0)
            .All(i => i + step >= labels.Count || (Width(labels[i]) + Width(labels[i + step])) / 2 + Gap <= cell * step));
    }

    /// <summary>At every how many categories a label along the left side can be written.</summary>
    public static int StepBeside(int count) => Steps(count).First(step => count * LineHeight / step <= PlotHeight);

    private static Axis Axis(AxisPosition position, string label, string[] shown, int step)
    {
        var axis = StaticPlot.Axis(position, label, log: false);
        (axis.Minimum, axis.Maximum) = (-0.5, shown.Length - 0.5);
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

    private static double Width(string label) =>
        Math.Min(WidestBelow, TextWidth.Of(label, StaticPlot.TextSize - 1));

    private static IEnumerable<int> Steps(int count)
    {
        for (var power = 1; ; power *= 10)
        {
            yield return power;
            yield return power * 2;
            yield return power * 5;
            if (power > count)
                yield break;
        }
    }
}
