using System.Numerics;
using RnnCourse.Blas;
using RnnCourse.Core;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>
/// Long short-term memory: beside the state runs a cell c that is only ever scaled and added to, so that gradients
/// survive many steps.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para><c>i, f, o = σ(U x_i + W s_{i−1} + b)</c>, <c>g = tanh(U x_i + W s_{i−1} + b)</c>, each gate with its own rows
/// of U, W and b;
/// <c>c_i = f ⊙ c_{i−1} + i ⊙ g</c>, <c>s_i = o ⊙ tanh(c_i)</c>.</para>
/// <para>Hochreiter and Schmidhuber, "Long short-term memory", 1997, with the forget gate of Gers, Schmidhuber and
/// Cummins, "Learning to forget", 2000. The gates lie in the order i, f, g, o, as in PyTorch: U is (4H, D), W (4H, H),
/// b (4H).</para>
/// </remarks>
public sealed class LstmLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StartState<T> _cellStart;
    private readonly AlignedBuffer<T> _cells = new(); // c_0 … c_T, shape (H, (T + 1)·B), blocks as the states'
    private readonly AlignedBuffer<T> _cellTanh = new(); // tanh(c_i), shape (H, (T + 1)·B)
    private readonly AlignedBuffer<T> _cellGradient = new(); // dc_i of the step that the backward pass is at, shape (H, B)

    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and how it is walked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public LstmLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 4, recurrentGates: 4, gates: 4) =>
        _cellStart = new(options.LearntStart ? new($"{name}.c_0", HiddenSize, 1) : null, HiddenSize);

    private LstmLayer(LstmLayer<T> original)
        : base(original) => _cellStart = new(original.c_0?.Twin(), HiddenSize);

    /// <summary>The cell before the first step, shape (H), if it is learnt.</summary>
    public Parameter<T>? c_0 => _cellStart.Learnt;

    /// <inheritdoc/>
    public override IEnumerable<Parameter<T>> Parameters => c_0 is null ? base.Parameters : [.. base.Parameters, c_0];

    internal override IReadOnlyList<StartState<T>> Starts => [.. base.Starts, _cellStart];

    /// <summary>Draws new weights as the other layers do; the forget gate's bias starts at
    /// <see cref="LayerOptions.ForgetBias"/>.</summary>
    /// <inheritdoc/>
    /// <remarks>A bias of 1 lets a new network remember: Jozefowicz, Zaremba and Sutskever, "An empirical exploration
    /// of recurrent network architectures", 2015, section 2.2.</remarks>
    public override void Initialise(SeededRandom random)
    {
        base.Initialise(random);
        b.Values.AsSpan(HiddenSize, HiddenSize).Fill(T.CreateChecked(Options.ForgetBias));
    }

    internal override RecurrentLayer<T> Twin() => new LstmLayer<T>(this);

    internal override void StartFromEnd()
    {
        base.StartFromEnd();
        _cellStart.Give(Block(_cells.Span, EndBlock));
    }

    // ---- Forward ----

    private protected override void BeginForward() => _cellStart.Fill(Block(_cells.Span, StartBlock));

    private protected override unsafe void StepForward(int t, int first, int count, ref CellStep<T> step)
    {
        fixed (
            T* c_prev = Part(_cells.Span, PreviousBlock(t), first, count),
                c = Part(_cells.Span, StateBlock(t), first, count)
        )
        fixed (T* tanh_c = Part(_cellTanh.Span, StateBlock(t), first, count))
        {
            step.PreviousCell = c_prev;
            step.Cell = c;
            step.CellTanh = tanh_c;
            CellWidth.Forward<LstmCell<T>, T>(step);
        }
    }

    private protected override void CarryThrough(int t, int n)
    {
        base.CarryThrough(t, n);
        Part(_cells.Span, PreviousBlock(t), n, 1).CopyTo(Part(_cells.Span, StateBlock(t), n, 1));
    }

    // ---- Backward ----

    private protected override void BeginBackward() => _cellGradient.Span.Clear();

    private protected override unsafe void StepBackward(int t, int first, int count, ref CellStep<T> step)
    {
        fixed (
            T* c_prev = Part(_cells.Span, PreviousBlock(t), first, count),
                tanh_c = Part(_cellTanh.Span, StateBlock(t), first, count)
        )
        fixed (T* dc = Part(_cellGradient.Span, 0, first, count))
        {
            step.PreviousCell = c_prev;
            step.CellTanh = tanh_c;
            step.CellGradient = dc;
            CellWidth.Backward<LstmCell<T>, T>(step);
        }
    }

    private protected override void EndBackward() => _cellStart.Learn(Block(_cellGradient.Span, 0));

    private protected override void Reserve()
    {
        base.Reserve();
        _cells.Reserve(checked((Steps + 1) * BatchSize * HiddenSize));
        _cellTanh.Reserve(_cells.Length);
        _cellGradient.Reserve(BatchSize * HiddenSize);
    }
}
