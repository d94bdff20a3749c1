using RnnCourse.Blas.Threading;

namespace RnnCourse.Metrics;

/// <summary>How long one way took: the median of its turns, the fastest and the slowest.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Seconds">The median over the turns, in seconds for one call.</param>
/// <param name="Fastest">The fastest turn, in seconds for one call.</param>
/// <param name="Slowest">The slowest turn, in seconds for one call.</param>
public sealed record Duration(string Name, double Seconds, double Fastest, double Slowest);

/// <summary>Times several ways of doing the same, in turns, so that a slow moment of the machine hits all
/// alike.</summary>
/// <remarks>Durations depend on the machine and on what else runs there. Only ratios are meaningful, and only if they
/// are far larger than the spread between the turns.</remarks>
public static class Turns
{
    /// <summary>Times the ways in turns, round after round. The same number of rounds runs before, untimed, while the
    /// runtime still optimises the code.</summary>
    /// <param name="rounds">How many turns of each count, at least 1.</param>
    /// <param name="milliseconds">How long a turn lasts at least, above 0; a turn is at least one call.</param>
    /// <param name="ways">What to time, at least one: a name and a call. Each is called once more before each of its
    /// turns, and that call is not timed.</param>
    /// <returns>For each way, in the same order, its median, fastest and slowest turn.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rounds"/> is below 1, or <paramref
    /// name="milliseconds"/> not above 0.</exception>
    /// <exception cref="ArgumentException">There is nothing to time.</exception>
    public static IReadOnlyList<Duration> Measure(
        int rounds,
        double milliseconds,
        params IReadOnlyList<(string Name, Action Call)> ways
    ) => Measure(TimeProvider.System, rounds, milliseconds, ways);

    internal static IReadOnlyList<Duration> Measure(
        TimeProvider clock,
        int rounds,
        double milliseconds,
        params IReadOnlyList<(string Name, Action Call)> ways
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        if (!(milliseconds > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(milliseconds),
                milliseconds,
                "A turn must last longer than 0 ms."
            );
        }

        ArgumentNullException.ThrowIfNull(ways);
        if (ways.Count == 0)
        {
            throw new ArgumentException("There is nothing to time; give at least one way.", nameof(ways));
        }

        var seconds = new double[ways.Count, rounds];
        for (var round = -rounds; round < rounds; round++)
        {
            for (var way = 0; way < ways.Count; way++)
            {
                ways[way].Call(); // what the others have left in the caches is not what we ask for
                seconds[way, Math.Max(round, 0)] = Time(clock, ways[way].Call, milliseconds / 1000);
            }
        }

        return
        [
            .. ways.Select(
                (way, k) =>
                {
                    var turns = Enumerable.Range(0, rounds).Select(round => seconds[k, round]).Order().ToList();
                    return new Duration(way.Name, turns[rounds / 2], turns[0], turns[^1]);
                }
            ),
        ];
    }

    private static double Time(TimeProvider clock, Action call, double least)
    {
        var start = clock.GetTimestamp();
        for (var count = 1; ; count++)
        {
            HostInterrupt.Check();
            call();
            var elapsed = clock.GetElapsedTime(start).TotalSeconds;
            if (elapsed >= least)
            {
                return elapsed / count;
            }
        }
    }
}
