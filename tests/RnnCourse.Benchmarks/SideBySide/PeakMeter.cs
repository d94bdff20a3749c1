using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Measures what this machine can do at best: fused multiply-adds on registers alone, on every core at
/// once.</summary>
internal static class PeakMeter
{
    private const int Iterations = 1_000_000;
    private const int Accumulators = 12;

    /// <summary>Measures the peak: the best of several samples, because noise can only take away from it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="threads">How many cores to use.</param>
    /// <returns>The peak in GFLOP/s; a multiply-add counts as two operations.</returns>
    internal static double Measure<T>(int threads)
        where T : unmanaged, INumber<T>
    {
        var lanes = (Vector512.IsHardwareAccelerated ? 64 : 32) / Unsafe.SizeOf<T>();
        Action once = Vector512.IsHardwareAccelerated ? Burn512<T> : Burn256<T>;
        Action all = () =>
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => once());
        var ms = PairedTimer.Best(all, rounds: 9);
        return 2.0 * lanes * Accumulators * Iterations * threads / (ms * 1e6);
    }

    // Written to a place that the JIT must assume to be read, so that it can't drop the work.
    private static volatile bool _used;

    private static void Burn512<T>()
        where T : unmanaged, INumber<T>
    {
        var x = Vector512.Create(T.CreateChecked(1e-9));
        var y = Vector512.Create(T.CreateChecked(0.999999));
        Vector512<T> a = x,
            b = x,
            c = x,
            d = x,
            e = x,
            f = x,
            g = x,
            h = x,
            i = x,
            j = x,
            k = x,
            l = x;
        for (var n = 0; n < Iterations; n++)
        {
            a = Fma(a, y, x);
            b = Fma(b, y, x);
            c = Fma(c, y, x);
            d = Fma(d, y, x);
            e = Fma(e, y, x);
            f = Fma(f, y, x);
            g = Fma(g, y, x);
            h = Fma(h, y, x);
            i = Fma(i, y, x);
            j = Fma(j, y, x);
            k = Fma(k, y, x);
            l = Fma(l, y, x);
        }

        var sum = Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        Use(sum);
    }

    private static void Burn256<T>()
        where T : unmanaged, INumber<T>
    {
        var x = Vector256.Create(T.CreateChecked(1e-9));
        var y = Vector256.Create(T.CreateChecked(0.999999));
        Vector256<T> a = x,
            b = x,
            c = x,
            d = x,
            e = x,
            f = x,
            g = x,
            h = x,
            i = x,
            j = x,
            k = x,
            l = x;
        for (var n = 0; n < Iterations; n++)
        {
            a = Fma(a, y, x);
            b = Fma(b, y, x);
            c = Fma(c, y, x);
            d = Fma(d, y, x);
            e = Fma(e, y, x);
            f = Fma(f, y, x);
            g = Fma(g, y, x);
            h = Fma(h, y, x);
            i = Fma(i, y, x);
            j = Fma(j, y, x);
            k = Fma(k, y, x);
            l = Fma(l, y, x);
        }

        var sum = Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        Use(sum);
    }

    private static void Use<T>(T sum)
        where T : INumber<T> => _used = _used ^ (sum == T.CreateChecked(42));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fma<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Fma<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
}
