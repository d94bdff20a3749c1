namespace RnnCourse.Training;

/// <summary>One entry of a training's log.</summary>
/// <param name="Step">How many steps had been taken, this one included.</param>
/// <param name="Epoch">How many times all data had been used.</param>
/// <param name="Loss">The mean loss over the steps since the last entry, in the loss's unit per read output (nats for
/// cross-entropy).</param>
/// <param name="GradientNorm">The norm of the last step's gradient, before clipping.</param>
/// <param name="LearningRate">The last step's learning rate.</param>
/// <param name="ValidationLoss">The loss on data that is not learnt from, where it was measured at this step; otherwise
/// NaN.</param>
public readonly record struct TrainingLogEntry(
    long Step,
    long Epoch,
    double Loss,
    double GradientNorm,
    double LearningRate,
    double ValidationLoss
);

/// <summary>The log of a training: plain data, for figures and tables.</summary>
public sealed class TrainingLog
{
    private readonly List<TrainingLogEntry> _entries = [];

    /// <summary>The entries, oldest first.</summary>
    public IReadOnlyList<TrainingLogEntry> Entries => _entries;

    /// <summary>The entry with the lowest validation loss; null if none was measured.</summary>
    public TrainingLogEntry? Best =>
        _entries.Any(entry => !double.IsNaN(entry.ValidationLoss))
            ? _entries.Where(entry => !double.IsNaN(entry.ValidationLoss)).MinBy(entry => entry.ValidationLoss)
            : null;

    internal void Add(TrainingLogEntry entry) => _entries.Add(entry);

    internal void Replace(IEnumerable<TrainingLogEntry> entries)
    {
        _entries.Clear();
        _entries.AddRange(entries);
    }
}
