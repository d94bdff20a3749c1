using System.Numerics;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>Recurrent layers on top of each other, each in one or two directions, with dropout between.</summary>
internal sealed class RecurrentStack<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;
    private readonly Signal<T>[][] _outputs; // of each layer, one for each direction
    private readonly Dropout<T>[][] _dropouts;
    private readonly Signal<T>[][] _dropped;
    private bool _training;

    public RecurrentStack(ModelShape shape)
        : this(
            shape,
            [
                .. Enumerable
                    .Range(0, shape.Layers)
                    .Select(l => Enumerable.Range(0, shape.Directions).Select(d => Build(shape, l, d)).ToArray()),
            ]
        ) { }

    private RecurrentStack(ModelShape shape, RecurrentLayer<T>[][] layers)
    {
        _shape = shape;
        Layers = layers;
        _outputs = [.. layers.Select(directions => directions.Select(layer => layer.Output).ToArray())];
        _dropouts =
        [
            .. _outputs[..^1]
                .Select(signals => signals.Select(signal => new Dropout<T>(shape.Dropout, signal)).ToArray()),
        ];
        _dropped = [.. _dropouts.Select(dropouts => dropouts.Select(dropout => dropout.Output).ToArray())];
    }

    /// <summary>The layers from the bottom to the top, and of each its directions: forward, then backward.</summary>
    public RecurrentLayer<T>[][] Layers { get; }

    public RecurrentLayer<T>[] Top => Layers[^1];

    public RecurrentStack<T> Twin() =>
        new(_shape, [.. Layers.Select(directions => directions.Select(layer => layer.Twin()).ToArray())]);

    public void Initialise(SeededRandom random)
    {
        foreach (var layer in Layers.SelectMany(directions => directions))
        {
            layer.Initialise(random);
        }
    }

    /// <summary>Runs the layers from the bottom to the top.</summary>
    /// <param name="batch">The sizes, the mask, and one-hot inputs.</param>
    /// <param name="inputs">The inputs if they are real numbers; empty otherwise.</param>
    /// <param name="dropoutSeed">What the dropout is drawn by; null for none.</param>
    public void Forward(SequenceBatch<T> batch, ReadOnlySpan<Signal<T>> inputs, ulong? dropoutSeed)
    {
        _training = dropoutSeed is not null && _shape.Dropout > 0;
        for (var l = 0; l < Layers.Length; l++)
        {
            if (l > 0 && _training)
            {
                for (var d = 0; d < _dropouts[l - 1].Length; d++)
                {
                    _dropouts[l - 1]
                        [d]
                        .Forward(batch.Columns, unchecked(dropoutSeed.GetValueOrDefault() + (ulong)((2 * l) + d)));
                }
            }

            foreach (var layer in Layers[l])
            {
                layer.Forward(batch, l == 0 ? inputs : Below(l));
            }
        }
    }

    /// <summary>Backpropagates from the top to the bottom.</summary>
    public void Backward(ReadOnlySpan<Signal<T>> inputs)
    {
        for (var l = Layers.Length - 1; l >= 0; l--)
        {
            for (var d = 0; d < Layers[l].Length; d++)
            {
                Layers[l][d].Backward(l == 0 ? inputs : Below(l), add: d > 0);
            }

            if (l > 0 && _training)
            {
                foreach (var dropout in _dropouts[l - 1])
                {
                    dropout.Backward();
                }
            }
        }
    }

    private Signal<T>[] Below(int l) => _training ? _dropped[l - 1] : _outputs[l - 1];

    private static RecurrentLayer<T> Build(ModelShape shape, int layer, int direction)
    {
        var name = $"layer{layer}.{(direction == 0 ? "forward" : "backward")}";
        var inputSize = layer == 0 ? shape.InputSize : shape.HiddenSize * shape.Directions;
        var options = new LayerOptions(shape.HiddenSize, Reversed: direction == 1, shape.LearntStart, shape.ForgetBias);
        return shape.Cell switch
        {
            CellKind.Rnn => new RnnLayer<T>(name, inputSize, options),
            CellKind.Gru => new GruLayer<T>(name, inputSize, options),
            _ => new LstmLayer<T>(name, inputSize, options),
        };
    }
}
