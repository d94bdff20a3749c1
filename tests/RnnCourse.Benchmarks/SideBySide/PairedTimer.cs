using System.Diagnostics;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Times two actions in turn, ours, theirs, ours, theirs …, so that both meet the same noise.</summary>
internal static class PairedTimer
{
    /// <summary>What a paired timing found; times in milliseconds for one call.</summary>
    /// <param name="OursMs">The median of our samples.</param>
    /// <param name="PeerMs">The median of the peer's samples.</param>
    /// <param name="Ratio">The median of the ratios peer ÷ ours, taken pair by pair.</param>
    /// <param name="Spread">Half the distance between the 10th and the 90th percentile of those ratios, relative to
    /// their median.</param>
    internal sealed record Result(double OursMs, double PeerMs, double Ratio, double Spread);

    private const double SampleMs = 25;

    // Libtorch's and OpenBLAS's threads spin for a while after their last product, on a core that the next library
    // needs. So each turn begins with calls that are not timed.
    private const double SettleMs = 35;
    private const double WarmUpMs = 400;

    /// <summary>Times the two actions.</summary>
    /// <param name="ours">One call of ours.</param>
    /// <param name="peer">One call of the peer's.</param>
    /// <param name="rounds">How many pairs of samples to take.</param>
    internal static Result Time(Action ours, Action peer, int rounds)
    {
        var oursCalls = WarmUp(ours);
        var peerCalls = WarmUp(peer);
        var a = new double[rounds];
        var b = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            // The order changes each round, so that neither always inherits the other's cache and clock.
            if (round % 2 == 0)
            {
                a[round] = Sample(ours, oursCalls);
                b[round] = Sample(peer, peerCalls);
            }
            else
            {
                b[round] = Sample(peer, peerCalls);
                a[round] = Sample(ours, oursCalls);
            }
        }

        double[] ratios = [.. a.Zip(b, (ours, peer) => peer / ours)];
        var ratio = Percentile(ratios, 50);
        return new Result(
            Percentile(a, 50),
            Percentile(b, 50),
            ratio,
            (Percentile(ratios, 90) - Percentile(ratios, 10)) / 2 / ratio
        );
    }

    /// <summary>Times one action alone.</summary>
    /// <param name="action">One call.</param>
    /// <param name="rounds">How many samples to take.</param>
    /// <returns>The shortest time of one call, in milliseconds.</returns>
    internal static double Best(Action action, int rounds)
    {
        var calls = WarmUp(action);
        var samples = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            samples[round] = Sample(action, calls);
        }
        return samples.Min();
    }

    /// <summary>Reads a percentile, from 0 to 100, off some numbers; between two of them in proportion.</summary>
    internal static double Percentile(double[] values, double percent)
    {
        double[] sorted = [.. values.Order()];
        var position = percent / 100 * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    // Long enough for the JIT to reach its last tier; returns how many calls make one sample.
    private static int WarmUp(Action action)
    {
        var clock = Stopwatch.StartNew();
        var calls = 0;
        while (clock.Elapsed.TotalMilliseconds < WarmUpMs || calls < 3)
        {
            action();
            calls++;
        }

        var oneMs = Sample(action, Math.Max(1, calls / 10));
        return Math.Max(1, (int)Math.Ceiling(SampleMs / oneMs));
    }

    private static double Sample(Action action, int calls)
    {
        var turn = Stopwatch.StartNew();
        while (turn.Elapsed.TotalMilliseconds < SettleMs)
        {
            action();
        }
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            action();
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }
}
