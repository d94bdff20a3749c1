namespace RnnCourse.Metrics;

/// <summary>Counts how often each class was predicted as which (a confusion matrix).</summary>
public sealed class ConfusionCounts
{
    private readonly long[] _counts;

    /// <summary>Makes an empty table.</summary>
    /// <param name="classes">K, how many classes there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public ConfusionCounts(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new long[checked(classes * classes)];
    }

    /// <summary>K, how many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How many outputs were counted.</summary>
    public long Total { get; private set; }

    /// <summary>How many of them were right.</summary>
    public long Correct { get; private set; }

    /// <summary>The share that was right, from 0 to 1; NaN if nothing was counted.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>How often one class was predicted as another (or as itself).</summary>
    /// <param name="actual">The right class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is not from 0 to K − 1.</exception>
    public long this[int actual, int predicted] => _counts[At(actual, predicted)];

    /// <summary>Counts one output.</summary>
    /// <param name="actual">The right class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is not from 0 to K − 1.</exception>
    public void Add(int actual, int predicted)
    {
        _counts[At(actual, predicted)]++;
        Total++;
        if (actual == predicted)
        {
            Correct++;
        }
    }

    /// <summary>Of the outputs of a class, the share that was found: its recall, from 0 to 1; NaN if there were
    /// none.</summary>
    /// <param name="actual">The class.</param>
    public double Recall(int actual) =>
        (double)this[actual, actual] / Enumerable.Range(0, Classes).Sum(k => this[actual, k]);

    /// <summary>Of the outputs that were predicted as a class, the share that was right: its precision, from 0 to 1;
    /// NaN if there were none.</summary>
    /// <param name="predicted">The class.</param>
    public double Precision(int predicted) =>
        (double)this[predicted, predicted] / Enumerable.Range(0, Classes).Sum(k => this[k, predicted]);

    private int At(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)Classes, nameof(actual));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
        return (actual * Classes) + predicted;
    }
}
