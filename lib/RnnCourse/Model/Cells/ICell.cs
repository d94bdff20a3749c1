using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Model.Cells;

/// <summary>One step of a cell for one sequence, number by number: what is left when the products are done.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Written once, compiled once for each width of registers. <see cref="CellWidth"/> chooses the width and goes
/// from sequence to sequence.</remarks>
internal interface ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From the gates and the previous state to the state.</summary>
    static abstract void Forward<TSimd, TVector>(in CellStep<T> step)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;

    /// <summary>From the state's gradient to the gates', written over the gates.</summary>
    static abstract void Backward<TSimd, TVector>(in CellStep<T> step)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;
}
