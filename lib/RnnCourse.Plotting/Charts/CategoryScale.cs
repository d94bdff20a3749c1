using System.Globalization;
using OxyPlot.Axes;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>
/// An axis of labels at 0, 1, …, K−1. Numbers that count up are thinned out where they would overlap: the reader sees
/// which are left out. All other labels are written smaller or turned, and left out only where nothing else helps.
/// </summary>
internal static class CategoryScale
{
    private const double PlotWidth = 590;
    private const double PlotHeight = 290;
    private const double ColourBarWidth = 110;
    private const double LineHeight = 1.25;
    private const double Gap = 6;
    private const double SmallGap = 4;
    private const double WidestBelow = 150;
    private const double WidestBeside = 190;
    private const double WidestTurned = 130;
    private const double MinSlanted = 25;
    private const double MinUpright = 19;
    private const double MinUprightSmall = 14;
    private const int ShortLetters = 3;
    private const int MaxRowsBeside = 60;
    private const double Usual = StaticPlot.TextSize - 1;
    private const double Smallest = 11;

    private static readonly double[] Smaller = [14, 12, Smallest];

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
        var fit = Fit(labels, beside);
        var widest = fit.Angle == 0 ? WidestBelow : WidestTurned;
        string[] shown = [.. labels.Select(l => Shown(l, widest, fit.Size))];
        var axis = Axis(AxisPosition.Bottom, label, shown, fit);
        axis.Angle = fit.Angle;
        var extra =
            fit.Angle == 0
                ? 0
                : Math.Max(
                    0,
                    (shown.Max(text => Width(text, fit.Size)) * Math.Sin(-fit.Angle * Math.PI / 180))
                        - StaticPlot.TextSize
                );
        return (axis, extra);
    }

    /// <summary>Labels along the left side, and how much taller than usual they make the chart.</summary>
    public static (Axis Axis, double ExtraHeight) Beside(string label, IReadOnlyList<string> labels)
    {
        var (fit, extra) = FitBeside(labels);
        return (Axis(AxisPosition.Left, label, [.. labels.Select(l => Shown(l, WidestBeside, fit.Size))], fit), extra);
    }

    /// <summary>How labels along the bottom fit.</summary>
    /// <param name="labels">The labels along the bottom.</param>
    /// <param name="beside">The labels beside a heat map, which leave less room; null for other charts.</param>
    public static LabelFit Fit(IReadOnlyList<string> labels, IReadOnlyList<string>? beside = null)
    {
        var room = beside is null
            ? PlotWidth
            : PlotWidth - ColourBarWidth - Math.Min(WidestBeside, beside.Max(text => Width(text, Usual)));
        var cell = room / labels.Count;
        var step = LevelStep(labels, cell, Usual, Gap);
        if (step == 1 || CountUp(labels))
        {
            return new LabelFit(step, 0, Usual);
        }

        if (labels.Max(l => l.Length) <= ShortLetters)
        {
            foreach (var size in Smaller.Where(size => LevelStep(labels, cell, size, SmallGap) == 1))
            {
                return new LabelFit(1, 0, size);
            }
        }

        return cell >= MinSlanted ? new LabelFit(1, -40, Usual)
            : cell >= MinUpright ? new LabelFit(1, -90, Usual)
            : cell >= MinUprightSmall ? new LabelFit(1, -90, Smallest)
            : new LabelFit(step, 0, Usual);
    }

    /// <summary>How labels along the left side fit, and how much taller than usual they make the chart.</summary>
    public static (LabelFit Fit, double ExtraHeight) FitBeside(IReadOnlyList<string> labels)
    {
        double Needed(double size) => labels.Count * size * LineHeight;
        if (Needed(Usual) <= PlotHeight)
        {
            return (new LabelFit(1, 0, Usual), 0);
        }

        if (CountUp(labels) || labels.Count > MaxRowsBeside)
        {
            return (new LabelFit(Steps(labels.Count).First(step => Needed(Usual) / step <= PlotHeight), 0, Usual), 0);
        }

        var chosen = Smaller.FirstOrDefault(size => Needed(size) <= PlotHeight, Smallest);
        return (new LabelFit(1, 0, chosen), Math.Max(0, Needed(chosen) - PlotHeight));
    }

    // At every how many categories a level label can be written.
    private static int LevelStep(IReadOnlyList<string> labels, double cell, double size, double gap) =>
        Steps(labels.Count)
            .First(step =>
                Enumerable
                    .Range(0, labels.Count)
                    .Where(i => i % step == 0)
                    .All(i =>
                        i + step >= labels.Count
                        || ((Width(labels[i], size) + Width(labels[i + step], size)) / 2) + gap <= cell * step
                    )
            );

    // Numbers at equal distances, up to rounding: whoever reads some of them knows the others.
    private static bool CountUp(IReadOnlyList<string> labels)
    {
        var numbers = new double[labels.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(labels[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        var mean = (numbers[^1] - numbers[0]) / (numbers.Length - 1);
        return mean != 0
            && numbers.Zip(numbers.Skip(1), (a, b) => (b - a) / mean).All(ratio => ratio is > 0.4 and < 1.6);
    }

    private static Axis Axis(AxisPosition position, string label, string[] shown, LabelFit fit)
    {
        var axis = StaticPlot.Axis(position, label, log: false);
        (axis.Minimum, axis.Maximum) = (-0.5, shown.Length - 0.5);
        axis.MajorStep = fit.Step;
        axis.FontSize = fit.Size;
        axis.MajorGridlineStyle = OxyPlot.LineStyle.None;
        axis.ExtraGridlines = [];
        axis.LabelFormatter = value =>
        {
            var index = (int)Math.Round(value);
            return index >= 0 && index < shown.Length ? shown[index] : "";
        };
        return axis;
    }

    private static string Shown(string label, double widest, double size) =>
        TextWrapping.Shorten(Subscripts.In(label), widest, size);

    private static double Width(string label, double size) => Math.Min(WidestBelow, TextWidth.Of(label, size));

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

/// <summary>How labels fit along an axis.</summary>
/// <param name="Step">At every how many places a label is written.</param>
/// <param name="Angle">Its angle, in degrees.</param>
/// <param name="Size">The size of its letters.</param>
internal readonly record struct LabelFit(int Step, int Angle, double Size);
