using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Model.Cells;

/// <summary>The GRU's step on numbers: <c>n = tanh(a_n + r ⊙ q)</c>, <c>s_t = n + z ⊙ (s_{t−1} − n)</c>. The gates lie
/// in the order n, r, z, q.</summary>
internal readonly unsafe struct GruCell<T> : ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Forward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H;
        T* n = step.Gates,
            r = n + H,
            z = r + H,
            q = z + H;
        T* s_prev = step.PreviousState,
            s = step.State,
            b = step.Bias,
            u = step.FromInput;
        Activation<T>.Sigmoid<TSimd, TVector>(r, b + H, u + H, 2 * H);
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            var q_h = TSimd.Add(
                Lane<TSimd, TVector, T>.Load(q + h, left),
                Lane<TSimd, TVector, T>.Load(b + h + (3 * H), left)
            );
            var a_h = TSimd.Add(
                Lane<TSimd, TVector, T>.Load(n + h, left),
                TSimd.Add(Lane<TSimd, TVector, T>.Load(b + h, left), Lane<TSimd, TVector, T>.Load(u + h, left))
            );
            var n_h = Lane<TSimd, TVector, T>.Tanh(
                TSimd.MultiplyAdd(Lane<TSimd, TVector, T>.Load(r + h, left), q_h, a_h)
            );
            Lane<TSimd, TVector, T>.Store(q + h, q_h, left);
            Lane<TSimd, TVector, T>.Store(n + h, n_h, left);
            var kept = TSimd.Subtract(Lane<TSimd, TVector, T>.Load(s_prev + h, left), n_h);
            Lane<TSimd, TVector, T>.Store(
                s + h,
                TSimd.MultiplyAdd(Lane<TSimd, TVector, T>.Load(z + h, left), kept, n_h),
                left
            );
        }
    }

    // Beside what goes through W: s_{t−1} gets ds ⊙ z.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Backward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H,
            ahead = H * step.Ahead;
        var one = TSimd.Of(1);
        T* n = step.Gates,
            r = n + H,
            z = r + H,
            q = z + H;
        T* s_prev = step.PreviousState,
            ds = step.StateGradient,
            ds_prev = step.PreviousStateGradient,
            du = step.InputGradient,
            dq = step.Bias + (3 * H);
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            Lane<TSimd, TVector, T>.FetchFour(n + h + (4 * ahead), H);
            Lane<TSimd, TVector, T>.Fetch(s_prev + h + ahead);
            Lane<TSimd, TVector, T>.Fetch(ds_prev + h + ahead);
            TVector n_h = Lane<TSimd, TVector, T>.Load(n + h, left),
                r_h = Lane<TSimd, TVector, T>.Load(r + h, left);
            TVector z_h = Lane<TSimd, TVector, T>.Load(z + h, left),
                ds_h = Lane<TSimd, TVector, T>.Load(ds + h, left);
            var rest = TSimd.Multiply(ds_h, TSimd.Subtract(one, z_h));
            var dn_h = TSimd.Multiply(rest, TSimd.Subtract(one, TSimd.Multiply(n_h, n_h)));
            var dr_h = TSimd.Multiply(
                TSimd.Multiply(dn_h, Lane<TSimd, TVector, T>.Load(q + h, left)),
                TSimd.Multiply(r_h, TSimd.Subtract(one, r_h))
            );
            var kept = TSimd.Subtract(Lane<TSimd, TVector, T>.Load(s_prev + h, left), n_h);
            var dz_h = TSimd.Multiply(TSimd.Multiply(rest, kept), z_h);
            var dq_h = TSimd.Multiply(dn_h, r_h);
            Lane<TSimd, TVector, T>.Store(n + h, dn_h, left);
            Lane<TSimd, TVector, T>.Store(r + h, dr_h, left);
            Lane<TSimd, TVector, T>.Store(z + h, dz_h, left);
            Lane<TSimd, TVector, T>.Store(q + h, dq_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h, dn_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h + H, dr_h, left);
            Lane<TSimd, TVector, T>.AddTo(du + h + (2 * H), dz_h, left);
            Lane<TSimd, TVector, T>.AddTo(dq + h, dq_h, left);
            Lane<TSimd, TVector, T>.Store(
                ds_prev + h,
                TSimd.MultiplyAdd(ds_h, z_h, Lane<TSimd, TVector, T>.Load(ds_prev + h, left)),
                left
            );
        }
    }
}
