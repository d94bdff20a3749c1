using System.Numerics;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>A recurrent model for batches of sequences: recurrent layers, and a dense output on top.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Sizes: T steps, B sequences, D numbers in an input, H in a state, K in an output.</para>
/// <para>A training step: <see cref="Forward(SequenceBatch{T}, ulong?)"/> fills <see cref="Scores"/>; a loss reads them
/// and fills
/// <see cref="ScoreGradients"/>; <see cref="Backward"/> sets the gradient of every parameter (it overwrites the one
/// before). Buffers grow with the largest batch seen and are used again, so repeated steps allocate nothing.</para>
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

    /// <summary>What the model was built from.</summary>
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
    /// empty for one-hot inputs.</summary>
    public ReadOnlySpan<T> InputGradients => _batch is { IsOneHot: false } ? _input[0].Gradient : default;

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="batch">The inputs. The model keeps a reference until <see cref="Backward"/>; don't change them
    /// between the two.</param>
    /// <param name="dropoutSeed">While training, what the dropout is drawn by (another number each step); null to use
    /// the model as it is.</param>
    /// <returns><see cref="Scores"/>, shape (K, T·B) or (K, B).</returns>
    /// <exception cref="ArgumentException">The inputs' size is not D, or a symbol is not from −1 to D − 1.</exception>
    /// <exception cref="InvalidOperationException">The model carries states of another number of sequences.</exception>
    public Span<T> Forward(SequenceBatch<T> batch, ulong? dropoutSeed = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequireInputs(batch);
        _batch = batch;
        if (!batch.IsOneHot)
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
            ?? throw new InvalidOperationException("There is nothing to differentiate: run the forward pass first.");
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
            throw new InvalidOperationException("There is no state to carry: run the forward pass first.");
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

    /// <summary>What the next batch starts from: for each layer and direction the states, and in an LSTM the cells,
    /// each of shape (H, B), or empty where the start is zero or learnt.</summary>
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

    /// <summary>Makes a model on the same parameters, with gradients, buffers and states of its own.</summary>
    public SequenceModel<T> Twin() => new(Shape, _stack.Twin(), _output.Twin());

    private ReadOnlySpan<Signal<T>> Inputs => _batch!.IsOneHot ? [] : _input;

    // Copied, so that the place of padding is zero whatever the batch holds there: 0 · NaN would be NaN.
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
