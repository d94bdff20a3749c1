namespace RnnCourse.Cli.Run;

/// <summary>In which order notebooks start when several run at a time.</summary>
/// <remarks>
/// In the order of the notebooks, as that is how a reader follows them and how they are told. A long one comes forward:
/// it starts at the latest when all that is left, shared out, takes twice as long as it does alone. Otherwise it would
/// run by itself in the end while the other processors have nothing to do. Towards the end this is longest first.
/// </remarks>
internal static class StartOrder
{
    // Expected times are another machine's. With 2, times that are off by a third cost 2 % of the whole; always the
    // longest first would cost 1 %, and show nothing in its place for half of the time.
    private const double Margin = 2;

    /// <summary>Plans the order.</summary>
    /// <param name="expected">How long each notebook takes, as far as it matters how they compare.</param>
    /// <param name="parallel">How many run at a time, at least 1.</param>
    /// <returns>The notebooks' indices in the order in which they start.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<TimeSpan> expected, int parallel)
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
