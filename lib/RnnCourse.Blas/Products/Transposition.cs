using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnCourse.Blas.Products;

/// <summary>Transposes strips of eight columns within registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>Columns in a strip.</summary>
    public const int Side = 8;

    /// <summary>The length of a strip's columns must be a multiple of this.</summary>
    public const int DepthStep = 4;

    /// <summary>Whether a panel can be made of strips: the hardware must have the shuffles, and what a strip writes
    /// beyond its row must be overwritten by the same strip's next row.</summary>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="targetStep">The panel's width.</param>
    public static bool Suits(int width, nint targetStep) =>
        Avx.IsSupported && (width <= Side || targetStep % Side == 0);

    /// <summary>Transposes a strip.</summary>
    /// <param name="source">The first of the strip's columns, each contiguous.</param>
    /// <param name="step">Distance between columns.</param>
    /// <param name="columns">Columns that exist; if fewer than <see cref="Side"/>, the last one stands in for the
    /// rest.</param>
    /// <param name="depth">Length of the columns, a multiple of <see cref="DepthStep"/>.</param>
    /// <param name="target">Where the first transposed row goes; <see cref="Side"/> elements are written to each row,
    /// in ascending order.</param>
    /// <param name="targetStep">Distance between transposed rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Strip<T>(T* source, nint step, int columns, int depth, T* target, nint targetStep)
        where T : unmanaged
    {
        var last = columns - 1;
        T* s0 = source,
            s1 = source + (Math.Min(1, last) * step);
        T* s2 = source + (Math.Min(2, last) * step),
            s3 = source + (Math.Min(3, last) * step);
        T* s4 = source + (Math.Min(4, last) * step),
            s5 = source + (Math.Min(5, last) * step);
        T* s6 = source + (Math.Min(6, last) * step),
            s7 = source + (Math.Min(7, last) * step);
        for (nint p = 0; p < depth; p += DepthStep)
        {
            if (typeof(T) == typeof(float))
            {
                Singles(
                    (float*)(s0 + p),
                    (float*)(s1 + p),
                    (float*)(s2 + p),
                    (float*)(s3 + p),
                    (float*)(s4 + p),
                    (float*)(s5 + p),
                    (float*)(s6 + p),
                    (float*)(s7 + p),
                    (float*)target,
                    targetStep
                );
            }
            else
            {
                for (nint half = p; half < p + DepthStep; half += 2)
                {
                    var row = (double*)(target + ((half - p) * targetStep));
                    Doubles(
                        (double*)(s0 + half),
                        (double*)(s1 + half),
                        (double*)(s2 + half),
                        (double*)(s3 + half),
                        row,
                        row + targetStep,
                        (double*)(s4 + half),
                        (double*)(s5 + half),
                        (double*)(s6 + half),
                        (double*)(s7 + half)
                    );
                }
            }

            target += DepthStep * targetStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Singles(
        float* s0,
        float* s1,
        float* s2,
        float* s3,
        float* s4,
        float* s5,
        float* s6,
        float* s7,
        float* target,
        nint step
    )
    {
        // Columns 0 to 3 in the lower half, 4 to 7 in the upper: the shuffles work within halves.
        var r0 = Vector256.Create(Vector128.Load(s0), Vector128.Load(s4));
        var r1 = Vector256.Create(Vector128.Load(s1), Vector128.Load(s5));
        var r2 = Vector256.Create(Vector128.Load(s2), Vector128.Load(s6));
        var r3 = Vector256.Create(Vector128.Load(s3), Vector128.Load(s7));
        var low01 = Avx.UnpackLow(r0, r1);
        var low23 = Avx.UnpackLow(r2, r3);
        var high01 = Avx.UnpackHigh(r0, r1);
        var high23 = Avx.UnpackHigh(r2, r3);
        Vector256.Store(Avx.Shuffle(low01, low23, 0x44), target);
        Vector256.Store(Avx.Shuffle(low01, low23, 0xEE), target + step);
        Vector256.Store(Avx.Shuffle(high01, high23, 0x44), target + (2 * step));
        Vector256.Store(Avx.Shuffle(high01, high23, 0xEE), target + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Doubles(
        double* s0,
        double* s1,
        double* s2,
        double* s3,
        double* row0,
        double* row1,
        double* s4,
        double* s5,
        double* s6,
        double* s7
    )
    {
        var r0 = Vector256.Create(Vector128.Load(s0), Vector128.Load(s2));
        var r1 = Vector256.Create(Vector128.Load(s1), Vector128.Load(s3));
        var r4 = Vector256.Create(Vector128.Load(s4), Vector128.Load(s6));
        var r5 = Vector256.Create(Vector128.Load(s5), Vector128.Load(s7));
        Vector256.Store(Avx.UnpackLow(r0, r1), row0);
        Vector256.Store(Avx.UnpackLow(r4, r5), row0 + 4);
        Vector256.Store(Avx.UnpackHigh(r0, r1), row1);
        Vector256.Store(Avx.UnpackHigh(r4, r5), row1 + 4);
    }
}
