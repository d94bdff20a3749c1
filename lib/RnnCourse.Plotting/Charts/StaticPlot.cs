using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>What all static charts share: size, type, axes, legend, and the way out to SVG.</summary>
internal static class StaticPlot
{
    public const double Width = 720;
    public const double Height = 420;
    public const double TextSize = 17;
    public const double TitleSize = 20;
    public const string Font = "Helvetica, Arial, sans-serif";

    private const double LineHeight = 1.25;
    private const double LongestXLabel = 600;
    private const double LongestYLabel = 300;
    private const double LongestName = 300;

    public static OxyColor Ink => OxyColor.Parse(Palette.Ink);

    public static PlotModel Model(string title) =>
        new()
        {
            Title = string.Join('\n', TextWrapping.Lines(Subscripts.In(title), Width - 40, TitleSize, bold: true)),
            TitleFontSize = TitleSize,
            TitleFontWeight = FontWeights.Bold,
            TitleColor = Ink,
            TitlePadding = 8,
            TitleHorizontalAlignment = TitleHorizontalAlignment.CenteredWithinView,
            DefaultFont = Font,
            DefaultFontSize = TextSize,
            TextColor = Ink,
            Background = OxyColors.White,
            PlotAreaBorderColor = OxyColor.Parse(Palette.Frame),
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
            Padding = new OxyThickness(8, 8, 24, 8),
            Culture = CultureInfo.InvariantCulture,
        };

    public static Axis Axis(AxisPosition position, string label, bool log)
    {
        Axis axis = log ? new LogarithmicAxis { PowerPadding = false } : new LinearAxis();
        var horizontal = position == AxisPosition.Bottom;
        axis.Position = position;
        axis.Title = Lines(label, horizontal ? LongestXLabel : LongestYLabel);
        axis.TitleFontSize = TextSize;
        axis.FontSize = TextSize - 1;
        axis.AxisTitleDistance = horizontal ? 4 : 14;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = OxyColor.Parse(Palette.Grid);
        axis.MinorTickSize = 0;
        axis.TickStyle = TickStyle.Outside;
        axis.TicklineColor = OxyColor.Parse(Palette.Frame);
        axis.LabelFormatter = log ? NumberFormat.LogTick : NumberFormat.Tick;
        axis.IntervalLength = horizontal ? 90 : 55;
        (axis.MinimumPadding, axis.MaximumPadding) = (0.04, 0.05);
        axis.ExtraGridlines = log ? [] : [0];
        axis.ExtraGridlineColor = OxyColor.Parse(Palette.Frame);
        return axis;
    }

    /// <summary>A legend above the plot, where it hides nothing; none for a single series.</summary>
    public static void AddLegend(PlotModel model, int series)
    {
        if (series < 2)
        {
            return;
        }

        model.Legends.Add(
            new Legend
            {
                LegendPlacement = LegendPlacement.Outside,
                LegendPosition = LegendPosition.TopCenter,
                LegendOrientation = LegendOrientation.Horizontal,
                LegendFontSize = TextSize - 1,
                LegendTextColor = Ink,
                LegendBorderThickness = 0,
                LegendPadding = 0,
                LegendMargin = 4,
                LegendColumnSpacing = 16,
                LegendLineSpacing = 4,
                LegendSymbolLength = 36,
            }
        );
    }

    /// <summary>A series' name, short enough for the legend.</summary>
    public static string LegendName(string name) =>
        TextWrapping.Shorten(Subscripts.In(name), LongestName, TextSize - 1);

    /// <summary>The chart as SVG; a title or a legend of several lines makes it taller, and so do turned
    /// labels.</summary>
    public static string Export(PlotModel model, string title, string altText, double extraHeight = 0)
    {
        var titleLines = model.Title.Count(c => c == '\n');
        var legendRows = LegendRows(model);
        var height =
            Height
            + Math.Round(
                extraHeight
                    + (titleLines * TitleSize * LineHeight)
                    + (Math.Max(0, legendRows - 1) * TextSize * LineHeight)
            );
        var exporter = new SvgExporter
        {
            Width = Width,
            Height = height,
            IsDocument = false,
            TextMeasurer = new TextMeasurer(),
        };
        return SvgMinifier.Of(exporter.ExportToString(model), Width, height, title, altText);
    }

    private static double LegendRows(PlotModel model)
    {
        if (model.Legends.Count == 0)
        {
            return 0;
        }

        var widest = model.Series.Max(s => TextWidth.Of(s.Title, TextSize - 1)) + 60;
        return Math.Ceiling(model.Series.Count / Math.Max(1, Math.Floor((Width - 100) / widest)));
    }

    // Two lines at most: the alternative text gives a longer label in full.
    private static string Lines(string label, double width)
    {
        var lines = TextWrapping.Lines(Subscripts.In(label), width, TextSize);
        return lines.Count <= 2
            ? string.Join('\n', lines)
            : lines[0] + "\n" + TextWrapping.Shorten(lines[1] + " " + lines[2], width, TextSize);
    }
}
