using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Kernels;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Products;

/// <summary>The product on one core: a rectangle of C, block by block, each block tile by tile.</summary>
/// <remarks>
/// Depth outermost, so that every element of C is summed in the same order however C is shared out; then columns.
/// Within a block, one panel of A at a time is brought into the first-level cache and meets every panel of B, which
/// come from the second level.
/// </remarks>
internal static unsafe class BlockProduct<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the rectangle of C of <paramref name="rows"/> × <paramref name="columns"/> at (row,
    /// column).</summary>
    public static void Run(in Product<T> product, in Blocking blocking, int row, int rows, int column, int columns)
    {
        var scratch = Scratch.Mine;
        nint deepest = Math.Min(blocking.Depth, product.K);
        var left = (T*)
            scratch.Left((nuint)(((TSimd.TileRows * TSimd.Lanes * deepest) + Transposition.Side) * sizeof(T)));
        var right = blocking.PackB
            ? (T*)
                scratch.Right(
                    (nuint)(((Math.Min(blocking.Columns, columns) * deepest) + Transposition.Side) * sizeof(T))
                )
            : null;
        var depths = new Split(product.K, blocking.Depth);
        var blocksOfColumns = new Split(columns, blocking.Columns);
        for (var d = 0; d < depths.Count; d++)
        {
            for (var j = 0; j < blocksOfColumns.Count; j++)
            {
                var block = new Block<T>
                {
                    Row = row,
                    Rows = rows,
                    Step = depths.Start(d),
                    Depth = depths.Size(d),
                    Column = column + blocksOfColumns.Start(j),
                    Columns = blocksOfColumns.Size(j),
                    Beta = d == 0 ? product.Beta : T.One,
                    PackedA = left,
                    PackedB = right,
                };
                if (blocking.PackB)
                {
                    PackB(product, block);
                }

                if (blocking.PackB || product.TransposeB)
                {
                    Tiles<RowsOfB>(product, block, blocking.PackA);
                }
                else
                {
                    Tiles<ColumnsOfB>(product, block, blocking.PackA);
                }
            }
        }
    }

    private static void PackB(in Product<T> product, in Block<T> block)
    {
        var tiles = new Split(block.Columns, TSimd.TileColumns);
        for (var t = 0; t < tiles.Count; t++)
        {
            var source = product.AtB(block.Step, block.Column + tiles.Start(t));
            var target = block.PackedB + ((nint)tiles.Start(t) * block.Depth);
            if (product.TransposeB)
            {
                Packing<TSimd, TVector, T>.Straight(
                    source,
                    product.StepB,
                    tiles.Size(t),
                    block.Depth,
                    target,
                    tiles.Size(t)
                );
            }
            else
            {
                Packing<TSimd, TVector, T>.Transposed(
                    source,
                    product.StepB,
                    tiles.Size(t),
                    block.Depth,
                    target,
                    tiles.Size(t)
                );
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TLayout>(in Product<T> product, in Block<T> block, bool packA)
        where TLayout : struct, ILayoutOfB
    {
        var registers = (block.Rows + TSimd.Lanes - 1) / TSimd.Lanes;
        var down = new Split(registers, TSimd.TileRows);
        var across = new Split(block.Columns, TSimd.TileColumns);
        for (var i = 0; i < down.Count; i++)
        {
            var start = down.Start(i) * TSimd.Lanes;
            var height = down.Size(i) * TSimd.Lanes;
            var rows = Math.Min(height, block.Rows - start);
            var a = product.AtA(block.Row + start, block.Step);
            var stepA = product.StepA;
            if (product.PanelsOfA is not null)
            {
                a = product.PanelsOfA + ((nint)registers * TSimd.Lanes * block.Step) + ((nint)start * block.Depth);
                stepA = height;
            }
            else if (packA || rows < height)
            {
                if (product.TransposeA)
                {
                    Packing<TSimd, TVector, T>.Transposed(a, stepA, rows, block.Depth, block.PackedA, height);
                }
                else
                {
                    Packing<TSimd, TVector, T>.Straight(a, stepA, rows, block.Depth, block.PackedA, height);
                }

                a = block.PackedA;
                stepA = height;
            }

            // From one column of B to the next.
            nint nextB =
                block.PackedB is not null ? block.Depth
                : product.TransposeB ? 1
                : product.StepB;
            var b = block.PackedB is not null ? block.PackedB : product.AtB(block.Step, block.Column);
            var lastLanes = TSimd.Lanes - (height - rows);
            var c = product.C + block.Row + start + (block.Column * product.StepC);
            var kernel = TileTable<TSimd, TVector, T, TLayout>.For(down.Size(i), across.Size(0));
            var width = across.Size(0);
            for (var j = 0; j < across.Count; j++)
            {
                if (across.Size(j) != width)
                {
                    width = across.Size(j);
                    kernel = TileTable<TSimd, TVector, T, TLayout>.For(down.Size(i), width);
                }

                var stepB = block.PackedB is not null ? width : product.StepB;
                kernel(block.Depth, a, stepA, b, stepB, c, product.StepC, product.Alpha, block.Beta, lastLanes);
                b += width * nextB;
                c += width * product.StepC;
            }
        }
    }
}
