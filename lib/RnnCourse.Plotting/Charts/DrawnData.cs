using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>A series as it is drawn and described: rounded, with NaN wherever there is nothing to draw.</summary>
internal sealed record DrawnSeries(string Name, double[] X, double[] Y);

/// <summary>Converts the given data into the drawn data.</summary>
internal static class DrawnData
{
    public static DrawnSeries[] Of(XyContent chart) => Of(chart.Series, chart.LogX, chart.LogY);

    public static DrawnSeries[] Of(BarContent chart) => Of(chart.Series, false, chart.LogY);

    public static DrawnSeries[] Of(HeatMapContent map) => Of(map.Paths, false, false);

    private static DrawnSeries[] Of(Series[] series, bool logX, bool logY)
    {
        var x = Round([.. series.SelectMany(s => s.X)], logX);
        var y = Round([.. series.SelectMany(s => s.Y)], logY);
        var drawn = new DrawnSeries[series.Length];
        var start = 0;
        for (var i = 0; i < series.Length; i++)
        {
            var end = start + series[i].Y.Count;
            double[] xs = x[start..end];
            double[] ys = y[start..end];
            for (var j = 0; j < xs.Length; j++)
            {
                if (double.IsNaN(xs[j]) || double.IsNaN(ys[j]))
                {
                    (xs[j], ys[j]) = (double.NaN, double.NaN);
                }
            }

            drawn[i] = new DrawnSeries(series[i].Name, xs, ys);
            start = end;
        }

        return drawn;
    }

    // On a linear axis digits are shared; on a logarithmic one each value has its own.
    private static double[] Round(double[] values, bool log) =>
        log
            ? [.. values.Select(v => double.IsFinite(v) && v > 0 ? NumberFormat.Round(v) : double.NaN)]
            : [.. NumberFormat.RoundTogether(values).Select(v => double.IsFinite(v) ? v : double.NaN)];
}
