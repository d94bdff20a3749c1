using System.Numerics;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>The lecture's recurrent connection for a batch: <c>s_i = tanh(U x_i + W s_{i−1} + b)</c> (L13).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The same numbers as <see cref="Core.VanillaRnn"/>, which is the one to read first. U is (H, D), W (H, H), b
/// (H).</remarks>
public sealed class RnnLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and how it is walked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public RnnLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 1, recurrentGates: 1, gates: 1) { }

    private RnnLayer(RnnLayer<T> original)
        : base(original) { }

    internal override RecurrentLayer<T> Twin() => new RnnLayer<T>(this);

    private protected override void StepForward(int t, int first, int count, ref CellStep<T> step) =>
        CellWidth.Forward<RnnCell<T>, T>(step);

    private protected override void StepBackward(int t, int first, int count, ref CellStep<T> step) =>
        CellWidth.Backward<RnnCell<T>, T>(step);
}
