using System.Numerics;
using System.Numerics.Tensors;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>
/// Long short-term memory: beside the state runs a cell c that is only ever scaled and added to, so that gradients survive many steps.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para><c>i, f, o = σ(U x_i + W s_{i−1} + b)</c>, <c>g = tanh(U x_i + W s_{i−1} + b)</c>, each gate with its own rows of U, W and b;
/// <c>c_i = f ⊙ c_{i−1} + i ⊙ g</c>, <c>s_i = o ⊙ tanh(c_i)</c>.</para>
/// <para>Hochreiter and Schmidhuber, "Long short-term memory", 1997, with the forget gate of Gers, Schmidhuber and Cummins, "Learning to
/// forget", 2000. The gates lie in the order i, f, g, o, as in PyTorch: U is (4H, D), W (4H, H), b (4H).</para>
/// </remarks>
public sealed class LstmLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StartState<T> _cellStart;
    private T[] _cells = [];            // c_0 … c_T, shape (H, (T + 1)·B), blocks as the states'
    private T[] _cellTanh = [];         // tanh(c_i), shape (H, (T + 1)·B)
    private T[] _cellGradient = [];     // dc_i of the step that the backward pass is at, shape (H, B)

    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and how it is walked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public LstmLayer(string name, int inputSize, LayerOptions options)
        : base(name, inputSize, options, inputGates: 4, recurrentGates: 4, gates: 4) =>
        _cellStart = new(options.LearntStart ? new($"{name}.c_0", HiddenSize, 1) : null, HiddenSize);

    private LstmLayer(LstmLayer<T> original)
        : base(original) =>
        _cellStart = new(original.c_0?.Twin(), HiddenSize);

    /// <summary>The cell before the first step, shape (H), if it is learnt.</summary>
    public Parameter<T>? c_0 => _cellStart.Learnt;

    /// <inheritdoc/>
    public override IEnumerable<Parameter<T>> Parameters => c_0 is null ? base.Parameters : [.. base.Parameters, c_0];

    internal override IReadOnlyList<StartState<T>> Starts => [.. base.Starts, _cellStart];

    /// <summary>Draws new weights as the other layers do; the forget gate's bias starts at <see cref="LayerOptions.ForgetBias"/>.</summary>
    /// <inheritdoc/>
    /// <remarks>A bias of 1 lets a new network remember: Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent
    /// network architectures", 2015, section 2.2.</remarks>
    public override void Initialise(SeededRandom random)
    {
        base.Initialise(random);
        b.Values.AsSpan(HiddenSize, HiddenSize).Fill(T.CreateChecked(Options.ForgetBias));
    }

    internal override RecurrentLayer<T> Twin() => new LstmLayer<T>(this);

    internal override void StartFromEnd()
    {
        base.StartFromEnd();
        _cellStart.Give(Block(_cells, EndBlock));
    }

    // ---- Forward ----

    private protected override void BeginForward() => _cellStart.Fill(Block(_cells, StartBlock));

    private protected override void StepForward(int t, int first, int count)
    {
        var H = HiddenSize;
        for (var k = first; k < first + count; k++)
        {
            var a = Gates(t, k, 1);
            Span<T> c = Part(_cells, StateBlock(t), k, 1), tanh_c = Part(_cellTanh, StateBlock(t), k, 1);
            TensorPrimitives.Sigmoid(a[..(2 * H)], a);
            TensorPrimitives.Tanh(a.Slice(2 * H, H), a[(2 * H)..]);
            TensorPrimitives.Sigmoid(a[(3 * H)..], a[(3 * H)..]);
            TensorPrimitives.Multiply(a.Slice(H, H), Part(_cells, PreviousBlock(t), k, 1), c);
            TensorPrimitives.MultiplyAdd(a[..H], a.Slice(2 * H, H), c, c);
            TensorPrimitives.Tanh(c, tanh_c);
            TensorPrimitives.Multiply(a[(3 * H)..], tanh_c, State(t, k, 1));
        }
    }

    private protected override void CarryThrough(int t, int n)
    {
        base.CarryThrough(t, n);
        Part(_cells, PreviousBlock(t), n, 1).CopyTo(Part(_cells, StateBlock(t), n, 1));
    }

    // ---- Backward ----

    private protected override void BeginBackward() => _cellGradient.AsSpan().Clear();

    private protected override void StepBackward(int t, int first, int count)
    {
        var H = HiddenSize;
        for (var k = first; k < first + count; k++)
        {
            var a = Gates(t, k, 1);
            Span<T> i = a[..H], f = a.Slice(H, H), g = a.Slice(2 * H, H), o = a[(3 * H)..];
            ReadOnlySpan<T> ds = StateGradient(t, k, 1);
            ReadOnlySpan<T> c_prev = Part(_cells, PreviousBlock(t), k, 1), tanh_c = Part(_cellTanh, StateBlock(t), k, 1);
            var dc = Part(_cellGradient, 0, k, 1);
            for (var h = 0; h < ds.Length; h += Vector<T>.Count)
            {
                Vector<T> i_h = Lanes.Load<T>(i, h), f_h = Lanes.Load<T>(f, h), g_h = Lanes.Load<T>(g, h), o_h = Lanes.Load<T>(o, h);
                Vector<T> ds_h = Lanes.Load(ds, h), tanh_h = Lanes.Load(tanh_c, h);
                var dc_h = Lanes.Load<T>(dc, h) + (ds_h * o_h * (Vector<T>.One - (tanh_h * tanh_h)));
                (dc_h * g_h * i_h * (Vector<T>.One - i_h)).Store(i, h);
                (dc_h * Lanes.Load(c_prev, h) * f_h * (Vector<T>.One - f_h)).Store(f, h);
                (dc_h * i_h * (Vector<T>.One - (g_h * g_h))).Store(g, h);
                (ds_h * tanh_h * o_h * (Vector<T>.One - o_h)).Store(o, h);
                (dc_h * f_h).Store(dc, h);                                         // for c_{t−1}
            }
        }
    }

    private protected override void EndBackward() => _cellStart.Learn(Block(_cellGradient, 0));

    private protected override void Reserve()
    {
        base.Reserve();
        Sizes.Reserve(ref _cells, checked((Steps + 1) * BatchSize * HiddenSize));
        Sizes.Reserve(ref _cellTanh, _cells.Length);
        Sizes.Reserve(ref _cellGradient, BatchSize * HiddenSize);
    }
}
