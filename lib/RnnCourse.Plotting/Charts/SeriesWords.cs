using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>One series in one sentence.</summary>
internal static class SeriesWords
{
    public static string Of(DrawnSeries series, string xLabel, bool inOrder)
    {
        int[] drawn = [.. Enumerable.Range(0, series.Y.Length).Where(i => !double.IsNaN(series.Y[i]))];
        if (drawn.Length == 0)
            return $"“{series.Name}” has no value that can be drawn.";
        var gaps = Gaps(series);
        var (first, last) = (drawn[0], drawn[^1]);
        var (least, greatest) = (drawn.MinBy(i => series.Y[i]), drawn.MaxBy(i => series.Y[i]));
        if (drawn.Length == 1)
            return $"“{series.Name}” is the one point {Numbers.Say(series.Y[first])} at {Numbers.Say(series.X[first])}{gaps}.";
        if (!inOrder)
        {
            return $"“{series.Name}” has {drawn.Length} points, from {Numbers.Say(series.Y[least])} to " +
                $"{Numbers.Say(series.Y[greatest])}, at {xLabel} from {Numbers.Say(drawn.Min(i => series.X[i]))} to " +
                $"{Numbers.Say(drawn.Max(i => series.X[i]))}{gaps}.";
        }

        var (start, end) = (Numbers.Say(series.Y[first]), Numbers.Say(series.Y[last]));
        var (low, high) = (series.Y[least], series.Y[greatest]);
        if (low == high)
            return $"“{series.Name}” stays at {start} throughout{gaps}.";
        var extremes = $"least {Numbers.Say(low)} at {Numbers.Say(series.X[least])}, " +
            $"greatest {Numbers.Say(high)} at {Numbers.Say(series.X[greatest])}";
        return $"“{series.Name}” {Trend(series, drawn)} from {start} to {end} ({extremes}){gaps}.";
    }

    public static string Of(DrawnSeries series, string[] categories)
    {
        int[] drawn = [.. Enumerable.Range(0, series.Y.Length).Where(i => !double.IsNaN(series.Y[i]))];
        if (drawn.Length == 0)
            return $"“{series.Name}” has no value that can be drawn.";
        var (least, greatest) = (drawn.MinBy(i => series.Y[i]), drawn.MaxBy(i => series.Y[i]));
        return $"“{series.Name}”: first {Numbers.Say(series.Y[drawn[0]])} ({categories[drawn[0]]}), " +
            $"last {Numbers.Say(series.Y[drawn[^1]])} ({categories[drawn[^1]]}), " +
            $"least {Numbers.Say(series.Y[least])} ({categories[least]}), " +
            $"greatest {Numbers.Say(series.Y[greatest])} ({categories[greatest]}){Gaps(series)}.";
    }

    private static string Gaps(DrawnSeries series) => series.Gaps switch
    {
        0 => "",
        1 => "; one value cannot be drawn",
        var n => $"; {n} values cannot be drawn",
    };

    private static string Trend(DrawnSeries series, int[] drawn)
    {
        var steps = drawn.Zip(drawn.Skip(1), (a, b) => Math.Sign(series.Y[b] - series.Y[a])).ToArray();
        if (steps.All(s => s >= 0))
            return "rises steadily";
        if (steps.All(s => s <= 0))
            return "falls steadily";
        var change = series.Y[drawn[^1]] - series.Y[drawn[0]];
        var range = drawn.Max(i => series.Y[i]) - drawn.Min(i => series.Y[i]);
        if (Math.Abs(change) < range / 4)
            return "goes up and down";
        return change > 0 ? "rises with ups and downs" : "falls with ups and downs";
    }
}
