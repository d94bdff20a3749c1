using System.Numerics;
using System.Runtime.Intrinsics;
using RnnCourse.Blas.Products;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Model.Cells;

/// <summary>Runs a cell on the widest registers of this machine, sequence after sequence.</summary>
internal static class CellWidth
{
    /// <summary>Runs the forward step.</summary>
    public static void Forward<TCell, T>(CellStep<T> step)
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; step.Columns > 0; step.NextColumn())
        {
            if (Route.RegisterBits == 512)
            {
                TCell.Forward<Simd512<T>, Vector512<T>>(step);
            }
            else if (Route.RegisterBits == 256)
            {
                TCell.Forward<Simd256<T>, Vector256<T>>(step);
            }
            else if (Route.RegisterBits == 128)
            {
                TCell.Forward<Simd128<T>, Vector128<T>>(step);
            }
            else
            {
                TCell.Forward<SimdScalar<T>, T>(step);
            }
        }
    }

    /// <summary>Runs the backward step.</summary>
    public static void Backward<TCell, T>(CellStep<T> step)
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; step.Columns > 0; step.NextColumn())
        {
            if (Route.RegisterBits == 512)
            {
                TCell.Backward<Simd512<T>, Vector512<T>>(step);
            }
            else if (Route.RegisterBits == 256)
            {
                TCell.Backward<Simd256<T>, Vector256<T>>(step);
            }
            else if (Route.RegisterBits == 128)
            {
                TCell.Backward<Simd128<T>, Vector128<T>>(step);
            }
            else
            {
                TCell.Backward<SimdScalar<T>, T>(step);
            }
        }
    }
}
