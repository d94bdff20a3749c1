using OxyPlot.Axes;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>
/// An axis of labels at 0, 1, …, K−1. Where they would overlap they are turned; where that does not help either, only
/// every second, fifth, … is written.
/// </summary>
internal static class CategoryScale
{
    private const double PlotWidth = 590;
    private const double PlotHeight = 290;
    private const double ColourBarWidth = 110;
    private const double LineHeight = 20;
    private const double Gap = 6;
    private const double WidestBelow = 150;
    private const double WidestBeside = 190;
    private const double WidestTurned = 130;
    private const double LeastSlanted = 25;
    private const double LeastUpright = 19;
    private const int LevelLetters = 3;

    /// <summary>Labels along the bottom, and how much taller than usual they make the chart.</summary>
    /// <param name="label">The axis' own label.</param>
    /// <param name="labels">The labels along the bottom.</param>
    /// <param name="beside">The labels beside a heat map, which leave less room; null for other charts.</param>
    public static (Axis Axis, double ExtraHeight) Below(
        string label,
        IReadOnlyList<string> labels,
        IReadOnlyList<string>? beside = null
    )
    {
        var (step, angle) = Fit(labels, beside);
        var widest = angle == 0 ? WidestBelow : WidestTurned;
        string[] shown = [.. labels.Select(l => Shown(l, widest))];
        var axis = Axis(AxisPosition.Bottom, label, shown, step);
        axis.Angle = angle;
        var extra =
            angle == 0 ? 0 : Math.Max(0, (shown.Max(Width) * Math.Sin(-angle * Math.PI / 180)) - StaticPlot.TextSize);
        return (axis, extra);
    }

    /// <summary>Labels along the left side.</summary>
    public static Axis Beside(string label, IReadOnlyList<string> labels)
    {
        string[] shown = [.. labels.Select(l => Shown(l, WidestBeside))];
        return Axis(AxisPosition.Left, label, shown, StepBeside(labels.Count));
    }

    /// <summary>
    /// How labels along the bottom fit: all of them level; all of them turned; else only some, level.
    /// </summary>
    /// <param name="labels">The labels along the bottom.</param>
    /// <param name="beside">The labels beside a heat map, which leave less room; null for other charts.</param>
    /// <returns>At every how many categories a label is written, and its angle in degrees.</returns>
    public static (int Step, int Angle) Fit(IReadOnlyList<string> labels, IReadOnlyList<string>? beside = null)
    {
        var room = beside is null ? PlotWidth : PlotWidth - ColourBarWidth - Math.Min(WidestBeside, beside.Max(Width));
        var cell = room / labels.Count;
        var step = Steps(labels.Count)
            .First(step =>
                Enumerable
                    .Range(0, labels.Count)
                    .Where(i => i % step == 0)
                    .All(i =>
                        i + step >= labels.Count
                        || ((Width(labels[i]) + Width(labels[i + step])) / 2) + Gap <= cell * step
                    )
            );
        if (step == 1 || labels.Max(l => l.Length) <= LevelLetters)
        {
            return (step, 0);
        }

        return cell >= LeastSlanted ? (1, -40)
            : cell >= LeastUpright ? (1, -90)
            : (step, 0);
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

    private static string Shown(string label, double widest) =>
        TextWrapping.Shorten(Subscripts.In(label), widest, StaticPlot.TextSize - 1);

    private static double Width(string label) => Math.Min(WidestBelow, TextWidth.Of(label, StaticPlot.TextSize - 1));

    private static IEnumerable<int> Steps(int count)
    {
        for (var power = 1; ; power *= 10)
        {
            yield return power;
            yield return power * 2;
            yield return power * 5;
            if (power > count)
            {
                yield break;
            }
        }
    }
}
