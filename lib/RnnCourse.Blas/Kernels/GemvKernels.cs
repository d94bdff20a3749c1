using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Kernels;

/// <summary>The matrix–vector kernels of one vector width, by size.</summary>
internal static unsafe class GemvKernels<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest size of a kernel here.</summary>
    public const int MaxKernel = 8;

    private static readonly nint[] Sweeps =
    [
        Sweep<N1>(),
        Sweep<N2>(),
        Sweep<N3>(),
        Sweep<N4>(),
        Sweep<N5>(),
        Sweep<N6>(),
        Sweep<N7>(),
        Sweep<N8>(),
    ];

    private static readonly nint[] Dots =
    [
        Dot<N1>(),
        Dot<N2>(),
        Dot<N3>(),
        Dot<N4>(),
        Dot<N5>(),
        Dot<N6>(),
        Dot<N7>(),
        Dot<N8>(),
    ];

    /// <summary>The kernel for a number of registers, 1 to <see cref="MaxKernel"/>.</summary>
    public static delegate* <nint, T*, nint, T*, nint, T*, T, T, int, void> SweepOf(int registers) =>
        (delegate* <nint, T*, nint, T*, nint, T*, T, T, int, void>)Sweeps[registers - 1];

    /// <summary>The kernel for a number of inner products, 1 to <see cref="MaxKernel"/>.</summary>
    public static delegate* <nint, T*, nint, T*, T*, nint, T, T, void> DotsOf(int columns) =>
        (delegate* <nint, T*, nint, T*, T*, nint, T, T, void>)Dots[columns - 1];

    private static nint Sweep<TRows>()
        where TRows : struct, ICount =>
        (nint)
            (delegate* <nint, T*, nint, T*, nint, T*, T, T, int, void>)&ColumnSweepKernel<TSimd, TVector, T, TRows>.Run;

    private static nint Dot<TColumns>()
        where TColumns : struct, ICount =>
        (nint)(delegate* <nint, T*, nint, T*, T*, nint, T, T, void>)&DotKernel<TSimd, TVector, T, TColumns>.Run;
}

