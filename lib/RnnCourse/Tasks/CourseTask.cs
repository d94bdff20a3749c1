using System.Security.Cryptography;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>A task with its data read and encoded: what to train on, how to measure, and what to compare
/// with.</summary>
public abstract class CourseTask
{
    private readonly List<string> _remarks = [];
    private readonly TaskData _data;
    private (TrainingItemHashes Items, TrainingItemHashes Pieces)? _trainingItems;
    private IReadOnlyList<PartRecord>? _partRecords;

    private protected CourseTask(string name, TaskData data, string ownSource)
    {
        ArgumentNullException.ThrowIfNull(data);
        _data = data;
        (Name, Source) = (name, data.Origin ?? data.Path ?? ownSource);
    }

    /// <summary>The task's name on the command line.</summary>
    public string Name { get; }

    /// <summary>The origin of the data, as shown to users.</summary>
    public string Source { get; }

    /// <summary>What a user should know about how the data were read, such as which columns were taken: one sentence
    /// each.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The sizes of the parts, as shown to users.</summary>
    public abstract string Sizes { get; }

    /// <summary>The loss to minimise.</summary>
    public virtual ISequenceLoss<float> Loss { get; } = new SoftmaxCrossEntropy<float>();

    /// <summary>What a loss is called in this task, such as "nats per character".</summary>
    public abstract string LossUnit { get; }

    /// <summary>Whether a batch continues where the previous one ended.</summary>
    public virtual bool CarriesState => false;

    /// <summary>Whether a model that reads from both ends makes sense here: not where the next symbol is to be
    /// predicted.</summary>
    internal virtual bool MayReadBothWays => true;

