using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace RnnCourse.Plotting.Charts;

/// <summary>Grouped bars as SVG.</summary>
internal static class StaticBars
{
    private const double GroupWidth = 0.8;

    public static string Draw(BarContent chart, string altText)
    {
        var model = StaticPlot.Model(chart.Title);
        var (categories, extraHeight) = CategoryScale.Below(chart.Labels.X, chart.Categories);
        model.Axes.Add(categories);
        var drawn = DrawnData.Of(chart);
        var values = StaticPlot.Axis(AxisPosition.Left, chart.Labels.Y, chart.LogY);
        var ground = Ground(drawn, chart.LogY);
        if (chart.LogY)
        {
            values.Minimum = ground;
        }
        else if (drawn.All(s => s.Y.All(y => !(y < 0))))
        {
            values.MinimumPadding = 0;
        }

        model.Axes.Add(values);
        for (var i = 0; i < drawn.Length; i++)
        {
            model.Series.Add(Bars(drawn[i], i, drawn.Length, ground));
        }

        StaticPlot.AddLegend(model, drawn.Length);
        return StaticPlot.Export(model, chart.Title, altText, extraHeight);
    }

    private static RectangleBarSeries Bars(DrawnSeries series, int index, int count, double ground)
    {
        var bars = new RectangleBarSeries
        {
            Title = StaticPlot.LegendName(series.Name),
            FillColor = OxyColor.Parse(Palette.Of(index)),
            StrokeThickness = 0,
        };
        var width = GroupWidth / count;
        for (var j = 0; j < series.Y.Length; j++)
        {
            if (double.IsNaN(series.Y[j]))
            {
                continue;
            }

            var left = j - (GroupWidth / 2) + (index * width);
            bars.Items.Add(
                new RectangleBarItem(left, Math.Min(ground, series.Y[j]), left + width, Math.Max(ground, series.Y[j]))
            );
        }

        return bars;
    }

    // Bars start at zero; a logarithmic axis has no zero, so there they start at the power of ten below the smallest
    // value.
    private static double Ground(DrawnSeries[] series, bool log)
    {
        if (!log)
        {
            return 0;
        }

        var least = series.SelectMany(s => s.Y).Where(y => !double.IsNaN(y)).DefaultIfEmpty(1).Min();
        return Math.Pow(10, Math.Ceiling(Math.Log10(least)) - 1);
    }
}
