using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Products;

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
    public static void Fill<TSimd, TVector, T>(in Product<T> product, T* panels)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var registers = (product.M + TSimd.Lanes - 1) / TSimd.Lanes;
        var down = new Split(registers, TSimd.TileRows);
        var depths = new Split(product.K, Blocking.MostDepth);
        for (var d = 0; d < depths.Count; d++)
        {
            for (var i = 0; i < down.Count; i++)
            {
                var start = down.Start(i) * TSimd.Lanes;
                var height = down.Size(i) * TSimd.Lanes;
                var rows = Math.Min(height, product.M - start);
                var source = product.AtA(start, depths.Start(d));
                var target =
                    panels + ((nint)registers * TSimd.Lanes * depths.Start(d)) + ((nint)start * depths.Size(d));
                if (product.TransposeA)
                {
                    Packing<TSimd, TVector, T>.Transposed(source, product.StepA, rows, depths.Size(d), target, height);
                }
                else
                {
                    Packing<TSimd, TVector, T>.Straight(source, product.StepA, rows, depths.Size(d), target, height);
                }
            }
        }
    }
}
