using System.Numerics;
using System.Numerics.Tensors;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>Sets a share of the numbers to zero while training, others each time, so that no unit can rely on a single
/// other one.</summary>
/// <remarks>
/// What is kept is scaled by 1/(1 − p), so that nothing has to be changed when the trained model is used. Srivastava et
/// al., "Dropout", 2014; between layers only, as Zaremba, Sutskever and Vinyals, "Recurrent neural network
/// regularization", 2014. Which numbers are dropped depends on the seed alone.
/// </remarks>
internal sealed class Dropout<T>(double share, Signal<T> below)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SeededRandom _random = new(0);
    private T[] _factors = [];

    public Signal<T> Output { get; } = new(below.Rows);

    public void Forward(int columns, ulong seed)
    {
        _random.Restart(seed);
        Output.Reserve(0, columns, 0);
        var x = below.Values;
        Sizes.Reserve(ref _factors, x.Length);
        var factors = _factors.AsSpan(0, x.Length);
        var scale = T.CreateChecked(1 / (1 - share));
        // Two decisions from each draw: 32 bits are plenty for a share.
        var limit = (uint)Math.Min(share * 4294967296.0, uint.MaxValue);
        for (var i = 0; i < x.Length; i += 2)
        {
            var bits = _random.NextBits();
            factors[i] = (uint)bits >= limit ? scale : T.Zero;
            if (i + 1 < x.Length)
            {
                factors[i + 1] = (uint)(bits >> 32) >= limit ? scale : T.Zero;
            }
        }

        TensorPrimitives.Multiply(x, factors, Output.Values);
    }

    public void Backward() =>
        TensorPrimitives.Multiply(Output.Gradient, _factors.AsSpan(0, below.Gradient.Length), below.Gradient);
}
