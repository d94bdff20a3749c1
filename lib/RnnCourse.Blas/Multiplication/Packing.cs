using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Multiplication;

/// <summary>Copies blocks into panels, where the numbers that one step of the depth needs lie side by side.</summary>
internal static unsafe class Packing<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Copies a panel whose rows are contiguous already: <c>target[p·targetStep + i] = source[p·sourceStep +
    /// i]</c>.</summary>
    /// <param name="source">The block's first element.</param>
    /// <param name="sourceStep">Distance between two steps of the depth.</param>
    /// <param name="width">Numbers per step of the depth.</param>
    /// <param name="depth">Steps of the depth.</param>
    /// <param name="target">The panel.</param>
    /// <param name="targetStep">The panel's width; if it is more than <paramref name="width"/>, a multiple of the
    /// lanes, and filled up with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Straight(T* source, nint sourceStep, int width, int depth, T* target, nint targetStep)
    {
        var whole = width - (width % TSimd.Lanes);
        for (var p = 0; p < depth; p++)
        {
            var i = 0;
            for (; i < whole; i += TSimd.Lanes)
            {
                TSimd.Store(target + i, TSimd.Load(source + i));
            }

            if (i < width)
            {
                var last = TSimd.LoadFirst(source + i, width - i);
                if (targetStep >= i + TSimd.Lanes)
                {
                    TSimd.Store(target + i, last);
                }
                else
                {
                    TSimd.StoreFirst(target + i, last, width - i);
                }
            }

            source += sourceStep;
            target += targetStep;
        }
    }

    /// <summary>Copies a panel whose columns are contiguous: <c>target[p·targetStep + i] = source[i·sourceStep +
    /// p]</c>.</summary>
    /// <remarks>Positions from <paramref name="width"/> to the panel's own width hold zeros or copies of the last
    /// column: no element of C sees them.</remarks>
    /// <param name="source">The block's first element.</param>
    /// <param name="sourceStep">Distance between two positions of the panel.</param>
    /// <param name="width">Numbers per step of the depth.</param>
    /// <param name="depth">Steps of the depth.</param>
    /// <param name="target">The panel, with room for <see cref="Transposition.Side"/> more elements.</param>
    /// <param name="targetStep">The panel's width.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transposed(T* source, nint sourceStep, int width, int depth, T* target, nint targetStep)
    {
        var whole = Transposition.Suits(width, targetStep) ? depth - (depth % Transposition.DepthStep) : 0;
        if (whole > 0)
        {
            for (var i = 0; i < width; i += Transposition.Side)
            {
                Transposition.Strip(source + (i * sourceStep), sourceStep, width - i, whole, target + i, targetStep);
            }
        }

        for (nint p = whole; p < depth; p++)
        {
            for (var i = 0; i < width; i++)
            {
                target[(p * targetStep) + i] = source[(i * sourceStep) + p];
            }

            for (var i = width; i < targetStep; i++)
            {
                target[(p * targetStep) + i] = T.Zero;
            }
        }
    }
}

/// <summary>
/// A whole left operand in panels: block of the depth after block, in each the panels from the top to the bottom, in
/// each the columns, as high as a tile. The last panel is filled up with zeros to whole registers.
/// </summary>
internal static unsafe class PanelLayout
{
    /// <summary>How many numbers the panels hold at most, on any width of registers; the room that <see cref="Fill"/>
    /// may write to.</summary>
    public static int Length(int rows, int columns)
    {
        const int MostLanes = 16;
        return checked(((rows + MostLanes - 1) / MostLanes * MostLanes * columns) + Transposition.Side);
    }

    /// <summary>Copies op(A) of the product, shape (M, K), into panels.</summary>
    public static void Fill<TSimd, TVector, T>(in GemmOperands<T> operands, T* panels)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var registers = (operands.M + TSimd.Lanes - 1) / TSimd.Lanes;
        var down = new Split(registers, TSimd.TileRows);
        var depths = new Split(operands.K, Blocking.MaxDepth);
        for (var d = 0; d < depths.Count; d++)
        {
            for (var i = 0; i < down.Count; i++)
            {
                var start = down.Start(i) * TSimd.Lanes;
                var height = down.Size(i) * TSimd.Lanes;
                var rows = Math.Min(height, operands.M - start);
                var source = operands.AtA(start, depths.Start(d));
                var target =
                    panels + ((nint)registers * TSimd.Lanes * depths.Start(d)) + ((nint)start * depths.Size(d));
                if (operands.TransposeA)
                {
                    Packing<TSimd, TVector, T>.Transposed(source, operands.StepA, rows, depths.Size(d), target, height);
                }
                else
                {
                    Packing<TSimd, TVector, T>.Straight(source, operands.StepA, rows, depths.Size(d), target, height);
                }
            }
        }
    }
}

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
