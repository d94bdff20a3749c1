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

    private protected CourseTask(string name, TaskData data, string ownSource)
    {
        ArgumentNullException.ThrowIfNull(data);
        (Name, Source) = (name, data.Path ?? ownSource);
    }

    /// <summary>The task's name on the command line.</summary>
    public string Name { get; }

    /// <summary>Where the data come from, for people.</summary>
    public string Source { get; }

    /// <summary>What a user should know about how the data were read, such as which columns were taken: one sentence
    /// each.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The sizes of the parts, for people.</summary>
    public abstract string Sizes { get; }

    /// <summary>The loss that is learnt by.</summary>
    public virtual ISequenceLoss<float> Loss { get; } = new SoftmaxCrossEntropy<float>();

    /// <summary>What a loss is called in this task, such as "nats per character".</summary>
    public abstract string LossUnit { get; }

    /// <summary>Whether a batch goes on where the one before ended.</summary>
    public virtual bool CarriesState => false;

    /// <summary>Whether a model that reads from both ends makes sense here: not where the next symbol is to be
    /// predicted.</summary>
    public virtual bool MayReadBothWays => true;

    /// <summary>What model to build.</summary>
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

    /// <summary>What a model file has to carry beside the weights, by name, so that the model can be used without the
    /// data.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; private protected init; } =
        new Dictionary<string, string>();

    /// <summary>D, how many numbers an input has, or how many symbols there are.</summary>
    private protected abstract int InputSize { get; }

    /// <summary>K, how many numbers an output has.</summary>
    private protected abstract int OutputSize { get; }

    /// <summary>How many steps a training takes: as many as set, or as many as it takes to go through the training part
    /// as often as set.</summary>
    /// <param name="settings">The settings.</param>
    public long StepsOf(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Epochs > 0
            ? Math.Max(1, (long)Math.Round(settings.Epochs * BatchesPerEpoch(settings)))
            : settings.Steps;
    }

    private protected void Remark(string sentence) => _remarks.Add(sentence);

    /// <summary>What identifies data: a hash of files' contents.</summary>
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
