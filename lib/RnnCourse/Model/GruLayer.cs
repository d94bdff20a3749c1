using System.Numerics;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>
/// The gated recurrent unit: a gate z says how much of the old state stays, a gate r how much of it the candidate n
/// sees.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para><c>r_i = σ(U_r x_i + W_r s_{i−1} + b_r)</c>, <c>z_i = σ(U_z x_i + W_z s_{i−1} + b_z)</c>,
/// <c>q_i = W_n s_{i−1} + b_q</c>, <c>n_i = tanh(U_n x_i + b_n + r_i ⊙ q_i)</c>, <c>s_i = (1 − z_i) ⊙ n_i + z_i ⊙
/// s_{i−1}</c>.</para>
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
    /// <param name="options">The size of the state and how it is walked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public GruLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 3, recurrentGates: 3, gates: 4) { }

    private GruLayer(GruLayer<T> original)
        : base(original) { }

    internal override RecurrentLayer<T> Twin() => new GruLayer<T>(this);

    private protected override void StepForward(int t, int first, int count, ref CellStep<T> step) =>
        CellWidth.Forward<GruCell<T>, T>(step);

    private protected override void StepBackward(int t, int first, int count, ref CellStep<T> step) =>
        CellWidth.Backward<GruCell<T>, T>(step);
}
