using System.Numerics;
using System.Runtime.Intrinsics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Model.Cells;

/// <summary>One step of a cell for one sequence: the elementwise part, after the matrix products.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Written once, compiled once for each width of registers. <see cref="CellRunner"/> chooses the width
/// and loops over the sequences.</remarks>
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

/// <summary>The data of one step that a cell reads and writes, one column for each sequence. The pointers start at the
/// first sequence.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct CellStep<T>
    where T : unmanaged
{
    /// <summary>H, the numbers in a state.</summary>
    public int H;

    /// <summary>The numbers in a column of gates: gates·H.</summary>
    public int GateRows;

    /// <summary>The number of remaining sequences, this one included.</summary>
    public int Columns;

    /// <summary>The distance in columns to the step that is computed next; negative if it lies before.</summary>
    public nint Ahead;

    /// <summary>b in the forward step, its gradient, which is added to, in the backward step; shape
    /// (gates·H).</summary>
    public T* Bias;

    /// <summary>U in the forward step, its gradient, which is added to, in the backward step; shape (URows, D). Read
    /// for one-hot inputs only.</summary>
    public T* U;

    /// <summary>How many of the gates' rows U reaches: the first ones.</summary>
    public int URows;

    /// <summary>The one-hot inputs, shape (Columns), negative for none; null if the inputs are numbers and U x is in
    /// the gates already.</summary>
    public int* Symbols;

    /// <summary>As many zeros as U has rows.</summary>
    public T* Zeros;

    /// <summary>The gates, shape (gates·H, Columns): sums without the bias before the forward step, activations after
    /// it, gradients of the sums after the backward step.</summary>
    public T* Gates;

    /// <summary>s_{t−1}, shape (H, Columns).</summary>
    public T* PreviousState;

    /// <summary>s_t, shape (H, Columns).</summary>
    public T* State;

    /// <summary>The gradient of s_{t−1}, shape (H, Columns); for the backward step.</summary>
    public T* PreviousStateGradient;

    /// <summary>The gradient of s_t, shape (H, Columns); for the backward step.</summary>
    public T* StateGradient;

    /// <summary>c_{t−1}, shape (H, Columns); LSTM only, as are those below.</summary>
    public T* PreviousCell;

    /// <summary>c_t, shape (H, Columns).</summary>
    public T* Cell;

    /// <summary>tanh(c_t), shape (H, Columns).</summary>
    public T* CellTanh;

    /// <summary>The gradient of c_t before the backward step and of c_{t−1} after it, shape (H, Columns).</summary>
    public T* CellGradient;

    /// <summary>What a one-hot input adds to the gates: a column of U, or zeros.</summary>
    public readonly T* FromInput => Symbols != null && *Symbols >= 0 ? U + ((nint)(*Symbols) * URows) : Zeros;

    /// <summary>Where the gates' gradients are summed: in the looked-up column of U's gradient, of which the bias's
    /// gradient gets the sum later, or in the bias's.</summary>
    public readonly T* InputGradient => Symbols != null && *Symbols >= 0 ? U + ((nint)(*Symbols) * URows) : Bias;

    /// <summary>Moves the pointers to the next sequence.</summary>
    public void NextColumn()
    {
        Columns--;
        if (Symbols != null)
        {
            Symbols++;
        }

        Gates += GateRows;
        PreviousState += H;
        State += H;
        PreviousStateGradient += H;
        StateGradient += H;
        PreviousCell += H;
        Cell += H;
        CellTanh += H;
        CellGradient += H;
    }
}

/// <summary>Runs a cell's step for each sequence, on the widest registers of this machine.</summary>
internal static class CellRunner
{
    /// <summary>Runs the forward step.</summary>
    public static void Forward<TCell, T>(CellStep<T> step)
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; step.Columns > 0; step.NextColumn())
        {
            if (SimdWidth.Bits == 512)
            {
                TCell.Forward<Simd512<T>, Vector512<T>>(step);
            }
            else if (SimdWidth.Bits == 256)
            {
                TCell.Forward<Simd256<T>, Vector256<T>>(step);
            }
            else if (SimdWidth.Bits == 128)
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
            if (SimdWidth.Bits == 512)
            {
                TCell.Backward<Simd512<T>, Vector512<T>>(step);
            }
            else if (SimdWidth.Bits == 256)
            {
                TCell.Backward<Simd256<T>, Vector256<T>>(step);
            }
            else if (SimdWidth.Bits == 128)
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
