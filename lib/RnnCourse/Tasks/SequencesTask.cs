using RnnCourse.Core;
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
