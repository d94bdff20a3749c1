using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas;
using RnnCourse.Core;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>
/// A layer with a recurrent connection. It holds what all cells share: the loop over the time steps, forward and
/// backward. A cell adds only what one step computes from its gates, and the derivative of that.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Sizes: D numbers in an input, H in a state, T steps, B sequences; G rows of H gates.</para>
/// <para>At each step the gates, shape (G·H, B), are <c>a_i = U x_i + W s_{i−1} + b</c>. U reaches the first rows of
/// the gates and W the last; in a cell where these are not the same rows (GRU), the ones between belong to both.</para>
/// <para>Why it is fast: columns of one step lie side by side, so that <c>W s_{i−1}</c> is one product for the whole
/// batch. Only this product must wait for the step before, and W is packed for it once. <c>U x_i</c> takes many steps
/// in one product (for one-hot inputs none: a column of U is looked up, and for features a few are added), and so does
/// the gradient of each parameter; as many steps as fit the second-level cache. The cells work on the widest registers
/// (<c>Cells/</c>). The backward pass writes the gates' gradients over the gates.</para>
/// </remarks>
public abstract class RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int BytesAtOnce = 1 << 19,
        MinColumnsAtOnce = 128,
        MaxColumnsAtOnce = 512;

    private readonly Signal<T> _states;
    private readonly InputWeights<T> _inputs;
    private readonly int _inputRows,
        _recurrentRows,
        _gateRows;
    private readonly StartState<T> _start;
    private readonly AlignedBuffer<T> _gates = new();
    private readonly PackedWeight<T> _W;
    private readonly T[] _zeros;
    private SequenceBatch<T>? _batch;
    private bool _takesSymbols,
        _takesFeatures;

    private protected RecurrentLayer(
        string name,
        int inputSize,
        LayerOptions options,
        int inputGates,
        int recurrentGates,
        int gates
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HiddenSize, 1);
        Name = name;
        Options = options;
        InputSize = inputSize;
        HiddenSize = options.HiddenSize;
        _inputRows = inputGates * HiddenSize;
        _recurrentRows = recurrentGates * HiddenSize;
        _gateRows = gates * HiddenSize;
        U = new($"{name}.U", _inputRows, InputSize);
        W = new($"{name}.W", _recurrentRows, HiddenSize);
        b = new($"{name}.b", _gateRows, 1);
        _start = new(options.LearntStart ? new($"{name}.s_0", HiddenSize, 1) : null, HiddenSize);
        _states = new(HiddenSize);
        _inputs = new(U, _gateRows);
        _zeros = new T[_inputRows];
        _W = new(W);
    }

    // Makes a twin: the same parameters, with separate gradients and buffers.
    private protected RecurrentLayer(RecurrentLayer<T> original)
    {
        (Name, Options, InputSize, HiddenSize) = (
            original.Name,
            original.Options,
            original.InputSize,
            original.HiddenSize
        );
        (_inputRows, _recurrentRows, _gateRows) = (original._inputRows, original._recurrentRows, original._gateRows);
        (U, W, b) = (original.U.Twin(), original.W.Twin(), original.b.Twin());
        _start = new(original.s_0?.Twin(), HiddenSize);
        _states = new(HiddenSize);
        _inputs = new(U, _gateRows);
        _zeros = new T[_inputRows];
        _W = new(W);
    }

    /// <summary>What the layer is called, such as <c>layer0.forward</c>.</summary>
    public string Name { get; }

    /// <summary>D, the size of one input.</summary>
    public int InputSize { get; }

    /// <summary>H, the size of the state.</summary>
    public int HiddenSize { get; }

    /// <summary>From the input to the gates, shape (gates·H, D).</summary>
    public Parameter<T> U { get; }

    /// <summary>From the previous state to the gates, shape (gates·H, H).</summary>
    public Parameter<T> W { get; }

    /// <summary>The gates' bias, shape (gates·H).</summary>
    public Parameter<T> b { get; }

    /// <summary>The state before the first step, shape (H), if it is learnt.</summary>
    public Parameter<T>? s_0 => _start.Learnt;

    /// <summary>The parameters, in a fixed order.</summary>
    public virtual IEnumerable<Parameter<T>> Parameters => s_0 is null ? [U, W, b] : [U, W, b, s_0];

    /// <summary>The states s_1 … s_T of the last batch, shape (H, T·B): what the next layer reads.</summary>
    public ReadOnlySpan<T> States => _states.Values;

    private protected LayerOptions Options { get; }

    private protected int Steps => _batch!.Steps;

    private protected int BatchSize => _batch!.BatchSize;

    internal Signal<T> Output => _states;

    /// <summary>The initial states: that of the state, and in an LSTM also that of the cell.</summary>
    internal virtual IReadOnlyList<StartState<T>> Starts => [_start];

    /// <summary>Makes the next batch start where this one ended.</summary>
    internal virtual void StartFromEnd() => _start.Give(Block(_states.AllValues, EndBlock));

    /// <summary>Draws new weights: U and W uniformly from ±1/√H, row after row; biases and s_0 are set to
    /// zero.</summary>
    /// <param name="random">Where the numbers are drawn from.</param>
    public virtual void Initialise(SeededRandom random)
    {
        foreach (var parameter in Parameters)
        {
            parameter.Values.AsSpan().Clear();
        }

        WeightInitialisation.Uniform(U, HiddenSize, random);
        WeightInitialisation.Uniform(W, HiddenSize, random);
    }

    /// <summary>Makes a layer that shares the parameters but has its own gradients and buffers, for another core to
    /// work with.</summary>
    internal abstract RecurrentLayer<T> Twin();

    // ---- What a cell adds: one step, for `count` sequences from `first` on ----

    /// <summary>Computes the state from the gates a_t and the previous state. A cell adds to <paramref name="step"/>
    /// the pointers that only it needs.</summary>
    private protected abstract void StepForward(int t, int first, int count, ref CellStep<T> step);

    /// <summary>Computes the gates' gradients from the state's, and writes them over the gates; adds what reaches the
    /// previous state by other ways than W.</summary>
    private protected abstract void StepBackward(int t, int first, int count, ref CellStep<T> step);

    private unsafe void StepForward(int t, int first, int count)
    {
        fixed (
            T* gates = Gates(t, first, count),
                s_prev = Previous(t, first, count),
                s = State(t, first, count)
        )
        fixed (
            T* bias = b.Values,
                u = U.Values,
                zeros = _zeros
        )
        fixed (int* symbols = Symbols(t, first, count))
        {
            var step = new CellStep<T>
            {
                H = HiddenSize,
                GateRows = _gateRows,
                Columns = count,
                Ahead = Options.Reversed ? -BatchSize : BatchSize,
                Bias = bias,
                U = u,
                URows = _inputRows,
                Symbols = symbols,
                Zeros = zeros,
                Gates = gates,
                PreviousState = s_prev,
                State = s,
            };
            StepForward(t, first, count, ref step);
        }
    }

    private unsafe void StepBackward(int t, int first, int count)
    {
        fixed (
            T* gates = Gates(t, first, count),
                s_prev = Previous(t, first, count),
                s = State(t, first, count)
        )
        fixed (
            T* ds_prev = PreviousGradient(t, first, count),
                ds = StateGradient(t, first, count)
        )
        fixed (
            T* bias = b.Gradient,
                u = U.Gradient
        )
        fixed (int* symbols = Symbols(t, first, count))
        {
            var step = new CellStep<T>
            {
                H = HiddenSize,
                GateRows = _gateRows,
                Columns = count,
                Ahead = Options.Reversed ? BatchSize : -BatchSize,
                Bias = bias,
                U = u,
                URows = _inputRows,
                Symbols = symbols,
                Gates = gates,
                PreviousState = s_prev,
                State = s,
                PreviousStateGradient = ds_prev,
                StateGradient = ds,
            };
            StepBackward(t, first, count, ref step);
        }
    }

    private ReadOnlySpan<int> Symbols(int t, int first, int count) =>
        _takesSymbols ? _batch!.Symbols.Slice((t * BatchSize) + first, count) : default;

    /// <summary>Called before the first step of the forward pass.</summary>
    private protected virtual void BeginForward() { }

    /// <summary>Called before the first step of the backward pass.</summary>
    private protected virtual void BeginBackward() { }

    /// <summary>Called after the last step of the backward pass.</summary>
    private protected virtual void EndBackward() { }

    // ---- Forward ----

    /// <summary>Runs the layer over a batch.</summary>
    /// <param name="batch">The sizes, the mask, and the inputs if <paramref name="below"/> is empty; those are then
    /// symbols or features.</param>
    /// <param name="below">The inputs, one signal under the other; their rows sum to D.</param>
    internal void Forward(SequenceBatch<T> batch, ReadOnlySpan<Signal<T>> below)
    {
        _batch = batch;
        _takesFeatures = below.IsEmpty && batch.HasFeatures;
        _takesSymbols = below.IsEmpty && !_takesFeatures;
        Reserve();
        _start.Fill(Block(_states.AllValues, StartBlock));
        Block(_states.AllGradients, StartBlock).Clear();
        BeginForward();
        _W.Pack(Transpose.No, Steps, BatchSize);
        _inputs.Pack(Transpose.No, below, (Steps + StepsAtOnce - 1) / StepsAtOnce, StepsAtOnce * BatchSize);
        for (var i = 0; i < Steps; i++)
        {
            var t = Time(i);
            if (_takesSymbols)
            {
                ColumnMajor.ClearRows(Gates(t, 0, BatchSize), _gateRows, 0, _gateRows - _recurrentRows);
            }
            else if (_takesFeatures)
            {
                _inputs.AddFeatures(batch.Features.Slice(t * BatchSize, BatchSize), Gates(t, 0, BatchSize));
            }
            else if (i % StepsAtOnce == 0)
            {
                _inputs.Multiply(below, ColumnsFrom(i), _gates.Span);
            }

            _W.Multiply(BatchSize, Previous(t), RecurrentGates(t), _gateRows, add: !_takesSymbols);
            for (int first = 0; NextRun(t, ref first, out var count); first += count)
            {
                StepForward(t, first, count);
            }

            for (var n = 0; batch.HasMask && n < BatchSize; n++)
            {
                if (IsPadding(t, n))
                {
                    CarryThrough(t, n);
                }
            }
        }
    }

    /// <summary>The states whose outputs are read: all, shape (H, T·B), or the last one of each sequence, shape (H,
    /// B).</summary>
    internal ReadOnlySpan<T> Read(ReadOut readOut) =>
        readOut == ReadOut.EveryStep ? _states.Values : Block(_states.AllValues, EndBlock);

    // ---- Backward ----

    /// <summary>Where to write the gradient of <see cref="Read"/>'s states; those that are not read get zero.</summary>
    internal Span<T> ReadGradient(ReadOut readOut)
    {
        if (readOut == ReadOut.EveryStep)
        {
            return _states.Gradient;
        }

        _states.AllGradients[..((Steps + 1) * BatchSize * HiddenSize)].Clear();
        return Block(_states.AllGradients, EndBlock);
    }

    /// <summary>Backpropagation through time: from the gradient of the states (set by the layers above) to that of each
    /// parameter and input.</summary>
    /// <param name="below">The inputs that <see cref="Forward"/> got.</param>
    /// <param name="add">Whether the inputs' gradients are added to those that another layer has written.</param>
    internal void Backward(ReadOnlySpan<Signal<T>> below, bool add)
    {
        var batch =
            _batch
            ?? throw new InvalidOperationException("Backward was called without a forward pass. Call Forward first.");
        BeginBackward();
        b.Gradient.AsSpan().Clear();
        if (below.IsEmpty || Steps == 0)
        {
            U.Gradient.AsSpan().Clear();
        }

        if (Steps == 0)
        {
            W.Gradient.AsSpan().Clear();
        }

        _W.Pack(Transpose.Yes, Steps, BatchSize);
        _inputs.Pack(Transpose.Yes, below, (Steps + StepsAtOnce - 1) / StepsAtOnce, StepsAtOnce * BatchSize);
        for (var i = Steps - 1; i >= 0; i--)
        {
            var t = Time(i);
            for (int first = 0; NextRun(t, ref first, out var count); first += count)
            {
                StepBackward(t, first, count);
            }

            for (var n = 0; batch.HasMask && n < BatchSize; n++)
            {
                if (IsPadding(t, n))
                {
                    PassBack(t, n);
                }
            }

            _W.MultiplyTransposed(BatchSize, RecurrentGates(t), _gateRows, PreviousGradient(t), add: true);
            if (i % StepsAtOnce == 0)
            {
                ParameterGradients(below, ColumnsFrom(i), addToBelow: add, add: i + StepsAtOnce < Steps);
            }
        }

        _start.Learn(Block(_states.AllGradients, StartBlock));
        // The cells have summed over the steps with a one-hot input into columns of U's gradient; their sum is missing
        // in the bias's gradient.
        if (_takesSymbols)
        {
            ColumnMajor.AddColumns(U.Gradient, b.Gradient.AsSpan(0, _inputRows));
        }

        EndBackward();
    }

    // A parameter is used at every step, so its gradient is a sum over the steps: one product for many of them.
    private void ParameterGradients(ReadOnlySpan<Signal<T>> below, Range columns, bool addToBelow, bool add)
    {
        var (first, count) = columns.GetOffsetAndLength(_batch!.Columns);
        var da = _gates.Span.Slice(first * _gateRows, count * _gateRows);
        var s_prev = _states.AllValues[((first + (Options.Reversed ? BatchSize : 0)) * HiddenSize)..];
        ColumnMajor.MultiplyTransposed<T>(
            _recurrentRows,
            HiddenSize,
            count,
            da[(_gateRows - _recurrentRows)..],
            _gateRows,
            s_prev,
            HiddenSize,
            W.Gradient,
            _recurrentRows,
            add
        );
        if (_takesFeatures)
        {
            _inputs.FeatureGradients(_batch.Features.Slice(first, count), da);
        }

        _inputs.Gradients(below, columns, _gates.Span, addToBelow, add);
    }

    // ---- Padding: the state goes through unchanged, and so does its gradient ----

    private protected virtual void CarryThrough(int t, int n)
    {
        Previous(t).Slice(n * HiddenSize, HiddenSize).CopyTo(State(t, n, 1));
    }

    private protected virtual void PassBack(int t, int n)
    {
        Gates(t, n, 1).Clear();
        ColumnMajor.Add(StateGradient(t, n, 1), PreviousGradient(t, n, 1));
    }

    private bool IsPadding(int t, int n) => !_batch!.Mask[(t * BatchSize) + n];

    // Finds the next sequences, lying side by side, that have a step t.
    private bool NextRun(int t, ref int first, out int count)
    {
        count = 0;
        if (!_batch!.HasMask)
        {
            count = first == 0 ? BatchSize : 0;
            return count > 0;
        }

        var mask = _batch.Mask.Slice(t * BatchSize, BatchSize);
        while (first < mask.Length && !mask[first])
        {
            first++;
        }

        while (first + count < mask.Length && mask[first + count])
        {
            count++;
        }

        return count > 0;
    }

    // ---- Which steps, in what order ----

    // The time step that is the i-th to be computed.
    private int Time(int i) => Options.Reversed ? Steps - 1 - i : i;

    // One product takes many steps, but no more than fit the second-level cache with their gates.
    private int StepsAtOnce =>
        Math.Max(
            1,
            Math.Clamp(BytesAtOnce / (_gateRows * Unsafe.SizeOf<T>()), MinColumnsAtOnce, MaxColumnsAtOnce) / BatchSize
        );

    // The columns of StepsAtOnce steps, from the i-th computed one on.
    private Range ColumnsFrom(int i)
    {
        var count = Math.Min(StepsAtOnce, Steps - i);
        var t = Options.Reversed ? Steps - i - count : i;
        return (t * BatchSize)..((t + count) * BatchSize);
    }

    // ---- Where things lie ----

    // The states' buffer has T + 1 blocks of B columns: one block more than there are steps, because s_0 needs a place.
    // It lies before the first step that is computed, so in a reversed layer it is the last block.
    private protected int StartBlock => Options.Reversed ? Steps : 0;

    private protected int EndBlock => Options.Reversed ? 0 : Steps;

    private protected int StateBlock(int t) => Options.Reversed ? t : t + 1;

    private protected int PreviousBlock(int t) => Options.Reversed ? t + 1 : t;

    private protected Span<T> Block(Span<T> buffer, int block) => Part(buffer, block, 0, BatchSize);

    private protected Span<T> Gates(int t, int first, int count) =>
        _gates.Span.Slice(((t * BatchSize) + first) * _gateRows, count * _gateRows);

    private protected Span<T> State(int t, int first, int count) =>
        Part(_states.AllValues, StateBlock(t), first, count);

    private protected Span<T> Previous(int t, int first, int count) =>
        Part(_states.AllValues, PreviousBlock(t), first, count);

    private protected Span<T> StateGradient(int t, int first, int count) =>
        Part(_states.AllGradients, StateBlock(t), first, count);

    private protected Span<T> PreviousGradient(int t, int first, int count) =>
        Part(_states.AllGradients, PreviousBlock(t), first, count);

    private protected Span<T> Part(Span<T> buffer, int block, int first, int count) =>
        buffer.Slice(((block * BatchSize) + first) * HiddenSize, count * HiddenSize);

    private Span<T> Previous(int t) => Previous(t, 0, BatchSize);

    private Span<T> PreviousGradient(int t) => PreviousGradient(t, 0, BatchSize);

    private Span<T> RecurrentGates(int t) => Gates(t, 0, BatchSize)[(_gateRows - _recurrentRows)..];

    private protected virtual void Reserve()
    {
        _gates.Reserve(checked(_gateRows * _batch!.Columns));
        _states.Reserve(Options.Reversed ? 0 : BatchSize, _batch.Columns, Options.Reversed ? BatchSize : 0);
    }
}
