using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace RnnCourse.Plotting.Charts;

/// <summary>Line and scatter charts as SVG.</summary>
internal static class StaticXy
{
    private const int MaxMarkers = 30;
    private const double NearZero = 0.3;
    private const int MaxUndecimated = 600;

    // If both axes have the same scale, the height determines the size of everything.
    private const double MoreHeight = 160;

    private static readonly MarkerType[] Markers =
    [
        MarkerType.Circle,
        MarkerType.Square,
        MarkerType.Triangle,
        MarkerType.Diamond,
    ];

    // In units of the line's thickness; OxyPlot's own dashes are too short to tell apart in a small picture.
    private static readonly double[]?[] Dashes = [null, [5, 2.5], [1.2, 1.8], [6, 2, 1.2, 2], [10, 3]];

    public static string Draw(XyContent chart, string altText)
    {
        var model = StaticPlot.Model(chart.Title);
        model.Axes.Add(StaticPlot.Axis(AxisPosition.Bottom, chart.Labels.X, chart.LogX));
        var drawn = DrawnData.Of(chart);
        var values = StaticPlot.Axis(AxisPosition.Left, chart.Labels.Y, chart.LogY);
        if (!chart.LogY)
        {
            ShowZero(values, [.. drawn.SelectMany(s => s.Y).Where(y => !double.IsNaN(y))]);
        }

        model.Axes.Add(values);
        for (var i = 0; i < drawn.Length; i++)
        {
            model.Series.Add(chart.Kind == XyKind.Lines ? Line(drawn[i], i) : Points(drawn[i], i));
        }

        StaticPlot.AddLegend(model, drawn.Length);
        if (!chart.HasEqualAxes)
        {
            return StaticPlot.Export(model, chart.Title, altText);
        }

        model.PlotType = PlotType.Cartesian;
        return StaticPlot.Export(model, chart.Title, altText, MoreHeight);
    }

    // If 0 is near, it is shown: heights are compared with it, and counts start from it.
    private static void ShowZero(Axis axis, double[] values)
    {
        if (values.Length > 0 && values.Min() >= 0 && values.Min() < values.Max() * NearZero)
        {
            axis.Minimum = -0.03 * values.Max();
        }
    }

    private static LineSeries Line(DrawnSeries series, int index)
    {
        var colour = OxyColor.Parse(Palette.Of(index));
        var line = new LineSeries
        {
            Title = StaticPlot.LegendName(series.Name),
            Color = colour,
            StrokeThickness = 2.5,
            Dashes = Dashes[index % Dashes.Length],
            MarkerType = series.X.Length <= MaxMarkers ? Markers[index % Markers.Length] : MarkerType.None,
            MarkerSize = 5,
            MarkerFill = colour,
            EdgeRenderingMode = EdgeRenderingMode.PreferGeometricAccuracy,
            // It rounds to whole units, which shows; only a line of many points, which it makes smaller, hides that.
            Decimator = series.X.Length > MaxUndecimated ? Decimator.Decimate : null!,
        };
        for (var j = 0; j < series.X.Length; j++)
        {
            line.Points.Add(double.IsNaN(series.Y[j]) ? DataPoint.Undefined : new DataPoint(series.X[j], series.Y[j]));
        }

        return line;
    }

    private static ScatterSeries Points(DrawnSeries series, int index)
    {
        var points = new ScatterSeries
        {
            Title = StaticPlot.LegendName(series.Name),
            MarkerType = Markers[index % Markers.Length],
            MarkerSize = 5.5,
            MarkerFill = OxyColor.FromAColor(200, OxyColor.Parse(Palette.Of(index))),
        };
        for (var j = 0; j < series.X.Length; j++)
        {
            if (!double.IsNaN(series.Y[j]))
            {
                points.Points.Add(new ScatterPoint(series.X[j], series.Y[j]));
            }
        }

        return points;
    }
}
