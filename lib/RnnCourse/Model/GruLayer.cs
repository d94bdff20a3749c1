using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>
/// The gated recurrent unit: a gate z says how much of the old state is kept, a gate r how much of it enters the
/// candidate n.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para><c>r_i = σ(U_r x_i + W_r s_{i−1} + b_r)</c>, <c>z_i = σ(U_z x_i + W_z s_{i−1} + b_z)</c>, <c>q_i = W_n s_{i−1}
/// + b_q</c>, <c>n_i = tanh(U_n x_i + b_n + r_i ⊙ q_i)</c>, <c>s_i = (1 − z_i) ⊙ n_i + z_i ⊙ s_{i−1}</c>.</para>
/// <para>Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014; here, as in PyTorch and cuDNN,
/// the reset gate acts on the product W_n s_{i−1} and its bias, not on the state before the product: version 1 of the
/// paper (arXiv:1406.1078v1) has it so too.</para>
/// <para>The gates lie in the order n, r, z, q. So U is (3H, D) for n, r, z; W is (3H, H) for r, z, n (reaching r, z,
/// q); b is (4H) for n, r, z, q. Each of the two products is one, with no copying.</para>
/// </remarks>
public sealed class GruLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and the direction of the layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public GruLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 3, recurrentGates: 3, gates: 4) { }

    private GruLayer(GruLayer<T> original)
        : base(original) { }

    internal override RecurrentLayer<T> Twin() => new GruLayer<T>(this);

    private protected override void StepForward(int t, int first, int count, ref CellStep<T> step) =>
        CellRunner.Forward<GruCell<T>, T>(step);

    private protected override void StepBackward(int t, int first, int count, ref CellStep<T> step) =>
        CellRunner.Backward<GruCell<T>, T>(step);
}

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
        GateActivation<T>.Sigmoid<TSimd, TVector>(r, b + H, u + H, 2 * H);
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            var q_h = TSimd.Add(
                RegisterMath<TSimd, TVector, T>.Load(q + h, left),
                RegisterMath<TSimd, TVector, T>.Load(b + h + (3 * H), left)
            );
            var a_h = TSimd.Add(
                RegisterMath<TSimd, TVector, T>.Load(n + h, left),
                TSimd.Add(
                    RegisterMath<TSimd, TVector, T>.Load(b + h, left),
                    RegisterMath<TSimd, TVector, T>.Load(u + h, left)
                )
            );
            var n_h = RegisterMath<TSimd, TVector, T>.Tanh(
                TSimd.MultiplyAdd(RegisterMath<TSimd, TVector, T>.Load(r + h, left), q_h, a_h)
            );
            RegisterMath<TSimd, TVector, T>.Store(q + h, q_h, left);
            RegisterMath<TSimd, TVector, T>.Store(n + h, n_h, left);
            var kept = TSimd.Subtract(RegisterMath<TSimd, TVector, T>.Load(s_prev + h, left), n_h);
            RegisterMath<TSimd, TVector, T>.Store(
                s + h,
                TSimd.MultiplyAdd(RegisterMath<TSimd, TVector, T>.Load(z + h, left), kept, n_h),
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
        var one = TSimd.Constant(1);
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
            RegisterMath<TSimd, TVector, T>.FetchFour(n + h + (4 * ahead), H);
            RegisterMath<TSimd, TVector, T>.Fetch(s_prev + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(ds_prev + h + ahead);
            TVector n_h = RegisterMath<TSimd, TVector, T>.Load(n + h, left),
                r_h = RegisterMath<TSimd, TVector, T>.Load(r + h, left);
            TVector z_h = RegisterMath<TSimd, TVector, T>.Load(z + h, left),
                ds_h = RegisterMath<TSimd, TVector, T>.Load(ds + h, left);
            var rest = TSimd.Multiply(ds_h, TSimd.Subtract(one, z_h));
            var dn_h = TSimd.Multiply(rest, TSimd.Subtract(one, TSimd.Multiply(n_h, n_h)));
            var dr_h = TSimd.Multiply(
                TSimd.Multiply(dn_h, RegisterMath<TSimd, TVector, T>.Load(q + h, left)),
                TSimd.Multiply(r_h, TSimd.Subtract(one, r_h))
            );
            var kept = TSimd.Subtract(RegisterMath<TSimd, TVector, T>.Load(s_prev + h, left), n_h);
            var dz_h = TSimd.Multiply(TSimd.Multiply(rest, kept), z_h);
            var dq_h = TSimd.Multiply(dn_h, r_h);
            RegisterMath<TSimd, TVector, T>.Store(n + h, dn_h, left);
            RegisterMath<TSimd, TVector, T>.Store(r + h, dr_h, left);
            RegisterMath<TSimd, TVector, T>.Store(z + h, dz_h, left);
            RegisterMath<TSimd, TVector, T>.Store(q + h, dq_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h, dn_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h + H, dr_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h + (2 * H), dz_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(dq + h, dq_h, left);
            RegisterMath<TSimd, TVector, T>.Store(
                ds_prev + h,
                TSimd.MultiplyAdd(ds_h, z_h, RegisterMath<TSimd, TVector, T>.Load(ds_prev + h, left)),
                left
            );
        }
    }
}