/// <summary>Matrix times vector along the columns: up to eight registers of the result stay put while the columns of A
/// pass.</summary>
internal static unsafe class ColumnSweepKernel<TSimd, TVector, T, TRows>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRows : struct, ICount
{
    /// <summary>y ← alpha·A·x + beta·y.</summary>
    /// <param name="depth">Columns of A, at least 1.</param>
    /// <param name="a">Column p of A starts at <c>a + p·aStep</c>.</param>
    /// <param name="aStep">Distance between columns of A.</param>
    /// <param name="x">Element p lies at <c>x + p·xStep</c>.</param>
    /// <param name="xStep">Distance between elements of x.</param>
    /// <param name="y">The result, contiguous.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of y; 0 means that y is not read.</param>
    /// <param name="lastLanes">How many lanes of the last register belong to A and y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(nint depth, T* a, nint aStep, T* x, nint xStep, T* y, T alpha, T beta, int lastLanes)
    {
        TVector v0 = default,
            v1 = default,
            v2 = default,
            v3 = default,
            v4 = default,
            v5 = default,
            v6 = default,
            last = default;
        var whole = lastLanes == TSimd.Lanes;
        var end = a + ((TRows.Value - 1) * TSimd.Lanes);
        for (nint p = 0; p < depth; p++)
        {
            var factor = TSimd.Broadcast(*x);
            if (TRows.Value > 1)
            {
                v0 = TSimd.MultiplyAdd(TSimd.Load(a), factor, v0);
            }

            if (TRows.Value > 2)
            {
                v1 = TSimd.MultiplyAdd(TSimd.Load(a + TSimd.Lanes), factor, v1);
            }

            if (TRows.Value > 3)
            {
                v2 = TSimd.MultiplyAdd(TSimd.Load(a + (2 * TSimd.Lanes)), factor, v2);
            }

            if (TRows.Value > 4)
            {
                v3 = TSimd.MultiplyAdd(TSimd.Load(a + (3 * TSimd.Lanes)), factor, v3);
            }

            if (TRows.Value > 5)
            {
                v4 = TSimd.MultiplyAdd(TSimd.Load(a + (4 * TSimd.Lanes)), factor, v4);
            }

            if (TRows.Value > 6)
            {
                v5 = TSimd.MultiplyAdd(TSimd.Load(a + (5 * TSimd.Lanes)), factor, v5);
            }

            if (TRows.Value > 7)
            {
                v6 = TSimd.MultiplyAdd(TSimd.Load(a + (6 * TSimd.Lanes)), factor, v6);
            }

            last = TSimd.MultiplyAdd(whole ? TSimd.Load(end) : TSimd.LoadFirst(end, lastLanes), factor, last);
            a += aStep;
            end += aStep;
            x += xStep;
        }

        if (TRows.Value > 1)
        {
            Write(y, v0, alpha, beta);
        }

        if (TRows.Value > 2)
        {
            Write(y + TSimd.Lanes, v1, alpha, beta);
        }

        if (TRows.Value > 3)
        {
            Write(y + (2 * TSimd.Lanes), v2, alpha, beta);
        }

        if (TRows.Value > 4)
        {
            Write(y + (3 * TSimd.Lanes), v3, alpha, beta);
        }

        if (TRows.Value > 5)
        {
            Write(y + (4 * TSimd.Lanes), v4, alpha, beta);
        }

        if (TRows.Value > 6)
        {
            Write(y + (5 * TSimd.Lanes), v5, alpha, beta);
        }

        if (TRows.Value > 7)
        {
            Write(y + (6 * TSimd.Lanes), v6, alpha, beta);
        }

        y += (TRows.Value - 1) * TSimd.Lanes;
        if (whole)
        {
            Write(y, last, alpha, beta);
            return;
        }

        last = TSimd.Multiply(last, TSimd.Broadcast(alpha));
        if (beta != T.Zero)
        {
            last = TSimd.MultiplyAdd(TSimd.LoadFirst(y, lastLanes), TSimd.Broadcast(beta), last);
        }

        TSimd.StoreFirst(y, last, lastLanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, TVector product, T alpha, T beta)
    {
        product = TSimd.Multiply(product, TSimd.Broadcast(alpha));
        if (beta != T.Zero)
        {
            product = TSimd.MultiplyAdd(TSimd.Load(y), TSimd.Broadcast(beta), product);
        }

        TSimd.Store(y, product);
    }
}

/// <summary>Transposed matrix times vector: the inner products of one vector with up to eight contiguous columns at
/// once.</summary>
internal static unsafe class DotKernel<TSimd, TVector, T, TColumns>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
    where TColumns : struct, ICount
{
    /// <summary>y_j ← alpha·(column j of A)·x + beta·y_j.</summary>
    /// <param name="depth">Length of the columns, at least 1.</param>
    /// <param name="a">Column j of A starts at <c>a + j·aStep</c>.</param>
    /// <param name="aStep">Distance between columns of A.</param>
    /// <param name="x">The vector, contiguous.</param>
    /// <param name="y">Element j of the result lies at <c>y + j·yStep</c>.</param>
    /// <param name="yStep">Distance between elements of y.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of y; 0 means that y is not read.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(nint depth, T* a, nint aStep, T* x, T* y, nint yStep, T alpha, T beta)
    {
        TVector v0 = default,
            v1 = default,
            v2 = default,
            v3 = default,
            v4 = default,
            v5 = default,
            v6 = default,
            v7 = default;
        T* a1 = a + aStep,
            a2 = a1 + aStep,
            a3 = a2 + aStep,
            a4 = a3 + aStep,
            a5 = a4 + aStep,
            a6 = a5 + aStep,
            a7 = a6 + aStep;
        nint p = 0;
        for (; p <= depth - TSimd.Lanes; p += TSimd.Lanes)
        {
            var factor = TSimd.Load(x + p);
            v0 = TSimd.MultiplyAdd(TSimd.Load(a + p), factor, v0);
            if (TColumns.Value > 1)
            {
                v1 = TSimd.MultiplyAdd(TSimd.Load(a1 + p), factor, v1);
            }

            if (TColumns.Value > 2)
            {
                v2 = TSimd.MultiplyAdd(TSimd.Load(a2 + p), factor, v2);
            }

            if (TColumns.Value > 3)
            {
                v3 = TSimd.MultiplyAdd(TSimd.Load(a3 + p), factor, v3);
            }

            if (TColumns.Value > 4)
            {
                v4 = TSimd.MultiplyAdd(TSimd.Load(a4 + p), factor, v4);
            }

            if (TColumns.Value > 5)
            {
                v5 = TSimd.MultiplyAdd(TSimd.Load(a5 + p), factor, v5);
            }

            if (TColumns.Value > 6)
            {
                v6 = TSimd.MultiplyAdd(TSimd.Load(a6 + p), factor, v6);
            }

            if (TColumns.Value > 7)
            {
                v7 = TSimd.MultiplyAdd(TSimd.Load(a7 + p), factor, v7);
            }
        }

        if (p < depth)
        {
            var rest = (int)(depth - p);
            var factor = TSimd.LoadFirst(x + p, rest);
            v0 = TSimd.MultiplyAdd(TSimd.LoadFirst(a + p, rest), factor, v0);
            if (TColumns.Value > 1)
            {
                v1 = TSimd.MultiplyAdd(TSimd.LoadFirst(a1 + p, rest), factor, v1);
            }

            if (TColumns.Value > 2)
            {
                v2 = TSimd.MultiplyAdd(TSimd.LoadFirst(a2 + p, rest), factor, v2);
            }

            if (TColumns.Value > 3)
            {
                v3 = TSimd.MultiplyAdd(TSimd.LoadFirst(a3 + p, rest), factor, v3);
            }

            if (TColumns.Value > 4)
            {
                v4 = TSimd.MultiplyAdd(TSimd.LoadFirst(a4 + p, rest), factor, v4);
            }

            if (TColumns.Value > 5)
            {
                v5 = TSimd.MultiplyAdd(TSimd.LoadFirst(a5 + p, rest), factor, v5);
            }

            if (TColumns.Value > 6)
            {
                v6 = TSimd.MultiplyAdd(TSimd.LoadFirst(a6 + p, rest), factor, v6);
            }

            if (TColumns.Value > 7)
            {
                v7 = TSimd.MultiplyAdd(TSimd.LoadFirst(a7 + p, rest), factor, v7);
            }
        }

        Write(y, v0, alpha, beta);
        if (TColumns.Value > 1)
        {
            Write(y + yStep, v1, alpha, beta);
        }

        if (TColumns.Value > 2)
        {
            Write(y + (2 * yStep), v2, alpha, beta);
        }

        if (TColumns.Value > 3)
        {
            Write(y + (3 * yStep), v3, alpha, beta);
        }

        if (TColumns.Value > 4)
        {
            Write(y + (4 * yStep), v4, alpha, beta);
        }

        if (TColumns.Value > 5)
        {
            Write(y + (5 * yStep), v5, alpha, beta);
        }

        if (TColumns.Value > 6)
        {
            Write(y + (6 * yStep), v6, alpha, beta);
        }

        if (TColumns.Value > 7)
        {
            Write(y + (7 * yStep), v7, alpha, beta);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, TVector products, T alpha, T beta)
    {
        var product = alpha * TSimd.Sum(products);
        *y = beta == T.Zero ? product : T.MultiplyAddEstimate(*y, beta, product);
    }
}
