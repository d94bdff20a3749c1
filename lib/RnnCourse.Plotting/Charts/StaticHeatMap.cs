using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>Heat maps as SVG: OxyPlot draws axes and colour bar, the cells are drawn here.</summary>
/// <remarks>
/// OxyPlot writes some 170 bytes for each cell. Here the cells of one shade are one path, about 11 bytes for each:
/// a map of 24 by 60 takes 20 KB and not 240.
/// </remarks>
internal static partial class StaticHeatMap
{
    // Odd, so that 0 has the shade in the middle of a palette of signed values.
    private const int Shades = 41;
    private const string Placeholder = "#010203";

    public static string Draw(HeatMapContent map, string altText)
    {
        var model = StaticPlot.Model(map.Title);
        model.PlotAreaBorderThickness = new OxyThickness(1);
        var (least, greatest) = HeatMapScale.Of(map);
        var palette = OxyPalette.Interpolate(Shades, [.. HeatMapScale.Palette(map).Select(OxyColor.Parse)]);
        var (columns, extraHeight) = CategoryScale.Below(map.Labels.X, map.Columns, map.Rows);
        model.Axes.Add(columns);
        var (rows, extraForRows) = CategoryScale.Beside(map.Labels.Y, map.Rows);
        (rows.StartPosition, rows.EndPosition) = (1, 0);
        model.Axes.Add(rows);
        model.Axes.Add(ColourBar(map, palette, least, greatest));
        model.Annotations.Add(
            new RectangleAnnotation
            {
                MinimumX = -0.5,
                MaximumX = map.Columns.Length - 0.5,
                MinimumY = -0.5,
                MaximumY = map.Rows.Length - 0.5,
                Fill = OxyColor.Parse(Placeholder),
                Layer = AnnotationLayer.BelowAxes,
            }
        );
        var drawn = DrawnData.Of(map);
        for (var i = 0; i < drawn.Length; i++)
        {
            model.Series.Add(Path(drawn[i], i));
        }

        // A single path needs its name, too.
        StaticPlot.AddLegend(model, drawn.Length + 1);
        var svg = StaticPlot.Export(model, map.Title, altText, extraHeight + extraForRows);
        return PlaceOfCells().Replace(svg, place => Cells(map, palette, least, greatest, place), 1);
    }

    // White below the colour, so that a path stands out on light and on dark cells.
    private static LineSeries Path(DrawnSeries path, int index)
    {
        var line = new LineSeries
        {
            Title = StaticPlot.LegendName(path.Name),
            Color = OxyColor.Parse(Palette.OnHeatMap(index)),
            StrokeThickness = 3,
            MarkerType = index % 2 == 0 ? MarkerType.Circle : MarkerType.Square,
            MarkerSize = 5,
            MarkerFill = OxyColor.Parse(Palette.OnHeatMap(index)),
            MarkerStroke = OxyColors.White,
            MarkerStrokeThickness = 1.5,
            EdgeRenderingMode = EdgeRenderingMode.PreferGeometricAccuracy,
        };
        line.Points.AddRange(path.X.Zip(path.Y, (x, y) => new DataPoint(x, y)));
        return line;
    }

    private static LinearColorAxis ColourBar(HeatMapContent map, OxyPalette palette, double least, double greatest) =>
        new()
        {
            Position = AxisPosition.Right,
            Palette = palette,
            Minimum = least,
            Maximum = greatest,
            FontSize = StaticPlot.TextSize - 1,
            TitleFontSize = StaticPlot.TextSize,
            Title = Subscripts.In(map.ValueLabel),
            AxisDistance = 14,
            AxisTitleDistance = 12,
            MajorTickSize = 20,
            MinorTickSize = 0,
            TicklineColor = OxyColors.Transparent,
            IntervalLength = 55,
            LabelFormatter = NumberFormat.Tick,
        };

    // In units of one cell; the group scales them to the place that OxyPlot left.
    private static string Cells(HeatMapContent map, OxyPalette palette, double least, double greatest, Match place)
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        var values = HeatMapScale.Rounded(map);
        for (var r = 0; r < map.Rows.Length; r++)
        {
            for (var c = 0; c < map.Columns.Length; )
            {
                var (start, shade) = (c, Shade(values[r, c], least, greatest));
                while (c < map.Columns.Length && Shade(values[r, c], least, greatest) == shade)
                {
                    c++;
                }

                if (!paths.TryGetValue(shade, out var path))
                {
                    paths[shade] = path = new StringBuilder();
                }

                path.Append(CultureInfo.InvariantCulture, $"M{start} {r}h{c - start}v1h-{c - start}z");
            }
        }

        var group = new StringBuilder();
        var scaleX = Number(place, 3) / map.Columns.Length;
        var scaleY = Number(place, 4) / map.Rows.Length;
        group.Append(
            CultureInfo.InvariantCulture,
            $"<g shape-rendering=\"crispEdges\" transform=\"translate({place.Groups[1].Value},{place.Groups[2].Value}) "
        );
        group.Append(CultureInfo.InvariantCulture, $"scale({scaleX:0.####},{scaleY:0.####})\">");
        foreach (var (shade, path) in paths)
        {
            var colour = shade < 0 ? OxyColor.Parse(Palette.Missing) : palette.Colors[shade];
            group.Append(
                CultureInfo.InvariantCulture,
                $"\n<path fill=\"#{colour.R:X2}{colour.G:X2}{colour.B:X2}\" d=\"{path}\"/>"
            );
        }

        return group.Append("\n</g>").ToString();
    }

    private static int Shade(double value, double least, double greatest) =>
        double.IsNaN(value) ? -1 : Math.Clamp((int)((value - least) / (greatest - least) * Shades), 0, Shades - 1);

    private static double Number(Match match, int group) =>
        double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "<rect x=\"([^\"]*)\" y=\"([^\"]*)\" width=\"([^\"]*)\" height=\"([^\"]*)\" "
            + "style=\"fill:"
            + Placeholder
            + "[^>]*/>"
    )]
    private static partial Regex PlaceOfCells();
}
