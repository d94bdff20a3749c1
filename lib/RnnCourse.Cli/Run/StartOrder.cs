namespace RnnCourse.Cli.Run;

/// <summary>Plans the order in which notebooks start when several run at a time.</summary>
/// <remarks>
/// Notebooks start in reading order, which is also the order of the reports. But a long notebook is moved forward: it
/// starts at the latest when the remaining work, divided among the processors, takes twice as long as the notebook
/// alone. Otherwise it would run by itself at the end while the other processors are idle.
/// </remarks>
internal static class StartOrder
{
    // Expected times were measured on another machine. With 2, times that are wrong by a third make the whole run 2 %
    // longer. Longest first would cost only 1 %, but hold back the reports of the others for half of the time.
    private const double Margin = 2;

    /// <summary>Plans the order.</summary>
    /// <param name="expected">The expected time of each notebook; only ratios matter.</param>
    /// <param name="parallel">How many run at a time, at least 1.</param>
    /// <returns>The notebooks' indices in the order in which they start.</returns>
    public static IReadOnlyList<int> Plan(IReadOnlyList<TimeSpan> expected, int parallel)
    {
        if (parallel == 1)
        {
            return [.. Enumerable.Range(0, expected.Count)];
        }

        var order = new List<int>(expected.Count);
        var waiting = Enumerable.Range(0, expected.Count).ToList();
        var busyUntil = new TimeSpan[parallel];
        while (waiting.Count > 0)
        {
            var free = Array.IndexOf(busyUntil, busyUntil.Min());
            var now = busyUntil[free];
            var left =
                waiting.Aggregate(TimeSpan.Zero, (sum, i) => sum + expected[i])
                + busyUntil.Aggregate(TimeSpan.Zero, (sum, until) => sum + (until - now));
            var longest = waiting.MaxBy(i => expected[i]);
            var next = expected[longest] * Margin >= left / parallel ? longest : waiting[0];
            waiting.Remove(next);
            order.Add(next);
            busyUntil[free] = now + expected[next];
        }

        return order;
    }
}
