namespace RnnCourse.Encoders;

/// <summary>A piece of a series, and what follows it.</summary>
/// <param name="Values">The piece, shape (length).</param>
/// <param name="Target">The number to forecast.</param>
/// <param name="TargetIndex">The index of that number in the series, from 0.</param>
internal sealed record SeriesWindow(ReadOnlyMemory<double> Values, double Target, int TargetIndex);

/// <summary>Cuts a series into windows.</summary>
internal static class SeriesWindows
{
    /// <summary>Cuts out each window whose target lies in a part of the series. The window itself may begin before that
    /// part, as a forecaster knows the past.</summary>
    /// <param name="series">The series, shape (n).</param>
    /// <param name="length">How many numbers a window has; at least 1.</param>
    /// <param name="horizon">How many steps after the window's last number the target lies; at least 1.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="to">Where it ends: the first number that is not in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the part is not within the
    /// series.</exception>
    public static IReadOnlyList<SeriesWindow> Cut(double[] series, int length, int horizon, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, series.Length);
        var windows = new List<SeriesWindow>();
        for (var target = Math.Max(from, length + horizon - 1); target < to; target++)
        {
            windows.Add(new(series.AsMemory(target - horizon - length + 1, length), series[target], target));
        }

        return windows;
    }
}
