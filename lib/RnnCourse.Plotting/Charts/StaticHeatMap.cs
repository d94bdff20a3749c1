using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>Heat maps as SVG.</summary>
internal static class StaticHeatMap
{
    private const int Shades = 256;

    public static string Draw(HeatMapContent map, string altText)
    {
        var model = StaticPlot.Model(map.Title);
        model.PlotAreaBorderThickness = new OxyThickness(1);
        var (least, greatest) = HeatMapScale.Of(map);
        model.Axes.Add(CategoryScale.Axis(AxisPosition.Bottom, map.Labels.X, map.Columns));
        var rows = CategoryScale.Axis(AxisPosition.Left, map.Labels.Y, map.Rows);
        (rows.StartPosition, rows.EndPosition) = (1, 0);
        model.Axes.Add(rows);
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = OxyPalette.Interpolate(Shades, [.. HeatMapScale.Palette(map).Select(OxyColor.Parse)]),
            Minimum = least,
            Maximum = greatest,
            InvalidNumberColor = OxyColor.Parse(Palette.Missing),
            FontSize = StaticPlot.TextSize - 1,
            LabelFormatter = Numbers.Say,
        });
        model.Series.Add(new HeatMapSeries
        {
            X0 = 0,
            X1 = map.Columns.Length - 1,
            Y0 = 0,
            Y1 = map.Rows.Length - 1,
            Data = Transposed(map),
            Interpolate = false,
            RenderMethod = HeatMapRenderMethod.Rectangles,
            EdgeRenderingMode = EdgeRenderingMode.PreferSharpness,
        });
        return StaticPlot.Export(model, altText);
    }

    private static double[,] Transposed(HeatMapContent map)
    {
        var values = HeatMapScale.Rounded(map);
        var transposed = new double[map.Columns.Length, map.Rows.Length];
        for (var r = 0; r < map.Rows.Length; r++)
        {
            for (var c = 0; c < map.Columns.Length; c++)
                transposed[c, r] = values[r, c];
        }

        return transposed;
    }
}
