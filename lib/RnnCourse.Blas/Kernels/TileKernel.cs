using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Kernels;

/// <summary>
/// The innermost loop: one tile of C, a few registers tall and up to eight columns wide, kept in registers while the
/// depth runs by. Everything else in this project exists to call this with its operands in the caches.
/// </summary>
/// <remarks>
/// At AVX-512's full size (3 registers × 8 columns) a step of the depth is 3 reads of A, 8 broadcasts of B and 24
/// multiply-adds: enough independent sums to hide the latency of two multiply-add units, and fewer reads than they
/// could keep up with. Each element of C is summed over the depth in ascending order, whatever the tile's size: the
/// result does not depend on the tiling.
/// </remarks>
/// <typeparam name="TSimd">The vector operations.</typeparam>
/// <typeparam name="TVector">The register's type.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TRows">The tile's height in registers, 1 to 3.</typeparam>
/// <typeparam name="TColumns">The tile's width in columns, 1 to 8.</typeparam>
/// <typeparam name="TLayout">The layout of B in memory.</typeparam>
internal static unsafe class TileKernel<TSimd, TVector, T, TRows, TColumns, TLayout>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRows : struct, ICount
    where TColumns : struct, ICount
    where TLayout : struct, ILayoutOfB
{
    /// <summary>C ← alpha·A·B + beta·C on one tile.</summary>
    /// <param name="depth">Steps of the inner sum, at least 1.</param>
    /// <param name="a">Column p of A's panel starts at <c>a + p·aStep</c> and is TRows whole registers tall.</param>
    /// <param name="aStep">Distance between columns of A.</param>
    /// <param name="b">Element (p, j) of B's panel lies where TLayout says.</param>
    /// <param name="bStep">Distance between rows or columns of B.</param>
    /// <param name="c">Column j of the tile starts at <c>c + j·cStep</c>.</param>
    /// <param name="cStep">Distance between columns of C.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of C; 0 means that C is not read.</param>
    /// <param name="lastLanes">How many lanes of the tile's last register belong to C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        nint depth,
        T* a,
        nint aStep,
        T* b,
        nint bStep,
        T* c,
        nint cStep,
        T alpha,
        T beta,
        int lastLanes
    )
    {
        TVector c00 = default,
            c10 = default,
            c20 = default;
        TVector c01 = default,
            c11 = default,
            c21 = default;
        TVector c02 = default,
            c12 = default,
            c22 = default;
        TVector c03 = default,
            c13 = default,
            c23 = default;
        TVector c04 = default,
            c14 = default,
            c24 = default;
        TVector c05 = default,
            c15 = default,
            c25 = default;
        TVector c06 = default,
            c16 = default,
            c26 = default;
        TVector c07 = default,
            c17 = default,
            c27 = default;
        T* b1 = b + bStep,
            b2 = b1 + bStep,
            b3 = b2 + bStep,
            b4 = b3 + bStep,
            b5 = b4 + bStep,
            b6 = b5 + bStep,
            b7 = b6 + bStep;
        for (nint p = 0; p < depth; p++)
        {
            TVector a0 = TSimd.Load(a),
                a1 = default,
                a2 = default;
            if (TRows.Value > 1)
            {
                a1 = TSimd.Load(a + TSimd.Lanes);
            }

            if (TRows.Value > 2)
            {
                a2 = TSimd.Load(a + (2 * TSimd.Lanes));
            }

            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[0] : b[p]);
                c00 = TSimd.MultiplyAdd(a0, x, c00);
                if (TRows.Value > 1)
                {
                    c10 = TSimd.MultiplyAdd(a1, x, c10);
                }

                if (TRows.Value > 2)
                {
                    c20 = TSimd.MultiplyAdd(a2, x, c20);
                }
            }

            if (TColumns.Value > 1)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[1] : b1[p]);
                c01 = TSimd.MultiplyAdd(a0, x, c01);
                if (TRows.Value > 1)
                {
                    c11 = TSimd.MultiplyAdd(a1, x, c11);
                }

                if (TRows.Value > 2)
                {
                    c21 = TSimd.MultiplyAdd(a2, x, c21);
                }
            }

            if (TColumns.Value > 2)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[2] : b2[p]);
                c02 = TSimd.MultiplyAdd(a0, x, c02);
                if (TRows.Value > 1)
                {
                    c12 = TSimd.MultiplyAdd(a1, x, c12);
                }

                if (TRows.Value > 2)
                {
                    c22 = TSimd.MultiplyAdd(a2, x, c22);
                }
            }

            if (TColumns.Value > 3)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[3] : b3[p]);
                c03 = TSimd.MultiplyAdd(a0, x, c03);
                if (TRows.Value > 1)
                {
                    c13 = TSimd.MultiplyAdd(a1, x, c13);
                }

                if (TRows.Value > 2)
                {
                    c23 = TSimd.MultiplyAdd(a2, x, c23);
                }
            }

            if (TColumns.Value > 4)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[4] : b4[p]);
                c04 = TSimd.MultiplyAdd(a0, x, c04);
                if (TRows.Value > 1)
                {
                    c14 = TSimd.MultiplyAdd(a1, x, c14);
                }

                if (TRows.Value > 2)
                {
                    c24 = TSimd.MultiplyAdd(a2, x, c24);
                }
            }

            if (TColumns.Value > 5)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[5] : b5[p]);
                c05 = TSimd.MultiplyAdd(a0, x, c05);
                if (TRows.Value > 1)
                {
                    c15 = TSimd.MultiplyAdd(a1, x, c15);
                }

                if (TRows.Value > 2)
                {
                    c25 = TSimd.MultiplyAdd(a2, x, c25);
                }
            }

            if (TColumns.Value > 6)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[6] : b6[p]);
                c06 = TSimd.MultiplyAdd(a0, x, c06);
                if (TRows.Value > 1)
                {
                    c16 = TSimd.MultiplyAdd(a1, x, c16);
                }

                if (TRows.Value > 2)
                {
                    c26 = TSimd.MultiplyAdd(a2, x, c26);
                }
            }

            if (TColumns.Value > 7)
            {
                var x = TSimd.Broadcast(TLayout.IsRowMajor ? b[7] : b7[p]);
                c07 = TSimd.MultiplyAdd(a0, x, c07);
                if (TRows.Value > 1)
                {
                    c17 = TSimd.MultiplyAdd(a1, x, c17);
                }

                if (TRows.Value > 2)
                {
                    c27 = TSimd.MultiplyAdd(a2, x, c27);
                }
            }

            a += aStep;
            if (TLayout.IsRowMajor)
            {
                b += bStep;
            }
        }

        var readsC = beta != T.Zero;
        Write(c, c00, c10, c20, alpha, beta, readsC, lastLanes);
        if (TColumns.Value > 1)
        {
            Write(c + cStep, c01, c11, c21, alpha, beta, readsC, lastLanes);
        }

        if (TColumns.Value > 2)
        {
            Write(c + (2 * cStep), c02, c12, c22, alpha, beta, readsC, lastLanes);
        }

        if (TColumns.Value > 3)
        {
            Write(c + (3 * cStep), c03, c13, c23, alpha, beta, readsC, lastLanes);
        }

        if (TColumns.Value > 4)
        {
            Write(c + (4 * cStep), c04, c14, c24, alpha, beta, readsC, lastLanes);
        }

        if (TColumns.Value > 5)
        {
            Write(c + (5 * cStep), c05, c15, c25, alpha, beta, readsC, lastLanes);
        }

        if (TColumns.Value > 6)
        {
            Write(c + (6 * cStep), c06, c16, c26, alpha, beta, readsC, lastLanes);
        }

        if (TColumns.Value > 7)
        {
            Write(c + (7 * cStep), c07, c17, c27, alpha, beta, readsC, lastLanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* c, TVector v0, TVector v1, TVector v2, T alpha, T beta, bool readsC, int lastLanes)
    {
        if (TRows.Value > 1)
        {
            WriteWhole(c, v0, alpha, beta, readsC);
        }

        if (TRows.Value > 2)
        {
            WriteWhole(c + TSimd.Lanes, v1, alpha, beta, readsC);
        }

        WriteLast(
            c + ((TRows.Value - 1) * TSimd.Lanes),
            TRows.Value == 1 ? v0
                : TRows.Value == 2 ? v1
                : v2,
            alpha,
            beta,
            readsC,
            lastLanes
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteWhole(T* c, TVector product, T alpha, T beta, bool readsC)
    {
        product = TSimd.Multiply(product, TSimd.Broadcast(alpha));
        if (readsC)
        {
            product = TSimd.MultiplyAdd(TSimd.Load(c), TSimd.Broadcast(beta), product);
        }

        TSimd.Store(c, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLast(T* c, TVector product, T alpha, T beta, bool readsC, int lanes)
    {
        if (lanes == TSimd.Lanes)
        {
            WriteWhole(c, product, alpha, beta, readsC);
            return;
        }

        product = TSimd.Multiply(product, TSimd.Broadcast(alpha));
        if (readsC)
        {
            product = TSimd.MultiplyAdd(TSimd.LoadFirst(c, lanes), TSimd.Broadcast(beta), product);
        }

        TSimd.StoreFirst(c, product, lanes);
    }
}

/// <summary>The kernels of one vector width and one layout of B, by the tile's height and width.</summary>
internal static unsafe class TileKernels<TSimd, TVector, T, TLayout>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLayout : struct, ILayoutOfB
{
    private static readonly nint[] Kernels = [.. Row<N1>(), .. Row<N2>(), .. Row<N3>()];

    /// <summary>The kernel for a tile of the given height (registers, 1 to 3) and width (columns, 1 to 8).</summary>
    public static delegate* <nint, T*, nint, T*, nint, T*, nint, T, T, int, void> For(int rows, int columns) =>
        (delegate* <nint, T*, nint, T*, nint, T*, nint, T, T, int, void>)Kernels[((rows - 1) * 8) + columns - 1];

    private static nint[] Row<TRows>()
        where TRows : struct, ICount =>
        [
            Of<TRows, N1>(),
            Of<TRows, N2>(),
            Of<TRows, N3>(),
            Of<TRows, N4>(),
            Of<TRows, N5>(),
            Of<TRows, N6>(),
            Of<TRows, N7>(),
            Of<TRows, N8>(),
        ];

    private static nint Of<TRows, TColumns>()
        where TRows : struct, ICount
        where TColumns : struct, ICount =>
        (nint)
            (delegate* <nint, T*, nint, T*, nint, T*, nint, T, T, int, void>)
                &TileKernel<TSimd, TVector, T, TRows, TColumns, TLayout>.Run;
}

/// <summary>How a kernel finds element (p, j) of B.</summary>
internal interface ILayoutOfB
{
    /// <summary>Gets whether it is <c>b[p·step + j]</c>; else it is <c>b[j·step + p]</c>.</summary>
    static abstract bool IsRowMajor { get; }
}

/// <summary>The row of one step of the depth is contiguous: a packed B, or a transposed one as stored.</summary>
internal readonly struct RowsOfB : ILayoutOfB
{
    public static bool IsRowMajor => true;
}

/// <summary>Each column is contiguous: B as stored.</summary>
internal readonly struct ColumnsOfB : ILayoutOfB
{
    public static bool IsRowMajor => false;
}

/// <summary>A number that the compiler of a kernel knows: it drops the branches that the number rules out.</summary>
internal interface ICount
{
    /// <summary>Gets the number.</summary>
    static abstract int Value { get; }
}

internal readonly struct N1 : ICount
{
    public static int Value => 1;
}

internal readonly struct N2 : ICount
{
    public static int Value => 2;
}

internal readonly struct N3 : ICount
{
    public static int Value => 3;
}

internal readonly struct N4 : ICount
{
    public static int Value => 4;
}

internal readonly struct N5 : ICount
{
    public static int Value => 5;
}

internal readonly struct N6 : ICount
{
    public static int Value => 6;
}

internal readonly struct N7 : ICount
{
    public static int Value => 7;
}

internal readonly struct N8 : ICount
{
    public static int Value => 8;
}
