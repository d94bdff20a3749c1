namespace RnnCourse.Model;

/// <summary>The architecture of a model: its cell and sizes, without weights.</summary>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="InputSize">D, the size of one input; for one-hot inputs, how many symbols there are.</param>
/// <param name="HiddenSize">H, the size of a layer's state, in each direction.</param>
/// <param name="OutputSize">K, the size of one output.</param>
public sealed record ModelShape(CellKind Cell, int InputSize, int HiddenSize, int OutputSize)
{
    /// <summary>The number of stacked recurrent layers; each reads the states of the one below.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also runs from the last step to the first, so that an output depends on both
    /// sides.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The share of the states that dropout sets to zero between layers while training, from 0 to below
    /// 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the state before the first step is learnt (and in an LSTM the cell); otherwise it is
    /// zero.</summary>
    public bool LearntStart { get; init; }

    /// <summary>The initial bias of an LSTM's forget gates.</summary>
    internal double ForgetBias { get; init; } = 1;

    /// <summary>How many directions a layer has: 1 or 2.</summary>
    internal int Directions => Bidirectional ? 2 : 1;

    /// <summary>Counts the trainable numbers of such a model.</summary>
    /// <returns>The number; the largest long where it does not fit one.</returns>
    internal long CountParameters()
    {
        var (input, recurrent, bias) = Cell switch
        {
            CellKind.Gru => (3, 3, 4),
            CellKind.Lstm => (4, 4, 4),
            _ => (1, 1, 1),
        };
        double H = HiddenSize;
        var count = OutputSize * ((H * Directions) + 1);
        var perLayer = (recurrent * H * H) + (bias * H) + (LearntStart ? H * (Cell == CellKind.Lstm ? 2 : 1) : 0);
        count += Directions * ((Layers * perLayer) + (input * H * (InputSize + ((Layers - 1) * H * Directions))));
        return count < long.MaxValue ? (long)count : long.MaxValue;
    }

    /// <summary>Checks that the sizes can be built.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, the dropout is not from 0 to below 1, or the
    /// cell is unknown.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Cell))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Cell),
                Cell,
                "The value does not name a cell. Take Rnn, Gru or Lstm."
            );
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(InputSize, 1, nameof(InputSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1, nameof(HiddenSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputSize, 1, nameof(OutputSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1, nameof(Layers));
        if (!(Dropout >= 0 && Dropout < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Dropout),
                Dropout,
                "The dropout is a share, from 0 to below 1."
            );
        }

        if (!double.IsFinite(ForgetBias))
        {
            throw new ArgumentOutOfRangeException(
                nameof(ForgetBias),
                ForgetBias,
                "The forget gate's bias must be finite."
            );
        }
    }
}

/// <summary>The recurrent cells.</summary>
public enum CellKind
{
    /// <summary>The simple recurrent cell of the lecture: <see cref="RnnLayer{T}"/>.</summary>
    Rnn,

    /// <summary>The gated recurrent unit: <see cref="GruLayer{T}"/>.</summary>
    Gru,

    /// <summary>Long short-term memory: <see cref="LstmLayer{T}"/>.</summary>
    Lstm,
}

/// <summary>The settings of a recurrent layer, besides its input size.</summary>
/// <param name="HiddenSize">H, the size of the state; at least 1.</param>
/// <param name="Reversed">Whether the layer runs from the last step to the first.</param>
/// <param name="LearntStart">Whether the state before the first step is learnt; otherwise it is zero.</param>
/// <param name="ForgetBias">The initial bias of an LSTM's forget gate.</param>
public sealed record LayerOptions(
    int HiddenSize,
    bool Reversed = false,
    bool LearntStart = false,
    double ForgetBias = 0
);
