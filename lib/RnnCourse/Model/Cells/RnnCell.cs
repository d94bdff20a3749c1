using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Model.Cells;

/// <summary>The simple cell's step on numbers: <c>s_t = tanh(a_t)</c>.</summary>
internal readonly unsafe struct RnnCell<T> : ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Forward<TSimd, TVector>(in CellStep<T> step) =>
        Activation<T>.Tanh<TSimd, TVector>(step.Gates, step.Bias, step.FromInput, step.State, step.H);

    // tanh' = 1 − tanh²
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Backward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H,
            ahead = H * step.Ahead;
        T* s = step.State,
            ds = step.StateGradient,
            da = step.Gates,
            du = step.InputGradient;
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            Lane<TSimd, TVector, T>.Fetch(s + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(ds + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(da + h + ahead);
            var s_h = Lane<TSimd, TVector, T>.Load(s + h, left);
            var slope = TSimd.Subtract(TSimd.Of(1), TSimd.Multiply(s_h, s_h));
            var da_h = TSimd.Multiply(Lane<TSimd, TVector, T>.Load(ds + h, left), slope);
            Lane<TSimd, TVector, T>.Store(da + h, da_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h, da_h, left);
        }
    }
}
