using RnnCourse.Model;

namespace RnnCourse.Tasks;

/// <summary>The settings of a task's model and its training.</summary>
public sealed record TaskSettings
{
    /// <summary>The recurrent cell.</summary>
    public CellKind Cell { get; init; } = CellKind.Gru;

    /// <summary>H, the size of a layer's state.</summary>
    public int HiddenSize { get; init; } = 64;

    /// <summary>The number of stacked recurrent layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether the model reads from both ends; only for tasks that see the whole sequence at once.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The share of the states that dropout sets to zero between layers while training.</summary>
    public double Dropout { get; init; }

    /// <summary>B, how many sequences a batch has.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How many steps to train.</summary>
    public long Steps { get; init; } = 2000;

    /// <summary>The number of epochs to train; 0 to use <see cref="Steps"/>.</summary>
    public double Epochs { get; init; }

    /// <summary>The learning rate after the warm-up; it falls to 0 along half a cosine wave.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>AdamW's weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The random share of words that is hidden while training, so that the model does not memorise single
    /// texts.</summary>
    public double WordDropout { get; init; }

    /// <summary>The largest norm of a gradient.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>How many steps go back through time in running text, or how many numbers a forecast looks
    /// back.</summary>
    public int Window { get; init; } = 64;

    /// <summary>The seed of the weights and of the order of the data.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>After how many steps the dev part is measured; the best model is kept.</summary>
    public int ValidateEvery { get; init; } = 200;

    /// <summary>Training stops after this many measurements without improvement; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>How many cores to use; 0 for all. The result is the same to the bit.</summary>
    public int Threads { get; init; }

    /// <summary>Checks that the settings are in range.</summary>
    /// <exception cref="ArgumentException">A setting is out of range; the message says which.</exception>
    internal void Validate()
    {
        void Require(bool holds, string what)
        {
            if (!holds)
            {
                throw new ArgumentException(what);
            }
        }

        Require(HiddenSize is >= 1 and <= 8192, $"The hidden size is {HiddenSize}; it goes from 1 to 8192.");
        Require(Layers is >= 1 and <= 16, $"There are {Layers} layers; 1 to 16 are possible.");
        Require(Dropout is >= 0 and < 1, $"The dropout is {Dropout}; it is a share, from 0 to below 1.");
        Require(WordDropout is >= 0 and < 1, $"The share of hidden words is {WordDropout}; it goes from 0 to below 1.");
        Require(BatchSize is >= 1 and <= 65536, $"The batch size is {BatchSize}; it goes from 1 to 65536.");
        Require(Steps >= 1, $"There are {Steps} steps to train; there must be at least one.");
        Require(Epochs >= 0 && double.IsFinite(Epochs), $"The number of epochs is {Epochs}; it cannot be negative.");
        Require(
            LearningRate > 0 && double.IsFinite(LearningRate),
            $"The learning rate is {LearningRate}; it must be above 0."
        );
        Require(
            WeightDecay >= 0 && double.IsFinite(WeightDecay),
            $"The weight decay is {WeightDecay}; it must not be negative."
        );
        Require(ClipNorm > 0, $"The largest norm of a gradient is {ClipNorm}; it must be above 0.");
        Require(Window >= 1, $"The window is {Window}; it must be at least 1.");
        Require(ValidateEvery >= 1, $"The dev part is measured every {ValidateEvery} steps; it must be at least 1.");
        Require(Patience >= 0, $"The patience is {Patience}; it must not be negative.");
        Require(Threads >= 0, $"The number of threads is {Threads}; it must not be negative.");
    }
}
