using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Model.Cells;

/// <summary>The LSTM's step on numbers: <c>c_t = f ⊙ c_{t−1} + i ⊙ g</c>, <c>s_t = o ⊙ tanh(c_t)</c>. The gates lie in
/// the order i, f, g, o.</summary>
/// <remarks>One nonlinearity per loop: the compiler inlines only so much into one method, and a call per register costs
/// more than a second walk through the first-level cache.</remarks>
internal readonly unsafe struct LstmCell<T> : ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Forward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H,
            ahead = H * step.Ahead;
        T* i = step.Gates,
            f = i + H,
            g = f + H,
            o = g + H;
        T* c_prev = step.PreviousCell,
            c = step.Cell,
            tanh_c = step.CellTanh,
            s = step.State,
            b = step.Bias,
            u = step.FromInput;
        Activation<T>.Sigmoid<TSimd, TVector>(i, b, u, 2 * H);
        Activation<T>.Tanh<TSimd, TVector>(g, b + (2 * H), u + (2 * H), g, H);
        Activation<T>.Sigmoid<TSimd, TVector>(o, b + (3 * H), u + (3 * H), H);
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            Lane<TSimd, TVector, T>.FetchFour(i + h + (4 * ahead), H);
            Lane<TSimd, TVector, T>.Fetch(c + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(tanh_c + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(s + h + ahead);
            var c_h = TSimd.Multiply(
                Lane<TSimd, TVector, T>.Load(f + h, left),
                Lane<TSimd, TVector, T>.Load(c_prev + h, left)
            );
            c_h = TSimd.MultiplyAdd(
                Lane<TSimd, TVector, T>.Load(i + h, left),
                Lane<TSimd, TVector, T>.Load(g + h, left),
                c_h
            );
            var tanh_h = Lane<TSimd, TVector, T>.Tanh(c_h);
            Lane<TSimd, TVector, T>.Store(c + h, c_h, left);
            Lane<TSimd, TVector, T>.Store(tanh_c + h, tanh_h, left);
            Lane<TSimd, TVector, T>.Store(
                s + h,
                TSimd.Multiply(Lane<TSimd, TVector, T>.Load(o + h, left), tanh_h),
                left
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Backward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H,
            ahead = H * step.Ahead;
        var one = TSimd.Of(1);
        T* i = step.Gates,
            f = i + H,
            g = f + H,
            o = g + H;
        T* c_prev = step.PreviousCell,
            tanh_c = step.CellTanh,
            ds = step.StateGradient,
            dc = step.CellGradient,
            du = step.InputGradient;
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            Lane<TSimd, TVector, T>.FetchFour(i + h + (4 * ahead), H);
            Lane<TSimd, TVector, T>.Fetch(c_prev + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(tanh_c + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(ds + h + ahead);
            TVector i_h = Lane<TSimd, TVector, T>.Load(i + h, left),
                f_h = Lane<TSimd, TVector, T>.Load(f + h, left);
            TVector g_h = Lane<TSimd, TVector, T>.Load(g + h, left),
                o_h = Lane<TSimd, TVector, T>.Load(o + h, left);
            TVector ds_h = Lane<TSimd, TVector, T>.Load(ds + h, left),
                tanh_h = Lane<TSimd, TVector, T>.Load(tanh_c + h, left);

            // ds o' and dc + ds o (1 − tanh²)
            var do_h = TSimd.Multiply(TSimd.Multiply(ds_h, tanh_h), TSimd.Multiply(o_h, TSimd.Subtract(one, o_h)));
            var dc_h = TSimd.MultiplyAdd(
                TSimd.Multiply(ds_h, o_h),
                TSimd.Subtract(one, TSimd.Multiply(tanh_h, tanh_h)),
                Lane<TSimd, TVector, T>.Load(dc + h, left)
            );
            var di_h = TSimd.Multiply(TSimd.Multiply(dc_h, g_h), TSimd.Multiply(i_h, TSimd.Subtract(one, i_h)));
            var dc_prev = TSimd.Multiply(dc_h, f_h);
            var df_h = TSimd.Multiply(
                TSimd.Multiply(dc_prev, Lane<TSimd, TVector, T>.Load(c_prev + h, left)),
                TSimd.Subtract(one, f_h)
            );
            var dg_h = TSimd.Multiply(TSimd.Multiply(dc_h, i_h), TSimd.Subtract(one, TSimd.Multiply(g_h, g_h)));
            Lane<TSimd, TVector, T>.Store(i + h, di_h, left);
            Lane<TSimd, TVector, T>.Store(f + h, df_h, left);
            Lane<TSimd, TVector, T>.Store(g + h, dg_h, left);
            Lane<TSimd, TVector, T>.Store(o + h, do_h, left);
            Lane<TSimd, TVector, T>.Store(dc + h, dc_prev, left);
            Lane<TSimd, TVector, T>.AddTo(du + h, di_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h + H, df_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h + (2 * H), dg_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h + (3 * H), do_h, left);
        }
    }
}
