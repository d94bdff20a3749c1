using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas;
using RnnCourse.Core;
using RnnCourse.Model.Cells;

namespace RnnCourse.Model;

/// <summary>
/// Long short-term memory: beside the state there is a cell c that is only scaled and added to, so that gradients
/// survive many steps.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para><c>i, f, o = σ(U x_i + W s_{i−1} + b)</c>, <c>g = tanh(U x_i + W s_{i−1} + b)</c>, each gate with its own rows
/// of U, W and b; <c>c_i = f ⊙ c_{i−1} + i ⊙ g</c>, <c>s_i = o ⊙ tanh(c_i)</c>.</para>
/// <para>Hochreiter and Schmidhuber, "Long short-term memory", 1997, with the forget gate of Gers, Schmidhuber and
/// Cummins, "Learning to forget", 2000. The gates lie in the order i, f, g, o, as in PyTorch: U is (4H, D), W (4H, H),
/// b (4H).</para>
/// </remarks>
internal sealed class LstmLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StartState<T> _cellStart;
    private readonly AlignedBuffer<T> _cells = new(); // c_0 … c_T, shape (H, (T + 1)·B), blocks as the states'
    private readonly AlignedBuffer<T> _cellTanh = new(); // tanh(c_i), shape (H, (T + 1)·B)
    private readonly AlignedBuffer<T> _cellGradient = new(); // dc_i of the current backward step, shape (H, B)

    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="name">What the layer is called.</param>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="options">The size of the state and the direction of the layer.</param>
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

    /// <summary>Draws new weights as the other layers do; the forget gate's bias starts at <see
    /// cref="LayerOptions.ForgetBias"/>.</summary>
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
            CellRunner.Forward<LstmCell<T>, T>(step);
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
            CellRunner.Backward<LstmCell<T>, T>(step);
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

/// <summary>The LSTM's step on numbers: <c>c_t = f ⊙ c_{t−1} + i ⊙ g</c>, <c>s_t = o ⊙ tanh(c_t)</c>. The gates lie in
/// the order i, f, g, o.</summary>
/// <remarks>One nonlinearity per loop: the compiler inlines only so much into one method, and a call per register costs
/// more than a second pass over the first-level cache.</remarks>
internal readonly unsafe struct LstmCell<T> : ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Forward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H,
            ahead = H * step.Ahead;
        T* i = step.Gates,
            f = i + H,
            g = f + H,
            o = g + H;
        T* c_prev = step.PreviousCell,
            c = step.Cell,
            tanh_c = step.CellTanh,
            s = step.State,
            b = step.Bias,
            u = step.FromInput;
        GateActivation<T>.Sigmoid<TSimd, TVector>(i, b, u, 2 * H);
        GateActivation<T>.Tanh<TSimd, TVector>(g, b + (2 * H), u + (2 * H), g, H);
        GateActivation<T>.Sigmoid<TSimd, TVector>(o, b + (3 * H), u + (3 * H), H);
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            RegisterMath<TSimd, TVector, T>.FetchFour(i + h + (4 * ahead), H);
            RegisterMath<TSimd, TVector, T>.Fetch(c + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(tanh_c + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(s + h + ahead);
            var c_h = TSimd.Multiply(
                RegisterMath<TSimd, TVector, T>.Load(f + h, left),
                RegisterMath<TSimd, TVector, T>.Load(c_prev + h, left)
            );
            c_h = TSimd.MultiplyAdd(
                RegisterMath<TSimd, TVector, T>.Load(i + h, left),
                RegisterMath<TSimd, TVector, T>.Load(g + h, left),
                c_h
            );
            var tanh_h = RegisterMath<TSimd, TVector, T>.Tanh(c_h);
            RegisterMath<TSimd, TVector, T>.Store(c + h, c_h, left);
            RegisterMath<TSimd, TVector, T>.Store(tanh_c + h, tanh_h, left);
            RegisterMath<TSimd, TVector, T>.Store(
                s + h,
                TSimd.Multiply(RegisterMath<TSimd, TVector, T>.Load(o + h, left), tanh_h),
                left
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ICell<T>.Backward<TSimd, TVector>(in CellStep<T> step)
    {
        nint H = step.H,
            ahead = H * step.Ahead;
        var one = TSimd.Constant(1);
        T* i = step.Gates,
            f = i + H,
            g = f + H,
            o = g + H;
        T* c_prev = step.PreviousCell,
            tanh_c = step.CellTanh,
            ds = step.StateGradient,
            dc = step.CellGradient,
            du = step.InputGradient;
        for (nint h = 0; h < H; h += TSimd.Lanes)
        {
            var left = (int)(H - h);
            RegisterMath<TSimd, TVector, T>.FetchFour(i + h + (4 * ahead), H);
            RegisterMath<TSimd, TVector, T>.Fetch(c_prev + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(tanh_c + h + ahead);
            RegisterMath<TSimd, TVector, T>.Fetch(ds + h + ahead);
            TVector i_h = RegisterMath<TSimd, TVector, T>.Load(i + h, left),
                f_h = RegisterMath<TSimd, TVector, T>.Load(f + h, left);
            TVector g_h = RegisterMath<TSimd, TVector, T>.Load(g + h, left),
                o_h = RegisterMath<TSimd, TVector, T>.Load(o + h, left);
            TVector ds_h = RegisterMath<TSimd, TVector, T>.Load(ds + h, left),
                tanh_h = RegisterMath<TSimd, TVector, T>.Load(tanh_c + h, left);

            // ds o' and dc + ds o (1 − tanh²)
            var do_h = TSimd.Multiply(TSimd.Multiply(ds_h, tanh_h), TSimd.Multiply(o_h, TSimd.Subtract(one, o_h)));
            var dc_h = TSimd.MultiplyAdd(
                TSimd.Multiply(ds_h, o_h),
                TSimd.Subtract(one, TSimd.Multiply(tanh_h, tanh_h)),
                RegisterMath<TSimd, TVector, T>.Load(dc + h, left)
            );
            var di_h = TSimd.Multiply(TSimd.Multiply(dc_h, g_h), TSimd.Multiply(i_h, TSimd.Subtract(one, i_h)));
            var dc_prev = TSimd.Multiply(dc_h, f_h);
            var df_h = TSimd.Multiply(
                TSimd.Multiply(dc_prev, RegisterMath<TSimd, TVector, T>.Load(c_prev + h, left)),
                TSimd.Subtract(one, f_h)
            );
            var dg_h = TSimd.Multiply(TSimd.Multiply(dc_h, i_h), TSimd.Subtract(one, TSimd.Multiply(g_h, g_h)));
            RegisterMath<TSimd, TVector, T>.Store(i + h, di_h, left);
            RegisterMath<TSimd, TVector, T>.Store(f + h, df_h, left);
            RegisterMath<TSimd, TVector, T>.Store(g + h, dg_h, left);
            RegisterMath<TSimd, TVector, T>.Store(o + h, do_h, left);
            RegisterMath<TSimd, TVector, T>.Store(dc + h, dc_prev, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h, di_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h + H, df_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h + (2 * H), dg_h, left);
            RegisterMath<TSimd, TVector, T>.AddTo(du + h + (3 * H), do_h, left);
        }
    }
}
