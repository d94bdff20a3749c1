using System.Numerics;
using System.Numerics.Tensors;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>A recurrent model for batches of sequences: recurrent layers, and a dense output on top.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Sizes: T steps, B sequences, D numbers in an input, H in a state, K in an output.</para>
/// <para>A training step: <see cref="Forward(SequenceBatch{T}, ulong?)"/> fills <see cref="Scores"/>; a loss reads them
/// and fills <see cref="ScoreGradients"/>; <see cref="Backward"/> sets the gradient of every parameter (it overwrites
/// the one before). Buffers grow with the largest batch seen and are used again, so repeated steps allocate
/// nothing.</para>
/// <para>A model is used by one thread at a time; <see cref="Twin"/> makes one on the same parameters for another
/// thread.</para>
/// </remarks>
public sealed class SequenceModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentStack<T> _stack;
    private readonly DenseOutput<T> _output;
    private readonly Signal<T>[] _input;
    private readonly StartState<T>[] _starts;
    private SequenceBatch<T>? _batch;

    /// <summary>Makes a model with random weights: uniform from ±1/√H, biases zero (an LSTM's forget gate
    /// excepted).</summary>
    /// <param name="shape">What to build.</param>
    /// <param name="random">Where the weights are drawn from. A single-layer RNN draws the same ones as
    /// <see cref="VanillaRnn"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape cannot be built.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public SequenceModel(ModelShape shape, SeededRandom random)
        : this(
            Checked(shape),
            new RecurrentStack<T>(shape),
            new DenseOutput<T>(shape.HiddenSize * shape.Directions, shape.OutputSize, shape.HiddenSize)
        )
    {
        ArgumentNullException.ThrowIfNull(random);
        _stack.Initialise(random);
        _output.Initialise(random);
    }

    private SequenceModel(ModelShape shape, RecurrentStack<T> stack, DenseOutput<T> output)
    {
        (Shape, _stack, _output) = (shape, stack, output);
        _input = [new Signal<T>(shape.InputSize)];
        _starts = [.. stack.Layers.SelectMany(directions => directions).SelectMany(layer => layer.Starts)];
        Parameters =
        [
            .. stack.Layers.SelectMany(directions => directions).SelectMany(layer => layer.Parameters),
            output.V,
            output.c,
        ];
    }

    /// <summary>The architecture of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Every trainable parameter, from the bottom layer to the output.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>How many trainable numbers the model has.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Values.Length);

    /// <summary>The recurrent layers from the bottom to the top, and of each its directions: forward, then
    /// backward.</summary>
    public IReadOnlyList<IReadOnlyList<RecurrentLayer<T>>> Layers => _stack.Layers;

    /// <summary>The output layer.</summary>
    public DenseOutput<T> Output => _output;

    /// <summary>The outputs z of the last forward pass, shape (K, T·B), or (K, B) if only last outputs are read; column
    /// after column.</summary>
    public Span<T> Scores => _output.Scores;

    /// <summary>The derivative of the loss by each of <see cref="Scores"/>, in their shape: to be filled before
    /// <see cref="Backward"/>.</summary>
    public Span<T> ScoreGradients => _output.ScoreGradients;

    /// <summary>The derivative of the loss by each real-valued input, shape (D, T·B), after <see cref="Backward"/>;
    /// empty for one-hot inputs and for features.</summary>
    public ReadOnlySpan<T> InputGradients => _batch is { Kind: InputKind.Values } ? _input[0].Gradient : default;

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="batch">The inputs. The model keeps a reference until <see cref="Backward"/>; don't change them
    /// between the two.</param>
    /// <param name="dropoutSeed">While training, the seed of the dropout (another number each step); null to use the
    /// model without dropout.</param>
    /// <returns><see cref="Scores"/>, shape (K, T·B) or (K, B).</returns>
    /// <exception cref="ArgumentException">The inputs' size is not D, or a symbol is not from −1 to D − 1.</exception>
    /// <exception cref="InvalidOperationException">The model carries the states of a different number of
    /// sequences.</exception>
    public Span<T> Forward(SequenceBatch<T> batch, ulong? dropoutSeed = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequireInputs(batch);
        _batch = batch;
        if (batch.Kind == InputKind.Values)
        {
            TakeInputs(batch);
        }

        _stack.Forward(batch, Inputs, dropoutSeed);
        _output.Forward(_stack.Top, batch.ReadOut, batch.OutputColumns);
        return Scores;
    }

    /// <summary>Backpropagation through time: from <see cref="ScoreGradients"/> to the gradient of every
    /// parameter.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass.</exception>
    public void Backward()
    {
        var batch =
            _batch
            ?? throw new InvalidOperationException("Backward was called without a forward pass. Call Forward first.");
        _output.Backward(_stack.Top, batch.ReadOut);
        _stack.Backward(Inputs);
    }

    // ---- State ----

    /// <summary>Makes the next batch start from the states in which the last one ended, sequence by sequence.</summary>
    /// <remarks>For text longer than a batch: gradients stop at the batch's border, states do not (truncated
    /// backpropagation).</remarks>
    /// <exception cref="InvalidOperationException">There was no forward pass, or the model is bidirectional: what comes
    /// after a batch is then unknown.</exception>
    public void CarryState()
    {
        if (_batch is null)
        {
            throw new InvalidOperationException("CarryState was called without a forward pass. Call Forward first.");
        }

        if (Shape.Bidirectional)
        {
            throw new InvalidOperationException(
                "A bidirectional model cannot carry its state: it reads from both ends."
            );
        }

        foreach (var directions in _stack.Layers)
        {
            foreach (var layer in directions)
            {
                layer.StartFromEnd();
            }
        }
    }

    /// <summary>Makes the next batch start from zeros, or from the learnt states.</summary>
    public void ResetState()
    {
        foreach (var start in _starts)
        {
            start.Forget();
        }
    }

    /// <summary>The states that the next batch starts from: for each layer and direction the states, and in an LSTM the
    /// cells, each of shape (H, B), or empty where the start is zero or learnt.</summary>
    public IReadOnlyList<T[]> CarriedState
    {
        get => [.. _starts.Select(start => start.Given.ToArray())];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (_starts.Length != value.Count)
            {
                throw new ArgumentException(
                    $"The model carries {_starts.Length} states, not {value.Count}.",
                    nameof(value)
                );
            }

            for (var k = 0; k < _starts.Length; k++)
            {
                _starts[k].Give(value[k]);
            }
        }
    }

    /// <summary>Makes a model that shares the parameters but has its own gradients, buffers and states.</summary>
    public SequenceModel<T> Twin() => new(Shape, _stack.Twin(), _output.Twin());

    private ReadOnlySpan<Signal<T>> Inputs => _batch!.Kind == InputKind.Values ? _input : [];

    // Copied, so that inputs at padding are zero whatever the batch holds there: 0 · NaN would be NaN.
    private void TakeInputs(SequenceBatch<T> batch)
    {
        _input[0].Reserve(0, batch.Columns, 0);
        var x = _input[0].Values;
        batch.Values.CopyTo(x);
        if (!batch.HasMask)
        {
            return;
        }

        var mask = batch.Mask;
        for (var column = 0; column < mask.Length; column++)
        {
            if (!mask[column])
            {
                x.Slice(column * Shape.InputSize, Shape.InputSize).Clear();
            }
        }
    }

    private void RequireInputs(SequenceBatch<T> batch)
    {
        if (batch.InputSize != Shape.InputSize)
        {
            throw new ArgumentException(
                $"The batch's inputs have size {batch.InputSize}; this model takes {Shape.InputSize}.",
                nameof(batch)
            );
        }

        var symbols = batch.Symbols;
        for (var column = 0; column < symbols.Length; column++)
        {
            if (symbols[column] < -1 || symbols[column] >= Shape.InputSize)
            {
                throw new ArgumentException(
                    $"Step {column / batch.BatchSize} of sequence {column % batch.BatchSize} is symbol "
                        + $"{symbols[column]}; symbols are 0 to {Shape.InputSize - 1}, or −1 for an input of zeros.",
                    nameof(batch)
                );
            }
        }

        var features = batch.Features;
        for (var column = 0; column < features.Length; column++)
        {
            foreach (var place in features[column].AsSpan())
            {
                if ((uint)place >= (uint)Shape.InputSize)
                {
                    throw new ArgumentException(
                        $"Step {column / batch.BatchSize} of sequence {column % batch.BatchSize} has a 1 at place "
                            + $"{place}; places are 0 to {Shape.InputSize - 1}.",
                        nameof(batch)
                    );
                }
            }
        }
    }

    private static ModelShape Checked(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Models exist for float and double, not for {typeof(T).Name}.");
        }

        shape.Validate();
        return shape;
    }
}

/// <summary>Stacked recurrent layers, each in one or two directions, with dropout between them.</summary>
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
    /// <param name="dropoutSeed">The seed of the dropout; null for no dropout.</param>
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

/// <summary>Dropout: while training, sets a random share of the numbers to zero, so that no unit can rely on a single
/// other unit.</summary>
/// <remarks>
/// The remaining numbers are scaled by 1/(1 − p), so that the trained model can be used without a change. Srivastava et
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
        GrowingBuffer.Reserve(ref _factors, x.Length);
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
