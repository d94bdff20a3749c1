using System.Diagnostics;
using System.Numerics;
using RnnCourse.Blas.Products;

namespace RnnCourse.Blas.Selection;

/// <summary>Times candidates in turn, round by round, so that a slow moment of the machine hits all alike.</summary>
internal static class Measurement
{
    /// <summary>The median speed of each candidate at one shape, in GFLOP/s.</summary>
    /// <param name="candidates">What to time.</param>
    /// <param name="shape">The product's shape.</param>
    /// <param name="rounds">How often each gets its turn.</param>
    /// <param name="turn">How long a turn should last, at least one product.</param>
    public static double[] Gflops<T>(IReadOnlyList<Candidate> candidates, BlasShape shape, int rounds, TimeSpan turn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = Ramp<T>(shape.M * shape.K);
        var b = Ramp<T>(shape.K * shape.N);
        var c = new T[shape.M * shape.N];
        var repeats = new int[candidates.Count];
        var seconds = new double[candidates.Count][];
        for (var i = 0; i < candidates.Count; i++)
        {
            seconds[i] = new double[rounds];
            Time(candidates[i].Products, shape, a, b, c, 1);
            var once = Time(candidates[i].Products, shape, a, b, c, 1);
            repeats[i] = (int)Math.Clamp(turn.TotalSeconds / once, 1, 1_000_000);
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < candidates.Count; i++)
                seconds[i][round] = Time(candidates[i].Products, shape, a, b, c, repeats[i]);
        }

        return [.. seconds.Select(s => shape.Operations / s.Order().ElementAt(rounds / 2) / 1e9)];
    }

    private static double Time<T>(IProducts products, BlasShape shape, T[] a, T[] b, T[] c, int repeats)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
        {
            Gemm.On<T>(
                products, Transpose.No, Transpose.No, shape.M, shape.N, shape.K, T.One, a, shape.M, b, shape.K, T.Zero, c, shape.M);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    private static T[] Ramp<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = new T[length];
        for (var i = 0; i < length; i++)
            numbers[i] = T.CreateTruncating(((i % 17) - 8) / 8.0);
        return numbers;
    }
}
