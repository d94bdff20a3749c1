using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Kernels;

/// <summary>Matrix times vector along the columns: up to eight registers of the result stay put while the columns of A
/// pass.</summary>
internal static unsafe class Sweep<TSimd, TVector, T, TRows>
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
