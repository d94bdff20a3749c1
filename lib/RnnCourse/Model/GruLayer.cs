using System.Numerics;
using System.Numerics.Tensors;

namespace RnnCourse.Model;

/// <summary>
/// The gated recurrent unit: a gate z says how much of the old state stays, a gate r how much of it the candidate n sees.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para><c>r_i = σ(U_r x_i + W_r s_{i−1} + b_r)</c>, <c>z_i = σ(U_z x_i + W_z s_{i−1} + b_z)</c>,
/// <c>q_i = W_n s_{i−1} + b_q</c>, <c>n_i = tanh(U_n x_i + b_n + r_i ⊙ q_i)</c>, <c>s_i = (1 − z_i) ⊙ n_i + z_i ⊙ s_{i−1}</c>.</para>
/// <para>Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014; here, as in PyTorch and cuDNN, the reset gate
/// acts on the product W_n s_{i−1} and its bias, not on the state before the product: version 1 of the paper (arXiv:1406.1078v1) has it so too.</para>
/// <para>The gates lie in the order n, r, z, q. So U is (3H, D) for n, r, z; W is (3H, H) for r, z, n (reaching r, z, q);
/// b is (4H) for n, r, z, q. Each of the two products is one, with no copying.</para>
/// </remarks>
public sealed class GruLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and how it is walked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public GruLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 3, recurrentGates: 3, gates: 4)
    {
    }

    private GruLayer(GruLayer<T> original)
        : base(original)
    {
    }

    internal override RecurrentLayer<T> Twin() => new GruLayer<T>(this);

    private protected override void StepForward(int t, int first, int count)
    {
        var H = HiddenSize;
        for (var k = first; k < first + count; k++)
        {
            var a = Gates(t, k, 1);
            Span<T> n = a[..H], r = a.Slice(H, H), z = a.Slice(2 * H, H), q = a[(3 * H)..];
            ReadOnlySpan<T> s_prev = Previous(t, k, 1);
            var s = State(t, k, 1);
            TensorPrimitives.Sigmoid(a.Slice(H, 2 * H), a[H..]);
            TensorPrimitives.MultiplyAdd(r, q, n, n);
            TensorPrimitives.Tanh(n, n);
            for (var i = 0; i < s.Length; i += Vector<T>.Count)
            {
                var n_i = Lanes.Load<T>(n, i);
                (n_i + (Lanes.Load<T>(z, i) * (Lanes.Load(s_prev, i) - n_i))).Store(s, i);
            }
        }
    }

    private protected override void StepBackward(int t, int first, int count)
    {
        var H = HiddenSize;
        for (var k = first; k < first + count; k++)
        {
            var a = Gates(t, k, 1);
            Span<T> n = a[..H], r = a.Slice(H, H), z = a.Slice(2 * H, H), q = a[(3 * H)..];
            ReadOnlySpan<T> s_prev = Previous(t, k, 1), ds = StateGradient(t, k, 1);
            var ds_prev = PreviousGradient(t, k, 1);
            for (var i = 0; i < ds.Length; i += Vector<T>.Count)
            {
                Vector<T> n_i = Lanes.Load<T>(n, i), r_i = Lanes.Load<T>(r, i), z_i = Lanes.Load<T>(z, i), ds_i = Lanes.Load(ds, i);
                var dn = ds_i * (Vector<T>.One - z_i) * (Vector<T>.One - (n_i * n_i));
                var dr = dn * Lanes.Load<T>(q, i) * r_i * (Vector<T>.One - r_i);
                var dz = ds_i * (Lanes.Load(s_prev, i) - n_i) * z_i * (Vector<T>.One - z_i);
                dn.Store(n, i);
                dr.Store(r, i);
                dz.Store(z, i);
                (dn * r_i).Store(q, i);
                (Lanes.Load<T>(ds_prev, i) + (ds_i * z_i)).Store(ds_prev, i);
            }
        }
    }
}
