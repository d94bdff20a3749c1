using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>What all static charts share: size, type, axes, legend, and the way out to SVG.</summary>
internal static partial class StaticPlot
{
    public const double Width = 720;
    public const double Height = 420;
    public const double TextSize = 17;
    public const double TitleSize = 20;
    public const string Font = "Helvetica, Arial, sans-serif";

    public static PlotModel Model(string title) => new()
    {
        Title = title,
        TitleFontSize = TitleSize,
        TitleFontWeight = FontWeights.Bold,
        TitleColor = Ink,
        TitlePadding = 8,
        DefaultFont = Font,
        DefaultFontSize = TextSize,
        TextColor = Ink,
        Background = OxyColors.White,
        PlotAreaBorderColor = OxyColor.Parse("#888888"),
        PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        Padding = new OxyThickness(8, 8, 24, 8),
        Culture = CultureInfo.InvariantCulture,
    };

    public static OxyColor Ink => OxyColor.Parse(Palette.Ink);

    public static Axis Axis(AxisPosition position, string label, bool log)
    {
        Axis axis = log ? new LogarithmicAxis { PowerPadding = true } : new LinearAxis();
        axis.Position = position;
        axis.Title = label;
        axis.TitleFontSize = TextSize;
        axis.FontSize = TextSize - 1;
        axis.AxisTitleDistance = 10;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = OxyColor.Parse(Palette.Grid);
        axis.MinorTickSize = 0;
        axis.TickStyle = TickStyle.Outside;
        axis.TicklineColor = OxyColor.Parse("#888888");
        axis.LabelFormatter = Numbers.Say;
        axis.IntervalLength = position == AxisPosition.Bottom ? 90 : 55;
        if (!log)
            (axis.MinimumPadding, axis.MaximumPadding) = (0.03, 0.05);
        return axis;
    }

    /// <summary>A legend above the plot, where it hides nothing; none for a single series.</summary>
    public static void AddLegend(PlotModel model, int series)
    {
        if (series < 2)
            return;
        model.Legends.Add(new Legend
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
            LegendSymbolLength = 36,
        });
    }

    public static string Export(PlotModel model, string altText, double height = Height)
    {
        var exporter = new SvgExporter { Width = Width, Height = height, IsDocument = false, TextMeasurer = new TextMeasurer() };
        var svg = exporter.ExportToString(model);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" " +
            $"viewBox=\"0 0 {Width} {height}\" role=\"img\"><title>{Markup.Escape(model.Title)}</title>" +
            $"<desc>{Markup.Escape(altText)}</desc>");
        return SvgHead().Replace(svg, _ => head, 1);
    }

    [GeneratedRegex("^.*?<svg[^>]*>", RegexOptions.Singleline)]
    private static partial Regex SvgHead();
}
