using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>A task whose data are separate sequences, such as names or sentences: trained in shuffled
/// batches.</summary>
/// <typeparam name="TSequence">A sequence: <see cref="SymbolSequence"/> or <see cref="VectorSequence"/>.</typeparam>
public abstract class SequencesTask<TSequence> : CourseTask
{
    private const int MeasuredAtOnce = 64;

    private protected SequencesTask(string name, TaskData data, string ownSource)
        : base(name, data, ownSource) { }

    private protected IReadOnlyList<TSequence> Train { get; init; } = [];

    private protected IReadOnlyList<TSequence> Dev { get; init; } = [];

    private protected IReadOnlyList<TSequence> Test { get; init; } = [];

    /// <inheritdoc/>
    public override IBatchSource<float> Batches(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return BatchesOf(Train, settings.BatchSize, new SeededRandom(settings.Seed).Fork());
    }

    /// <inheritdoc/>
    public override long BatchesPerEpoch(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (Train.Count + settings.BatchSize - 1) / settings.BatchSize;
    }

    /// <inheritdoc/>
    /// <returns>The loss; NaN without a dev part.</returns>
    public override double DevLoss(SequenceModel<float> model) => MeanLoss(model, Dev);

    /// <inheritdoc/>
    public override IReadOnlyList<DevReference> DevReferences =>
        Dev.Count == 0
            ? []
            : Frequencies.On(
                Train.SelectMany(ClassesOf),
                [.. Dev.SelectMany(ClassesOf)],
                OutputSize,
                $"frequency of each {ClassName}"
            );

    /// <summary>What a class is called, such as "tag".</summary>
    private protected abstract string ClassName { get; }

    /// <summary>The right classes of a sequence.</summary>
    private protected abstract IEnumerable<int> ClassesOf(TSequence sequence);

    /// <summary>The number of a class, or −1 for one that the model does not know: no loss counts it, and every
    /// prediction of it is wrong.</summary>
    private protected static int NumberOf(string name, Vocabulary known) =>
        known.Knows(name) ? known.NumberOf(name) : Vocabulary.Padding;

    /// <summary>Adds a remark about classes that the model does not know, such as rare ones that only the dev or the
    /// test part has.</summary>
    /// <param name="path">Where the data are, for error messages.</param>
    /// <param name="known">The classes that the model knows.</param>
    /// <param name="modelIsGiven">Whether they are those of an existing model, not those of the training
    /// part.</param>
    /// <param name="kind">What an item with a class is called in the plural, such as "words".</param>
    /// <param name="parts">The classes of the items of each part, the training part first, and where each was
    /// read.</param>
    /// <exception cref="DataFileException">A part has no item whose class is known.</exception>
    private protected void RemarkUnknown(
        string path,
        Vocabulary known,
        bool modelIsGiven,
        string kind,
        params IReadOnlyList<(string Class, string Place)>[] parts
    )
    {
        foreach (var part in parts)
        {
            if (part.Count > 0 && part.All(item => !known.Knows(item.Class)))
            {
                throw new DataFileException(
                    path,
                    0,
                    0,
                    $"The {ClassName} '{part[0].Class}' ({part[0].Place}) and all others of its part are unknown to "
                        + $"{(modelIsGiven ? "the model" : "the training part")}, which has "
                        + $"{string.Join(", ", known.Symbols.Select(name => $"'{name}'"))}. "
                        + "Take data with the same names."
                );
            }
        }

        var unknown = parts.SelectMany(part => part).Where(item => !known.Knows(item.Class)).ToArray();
        if (unknown.Length > 0)
        {
            var names = unknown.Select(item => item.Class).Distinct().Order(StringComparer.Ordinal).ToArray();
            Remark(
                $"The {(modelIsGiven ? "model" : "training part")} does not have the "
                    + $"{ClassName}{(names.Length > 1 ? "s" : "")} {string.Join(", ", names)}. The {kind} with it "
                    + $"({unknown.Length}, the first one {unknown[0].Place}) count as wrong."
            );
        }
    }

    private protected abstract ShuffledBatches<float> BatchesOf(
        IReadOnlyList<TSequence> sequences,
        int batchSize,
        SeededRandom random
    );

    private protected double MeanLoss(SequenceModel<float> model, IReadOnlyList<TSequence> sequences) =>
        sequences.Count == 0
            ? double.NaN
            : Evaluation.MeanLoss(
                model,
                Loss,
                Evaluation.OneEpoch(BatchesOf(sequences, MeasuredAtOnce, new SeededRandom(1)))
            );
}
