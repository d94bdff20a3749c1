using System.Diagnostics;
using System.Numerics;

namespace RnnCourse.Blas.Selection;

/// <summary>Times implementations in turns, round by round, so that a slow moment of the machine affects all of
/// them.</summary>
internal static class SpeedMeasurement
{
    // Native libraries leave threads spinning for some 25 ms after their turn: until they sleep, the next
    // implementation would lack a core.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan Timed = TimeSpan.FromMilliseconds(15);

    /// <summary>The median speed of each candidate at one shape, in GFLOP/s.</summary>
    /// <param name="candidates">What to time.</param>
    /// <param name="shape">The product's shape.</param>
    /// <param name="rounds">How many turns each gets.</param>
    public static double[] Gflops<T>(IReadOnlyList<BlasImplementation> candidates, BlasShape shape, int rounds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = Ramp<T>(shape.M * shape.K);
        var b = Ramp<T>(shape.K * shape.N);
        var c = new T[shape.M * shape.N];
        var seconds = new double[candidates.Count, rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < candidates.Count; i++)
            {
                Time(candidates[i].Gemm, shape, a, b, c, WarmUp);
                seconds[i, round] = Time(candidates[i].Gemm, shape, a, b, c, Timed);
            }
        }

        return
        [
            .. candidates.Select(
                (_, i) =>
                    shape.Operations
                    / Enumerable.Range(0, rounds).Select(round => seconds[i, round]).Order().ElementAt(rounds / 2)
                    / 1e9
            ),
        ];
    }

    /// <summary>Seconds per product, over at least the given time and one product.</summary>
    private static double Time<T>(IGemm gemm, BlasShape shape, T[] a, T[] b, T[] c, TimeSpan least)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        TimeSpan elapsed;
        do
        {
            Gemm.MultiplyWith<T>(
                gemm,
                Transpose.No,
                Transpose.No,
                shape.M,
                shape.N,
                shape.K,
                T.One,
                a,
                shape.M,
                b,
                shape.K,
                T.Zero,
                c,
                shape.M
            );
            count++;
            elapsed = Stopwatch.GetElapsedTime(start);
        } while (elapsed < least);
        return elapsed.TotalSeconds / count;
    }

    private static T[] Ramp<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = new T[length];
        for (var i = 0; i < length; i++)
        {
            numbers[i] = T.CreateTruncating(((i % 17) - 8) / 8.0);
        }

        return numbers;
    }
}
