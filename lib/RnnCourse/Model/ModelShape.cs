namespace RnnCourse.Model;

/// <summary>What a model is built from: kinds and sizes, no weights.</summary>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="InputSize">D, the size of one input; for one-hot inputs, how many symbols there are.</param>
/// <param name="HiddenSize">H, the size of a layer's state, in each direction.</param>
/// <param name="OutputSize">K, the size of one output.</param>
public sealed record ModelShape(CellKind Cell, int InputSize, int HiddenSize, int OutputSize)
{
    /// <summary>How many recurrent layers lie on top of each other; each reads the states of the one below.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer has a second half that walks from the last step to the first, so that an output sees
    /// both sides.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The share of the states that is dropped between layers while training, from 0 to below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the state before the first step is learnt (and in an LSTM the cell); otherwise it is
    /// zero.</summary>
    public bool LearntStart { get; init; }

    /// <summary>What an LSTM's forget gates' bias starts at.</summary>
    public double ForgetBias { get; init; } = 1;

    /// <summary>How many directions a layer has: 1 or 2.</summary>
    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>Counts the trainable numbers of such a model.</summary>
    /// <returns>The number; where it does not fit a long, the largest long.</returns>
    public long CountParameters()
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
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the dropout is not from 0 to below 1, or the
    /// cell unknown.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Cell))
        {
            throw new ArgumentOutOfRangeException(nameof(Cell), Cell, "There is no such cell.");
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
    /// <summary>The lecture's: <see cref="RnnLayer{T}"/>.</summary>
    Rnn,

    /// <summary>The gated recurrent unit: <see cref="GruLayer{T}"/>.</summary>
    Gru,

    /// <summary>Long short-term memory: <see cref="LstmLayer{T}"/>.</summary>
    Lstm,
}

/// <summary>What a recurrent layer is built from, besides its input's size.</summary>
/// <param name="HiddenSize">H, the size of the state; at least 1.</param>
/// <param name="Reversed">Whether the layer walks from the last step to the first.</param>
/// <param name="LearntStart">Whether the state before the first step is learnt; otherwise it is zero.</param>
/// <param name="ForgetBias">What an LSTM's forget gate's bias starts at.</param>
public sealed record LayerOptions(
    int HiddenSize,
    bool Reversed = false,
    bool LearntStart = false,
    double ForgetBias = 0
);