    /// <summary>The architecture of the task's model.</summary>
    /// <param name="settings">The settings.</param>
    public ModelShape Shape(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Cell, InputSize, settings.HiddenSize, OutputSize)
        {
            Layers = settings.Layers,
            Bidirectional = settings.Bidirectional && MayReadBothWays,
            Dropout = settings.Dropout,
        };
    }

    /// <summary>Makes a source of batches of the training part.</summary>
    /// <param name="settings">The settings.</param>
    public abstract IBatchSource<float> Batches(TaskSettings settings);

    /// <summary>How many batches it takes to go through the training part.</summary>
    /// <param name="settings">The settings.</param>
    public abstract long BatchesPerEpoch(TaskSettings settings);

    /// <summary>Measures the loss on the dev part.</summary>
    /// <param name="model">The model; it is not changed.</param>
    public abstract double DevLoss(SequenceModel<float> model);

    /// <summary>Measures a model on the test part.</summary>
    /// <param name="model">The model; it is not changed.</param>
    public abstract IReadOnlyList<Score> Measure(SequenceModel<float> model);

    /// <summary>Trains the methods to compare with on the training part and measures them on the same test
    /// part.</summary>
    /// <param name="settings">The settings of the model to compare with, for baselines that are networks
    /// themselves.</param>
    public abstract IReadOnlyList<TaskScores> Baselines(TaskSettings settings);

    /// <summary>Called before each baseline is measured, with its name; null for no report.</summary>
    public Action<string>? BaselineBegins { get; set; }

    /// <summary>What the simplest methods reach on the dev part, in the unit of the loss: first the best of them that
    /// looks at no input, last blind guessing. Empty without a dev part.</summary>
    public abstract IReadOnlyList<DevReference> DevReferences { get; }

    /// <summary>What the test part has in common with what a model has learnt from.</summary>
    /// <param name="model">The model; null for one that learns from the training part of these data.</param>
    /// <returns>The overlap; null if the model does not record its training data.</returns>
    /// <exception cref="InvalidDataException">The model's notes are broken.</exception>
    public Overlap? OverlapWith(TaskModel? model)
    {
        if (model is null)
        {
            return Overlap.Between(ItemsOf(2), TrainingItems, HasTexts);
        }

        return
            model.Notes.TryGetValue(Provenance.ItemsNote, out var items)
            && model.Notes.TryGetValue(Provenance.PiecesNote, out var pieces)
            ? Overlap.Between(
                ItemsOf(2),
                (TrainingItemHashes.FromText(items), TrainingItemHashes.FromText(pieces)),
                HasTexts
            )
            : null;
    }

    /// <summary>Makes a trained model ready to be saved, with notes on where it comes from.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">The settings with which it was trained.</param>
    /// <param name="steps">How many steps were taken.</param>
    /// <param name="devLoss">The loss on the dev part.</param>
    public TaskModel Describe(SequenceModel<float> model, TaskSettings settings, long steps, double devLoss)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(Name, model, Provenance.Notes(this, _data, settings, steps, devLoss));
    }

    /// <summary>The parts of the data, with their hashes: training, dev, test.</summary>
    public IReadOnlyList<PartRecord> PartRecords =>
        _partRecords ??= [
            PartRecord.Of("train", ContentsOf(0)),
            PartRecord.Of("dev", ContentsOf(1)),
            PartRecord.Of("test", ContentsOf(2)),
        ];

    /// <summary>How the parts were made, in words.</summary>
    public string SplitRule { get; private protected set; } = "";

    /// <summary>What the items of a part hold (0 training, 1 dev, 2 test), completely: two parts are the same if these
    /// are.</summary>
    private protected abstract IEnumerable<string> ContentsOf(int part);

    /// <summary>The items of a part that are compared to find an overlap.</summary>
    private protected abstract IReadOnlyList<string> ItemsOf(int part);

    /// <summary>Whether the items are texts of several words, of which some can be nearly the same.</summary>
    private protected virtual bool HasTexts => false;

    /// <summary>What a model of these data learns from: the training part, and the dev part by which it is
    /// chosen.</summary>
    internal (TrainingItemHashes Items, TrainingItemHashes Pieces) TrainingItems =>
        _trainingItems ??= (
            TrainingItemHashes.Of(ItemsOf(0).Concat(ItemsOf(1))),
            TrainingItemHashes.Of(HasTexts ? ItemsOf(0).Concat(ItemsOf(1)).SelectMany(Overlap.Pieces) : [])
        );

    /// <summary>What a model file has to store besides the weights, by name, so that the model can be used without the
    /// data.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; private protected init; } =
        new Dictionary<string, string>();

    /// <summary>D, how many numbers an input has, or how many symbols there are.</summary>
    private protected abstract int InputSize { get; }

    /// <summary>K, how many numbers an output has.</summary>
    private protected abstract int OutputSize { get; }

    /// <summary>How many steps a training takes: <see cref="TaskSettings.Steps"/>, or those of <see
    /// cref="TaskSettings.Epochs"/> if set.</summary>
    /// <param name="settings">The settings.</param>
    public long StepsOf(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Epochs > 0
            ? Math.Max(1, (long)Math.Round(settings.Epochs * BatchesPerEpoch(settings)))
            : settings.Steps;
    }

    private protected void Remark(string sentence) => _remarks.Add(sentence);

    private protected void RemarkSmallDev(int count, int fewest, string kind)
    {
        if (count == 0)
        {
            Remark("There is no part for choices: the last model is kept, and training does not stop early.");
        }
        else if (count < fewest)
        {
            Remark(
                $"The part for choices has {count} {kind}: too few to tell which model is the best one. With "
                    + $"{fewest} or more, the choice would mean something."
            );
        }
    }

    /// <summary>Identifies data by a hash of the files' contents.</summary>
    internal static string Fingerprint(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

/// <summary>One measured quality of a method.</summary>
/// <param name="Name">What was measured, such as "accuracy".</param>
/// <param name="Value">The number; NaN if there was nothing to measure.</param>
/// <param name="Format">How to write it, as for <see cref="double.ToString(string)"/>.</param>
/// <param name="LowerIsBetter">Whether a smaller number is a better one.</param>
public sealed record Score(string Name, double Value, string Format, bool LowerIsBetter)
{
    /// <summary>The lower end of the interval that holds 95 % of the bootstrap's results; NaN if there is
    /// none.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>The upper end of that interval.</summary>
    public double High { get; init; } = double.NaN;
}

/// <summary>What a method reaches on the dev part.</summary>
/// <param name="Method">The method, such as "unigram".</param>
/// <param name="Loss">Its loss, in the task's unit.</param>
public sealed record DevReference(string Method, double Loss);

/// <summary>The results of a method on the test part.</summary>
/// <param name="Method">The method, such as "bigram" or "GRU, 64 hidden".</param>
/// <param name="Scores">Its numbers, the task's main one first; the same ones, in the same order, for all methods of a
/// task.</param>
public sealed record TaskScores(string Method, IReadOnlyList<Score> Scores);

/// <summary>Where a task's data come from, and how to read them.</summary>
public sealed record TaskData
{
    /// <summary>A file, or a folder with the parts; null for the data set that comes with the course.</summary>
    public string? Path { get; init; }

    /// <summary>What to call the data where <see cref="Path"/> is only a copy of them; null for the path.</summary>
    public string? Origin { get; init; }

    /// <summary>The name or number of the column with the texts, in a table of texts; null to look for a usual
    /// name.</summary>
    public string? TextColumn { get; init; }

    /// <summary>The name or number of the column with the labels, in a table of texts; null to look for a usual
    /// name.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The name or number of the column, in a table of names or numbers; null for the usual one.</summary>
    public string? Column { get; init; }

    /// <summary>Whether a table has no header row; columns are then named by their numbers.</summary>
    public bool NoHeader { get; init; }

    /// <summary>Whether running text is read token by token instead of character by character.</summary>
    public bool ByToken { get; init; }

    /// <summary>How many steps ahead a forecast looks; 0 for the task's usual number.</summary>
    public int Horizon { get; init; }

    /// <summary>How many numbers a forecast looks back at; 0 for the task's usual number.</summary>
    public int Window { get; init; }
}
