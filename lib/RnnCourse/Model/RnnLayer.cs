using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>The lecture's recurrent connection for a batch: <c>s_i = tanh(U x_i + W s_{i−1} + b)</c> (L13).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The same numbers as <see cref="Core.VanillaRnn"/>, which is the one to read first. U is (H, D), W (H, H), b
/// (H).</remarks>
internal sealed class RnnLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and the direction of the layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public RnnLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 1, recurrentGates: 1, gates: 1) { }

    private RnnLayer(RnnLayer<T> original)
        : base(original) { }

    internal override RecurrentLayer<T> Twin() => new RnnLayer<T>(this);

    private protected override void StepForward(int t, int first, int count, ref CellStep<T> step) =>
        CellRunner.Forward<RnnCell<T>, T>(step);

    private protected override void StepBackward(int t, int first, int count, ref CellStep<T> step) =>
        CellRunner.Backward<RnnCell<T>, T>(step);
}

/// <summary>The simple cell's step on numbers: <c>s_t = tanh(a_t)</c>.</summary>
internal readonly unsafe struct RnnCell<T> : ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Forward<TSimd, TVector>(in CellStep<T> step) =>
        GateActivation<T>.Tanh<TSimd, TVector>(step.Gates, step.Bias, step.FromInput, step.State, step.H);

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
            RegisterMath<TSimd, TVector, T>.Fetch(s + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(ds + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(da + h + ahead);
            var s_h = RegisterMath<TSimd, TVector, T>.Load(s + h, left);
            var slope = TSimd.Subtract(TSimd.Constant(1), TSimd.Multiply(s_h, s_h));
            var da_h = TSimd.Multiply(RegisterMath<TSimd, TVector, T>.Load(ds + h, left), slope);
            RegisterMath<TSimd, TVector, T>.Store(da + h, da_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h, da_h, left);
        }
    }
}
