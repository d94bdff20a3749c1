using System.Numerics;
using System.Numerics.Tensors;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>
/// A layer with a recurrent connection: the walk through time, forward and back, that all cells share. A cell says only what
/// one step computes from its gates, and how that is differentiated.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Sizes: D numbers in an input, H in a state, T steps, B sequences; G rows of H gates.</para>
/// <para>At each step the gates, shape (G·H, B), are <c>a_i = U x_i + W s_{i−1} + b</c>. U reaches the first rows of the gates
/// and W the last; in a cell where these are not the same rows (GRU), the ones between belong to both.</para>
/// <para>Why it is fast: columns of one step lie side by side, so that <c>W s_{i−1}</c> is one product for the whole batch. Only that one
/// must wait for the step before. <c>U x_i</c> is one product for all steps (for one-hot inputs none: a column of U is looked
/// up), and so is the gradient of each parameter. The backward pass writes the gates' gradients over the gates.</para>
/// </remarks>
public abstract class RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Signal<T> _states;
    private readonly int _inputRows, _recurrentRows, _gateRows;
    private readonly StartState<T> _start;
    private T[] _gates = [];
    private T[] _turnedW = [];
    private SequenceBatch<T>? _batch;

    private protected RecurrentLayer(string name, int inputSize, LayerOptions options, int inputGates, int recurrentGates, int gates)
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
    }

    // Makes a twin: the same numbers, its own gradients and buffers.
    private protected RecurrentLayer(RecurrentLayer<T> original)
    {
        (Name, Options, InputSize, HiddenSize) = (original.Name, original.Options, original.InputSize, original.HiddenSize);
        (_inputRows, _recurrentRows, _gateRows) = (original._inputRows, original._recurrentRows, original._gateRows);
        (U, W, b) = (original.U.Twin(), original.W.Twin(), original.b.Twin());
        _start = new(original.s_0?.Twin(), HiddenSize);
        _states = new(HiddenSize);
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

    /// <summary>Where each thing that is carried from step to step starts: the state, and in an LSTM the cell.</summary>
    internal virtual IReadOnlyList<StartState<T>> Starts => [_start];

    /// <summary>Makes the next batch start where this one ended.</summary>
    internal virtual void StartFromEnd() => _start.Give(Block(_states.AllValues, EndBlock));

    /// <summary>Draws new weights: U and W uniformly from ±1/√H, row after row; biases and s_0 are set to zero.</summary>
    /// <param name="random">Where the numbers are drawn from.</param>
    public virtual void Initialise(SeededRandom random)
    {
        foreach (var parameter in Parameters) parameter.Values.AsSpan().Clear();
        Initialisation.Uniform(U, HiddenSize, random);
        Initialisation.Uniform(W, HiddenSize, random);
    }

    /// <summary>Makes a layer on the same parameters, with gradients and buffers of its own, for another core to work with.</summary>
    internal abstract RecurrentLayer<T> Twin();

    // ---- What a cell adds: one step, for `count` sequences from `first` on ----

    /// <summary>From the gates a_t and the previous state to the state.</summary>
    private protected abstract void StepForward(int t, int first, int count);

    /// <summary>From the state's gradient to the gates', written over the gates; adds what reaches the previous state other than through W.</summary>
    private protected abstract void StepBackward(int t, int first, int count);

    /// <summary>What else starts before the first step.</summary>
    private protected virtual void BeginForward()
    {
    }

    /// <summary>What else the backward pass starts with.</summary>
    private protected virtual void BeginBackward()
    {
    }

    /// <summary>What else the backward pass ends with.</summary>
    private protected virtual void EndBackward()
    {
    }

    // ---- Forward ----

    /// <summary>Runs the layer over a batch.</summary>
    /// <param name="batch">The sizes, the mask, and the inputs if <paramref name="below"/> is empty; those are then symbols.</param>
    /// <param name="below">The inputs, one signal under the other; their rows sum to D.</param>
    internal void Forward(SequenceBatch<T> batch, ReadOnlySpan<Signal<T>> below)
    {
        _batch = batch;
        Reserve();
        _start.Fill(Block(_states.AllValues, StartBlock));
        Block(_states.AllGradients, StartBlock).Clear();
        BeginForward();
        if (!below.IsEmpty) Vectors.Repeat<T>(b.Values, _gates.AsSpan(0, _gateRows * batch.Columns));
        var column = 0;
        foreach (var x in below)
        {
            Products.Multiply<T>(_inputRows, batch.Columns, x.Rows,
                U.Values.AsSpan(column * _inputRows), _inputRows, x.Values, x.Rows, _gates, _gateRows, add: true);
            column += x.Rows;
        }

        for (var i = 0; i < Steps; i++)
        {
            var t = Options.Reversed ? Steps - 1 - i : i;
            if (below.IsEmpty) LookUpInputs(t);
            Products.Multiply(_recurrentRows, BatchSize, HiddenSize,
                W.Values, _recurrentRows, Previous(t), HiddenSize, RecurrentGates(t), _gateRows, add: true);
            for (int first = 0; NextRun(t, ref first, out var count); first += count) StepForward(t, first, count);
            for (var n = 0; batch.HasMask && n < BatchSize; n++)
                if (IsPadding(t, n)) CarryThrough(t, n);
        }
    }

    // A one-hot input picks a column of U: the product U x_i without a product.
    private void LookUpInputs(int t)
    {
        var symbols = _batch!.Symbols.Slice(t * BatchSize, BatchSize);
        for (var n = 0; n < symbols.Length; n++)
        {
            var a = Gates(t, n, 1);
            if (symbols[n] < 0) b.Values.CopyTo(a);
            else TensorPrimitives.Add(b.Values.AsSpan(0, _inputRows), ColumnOf(U.Values, symbols[n]), a);
            b.Values.AsSpan(_inputRows).CopyTo(a[_inputRows..]);
        }
    }

    /// <summary>The states whose outputs are read: all, shape (H, T·B), or the last one of each sequence, shape (H, B).</summary>
    internal ReadOnlySpan<T> Read(ReadOut readOut) =>
        readOut == ReadOut.EveryStep ? _states.Values : Block(_states.AllValues, EndBlock);

    // ---- Backward ----

    /// <summary>Where to write the gradient of <see cref="Read"/>'s states; those that are not read get zero.</summary>
    internal Span<T> ReadGradient(ReadOut readOut)
    {
        if (readOut == ReadOut.EveryStep) return _states.Gradient;
        _states.AllGradients[..((Steps + 1) * BatchSize * HiddenSize)].Clear();
        return Block(_states.AllGradients, EndBlock);
    }

    /// <summary>Backpropagation through time: from the gradient of the states (set by the layers above) to that of each parameter and input.</summary>
    /// <param name="below">What <see cref="Forward"/> was given.</param>
    /// <param name="add">Whether the inputs' gradients are added to what another layer has written there.</param>
    internal void Backward(ReadOnlySpan<Signal<T>> below, bool add)
    {
        var batch = _batch ?? throw new InvalidOperationException("There is nothing to differentiate: run the forward pass first.");
        BeginBackward();
        // Wᵀ is used at each step: where there are many, it is worth writing it down once.
        var turned = Steps >= 8 && BatchSize >= 8;
        if (turned) Vectors.Transpose<T>(W.Values, _recurrentRows, HiddenSize, ref _turnedW);
        for (var i = Steps - 1; i >= 0; i--)
        {
            var t = Options.Reversed ? Steps - 1 - i : i;
            for (int first = 0; NextRun(t, ref first, out var count); first += count) StepBackward(t, first, count);
            for (var n = 0; batch.HasMask && n < BatchSize; n++)
                if (IsPadding(t, n)) PassBack(t, n);
            if (turned)
            {
                Products.Multiply<T>(HiddenSize, BatchSize, _recurrentRows,
                    _turnedW, HiddenSize, RecurrentGates(t), _gateRows, PreviousGradient(t), HiddenSize, add: true);
            }
            else
            {
                Products.TransposedMultiply<T>(HiddenSize, BatchSize, _recurrentRows,
                    W.Values, _recurrentRows, RecurrentGates(t), _gateRows, PreviousGradient(t), HiddenSize, add: true);
            }
        }

        _start.Learn(Block(_states.AllGradients, StartBlock));
        EndBackward();
        ParameterGradients(below);
        var column = 0;
        foreach (var x in below)
        {
            Products.TransposedMultiply<T>(x.Rows, batch.Columns, _inputRows,
                U.Values.AsSpan(column * _inputRows), _inputRows, _gates, _gateRows, x.Gradient, x.Rows, add);
            column += x.Rows;
        }
    }

    // A parameter is used at every step, so its gradient is a sum over the steps: one product with k = T·B.
    private void ParameterGradients(ReadOnlySpan<Signal<T>> below)
    {
        var columns = _batch!.Columns;
        var da = _gates.AsSpan(0, _gateRows * columns);
        var s_prev = _states.AllValues[(Options.Reversed ? BatchSize * HiddenSize : 0)..];
        Products.MultiplyTransposed<T>(_recurrentRows, HiddenSize, columns,
            da[Math.Min(da.Length, _gateRows - _recurrentRows)..], _gateRows, s_prev, HiddenSize, W.Gradient, _recurrentRows);
        var column = 0;
        foreach (var x in below)
        {
            Products.MultiplyTransposed<T>(_inputRows, x.Rows, columns,
                da, _gateRows, x.Values, x.Rows, U.Gradient.AsSpan(column * _inputRows), _inputRows);
            column += x.Rows;
        }

        if (below.IsEmpty) LookUpGradients(da);
        else BiasGradient(da);
    }

    private void BiasGradient(ReadOnlySpan<T> da)
    {
        b.Gradient.AsSpan().Clear();
        Vectors.AddColumns(da, b.Gradient);
    }

    // The gradient of a looked-up column is the sum of the gates' gradients at all places where it was looked up. As each place is in
    // one such sum, the bias's gradient is the sum of these few columns; it need not go through all places again.
    private void LookUpGradients(ReadOnlySpan<T> da)
    {
        U.Gradient.AsSpan().Clear();
        b.Gradient.AsSpan().Clear();
        var fromInput = b.Gradient.AsSpan(0, _inputRows);
        var others = b.Gradient.AsSpan(_inputRows);
        var symbols = _batch!.Symbols;
        for (var column = 0; column < symbols.Length; column++)
        {
            var da_column = da.Slice(column * _gateRows, _gateRows);
            var sum = symbols[column] < 0 ? fromInput : ColumnOf(U.Gradient, symbols[column]);
            TensorPrimitives.Add(sum, da_column[.._inputRows], sum);
            if (!others.IsEmpty) TensorPrimitives.Add(others, da_column[_inputRows..], others);
        }

        Vectors.AddColumns(U.Gradient, fromInput);
    }

    // ---- Padding: the state goes through unchanged, and so does its gradient ----

    private protected virtual void CarryThrough(int t, int n)
    {
        Previous(t).Slice(n * HiddenSize, HiddenSize).CopyTo(State(t, n, 1));
    }

    private protected virtual void PassBack(int t, int n)
    {
        Gates(t, n, 1).Clear();
        var ds_prev = PreviousGradient(t, n, 1);
        TensorPrimitives.Add(ds_prev, StateGradient(t, n, 1), ds_prev);
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
        while (first < mask.Length && !mask[first]) first++;
        while (first + count < mask.Length && mask[first + count]) count++;
        return count > 0;
    }

    // ---- Where things lie ----

    // The states' buffer has T + 1 blocks of B columns: one block more than there are steps, because s_0 needs a place. It lies before
    // the first step that is computed, so for a layer that walks from the end it is the last block.
    private protected int StartBlock => Options.Reversed ? Steps : 0;

    private protected int EndBlock => Options.Reversed ? 0 : Steps;

    private protected int StateBlock(int t) => Options.Reversed ? t : t + 1;

    private protected int PreviousBlock(int t) => Options.Reversed ? t + 1 : t;

    private protected Span<T> Block(Span<T> buffer, int block) => Part(buffer, block, 0, BatchSize);

    private protected Span<T> Gates(int t, int first, int count) => _gates.AsSpan(((t * BatchSize) + first) * _gateRows, count * _gateRows);

    private protected Span<T> State(int t, int first, int count) => Part(_states.AllValues, StateBlock(t), first, count);

    private protected Span<T> Previous(int t, int first, int count) => Part(_states.AllValues, PreviousBlock(t), first, count);

    private protected Span<T> StateGradient(int t, int first, int count) => Part(_states.AllGradients, StateBlock(t), first, count);

    private protected Span<T> PreviousGradient(int t, int first, int count) => Part(_states.AllGradients, PreviousBlock(t), first, count);

    private protected Span<T> Part(Span<T> buffer, int block, int first, int count) =>
        buffer.Slice(((block * BatchSize) + first) * HiddenSize, count * HiddenSize);

    private Span<T> Previous(int t) => Previous(t, 0, BatchSize);

    private Span<T> PreviousGradient(int t) => PreviousGradient(t, 0, BatchSize);

    private Span<T> RecurrentGates(int t) => Gates(t, 0, BatchSize)[(_gateRows - _recurrentRows)..];

    private Span<T> ColumnOf(T[] matrix, int column) => matrix.AsSpan(column * _inputRows, _inputRows);

    private protected virtual void Reserve()
    {
        Sizes.Reserve(ref _gates, checked(_gateRows * _batch!.Columns));
        _states.Reserve(Options.Reversed ? 0 : BatchSize, _batch.Columns, Options.Reversed ? BatchSize : 0);
    }
}
