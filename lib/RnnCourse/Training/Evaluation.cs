using System.Numerics;
using RnnCourse.Blas.Threading;
using RnnCourse.Losses;
using RnnCourse.Metrics;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>Measures how good a model is on data, without changing it.</summary>
public static class Evaluation
{
    /// <summary>Computes the mean loss over batches, each sequence from the start.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="model">The model; used through a twin, so that the states of a running training do not
    /// change.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="batches">The data.</param>
    /// <param name="counts">Where to count the predictions, or null.</param>
    /// <returns>The mean over all outputs that are read, in the loss's unit; NaN if none is.</returns>
    public static double MeanLoss<T>(
        SequenceModel<T> model,
        ISequenceLoss<T> loss,
        IEnumerable<SequenceBatch<T>> batches,
        ConfusionCounts? counts = null
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(batches);
        var twin = model.Twin();
        var (sum, read) = (0.0, 0L);
        foreach (var batch in batches)
        {
            HostInterrupt.Check();
            twin.Forward(batch);
            sum += loss.Compute(batch, twin.Scores, twin.ScoreGradients, 0);
            read += loss.CountRead(batch);
            if (counts is not null)
            {
                SequenceMetrics.Count(batch, twin.Scores, counts);
            }
        }

        return sum / read;
    }

    /// <summary>Returns the batches of a source from its current position to the end of the epoch.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">The source; afterwards it is back at its position before.</param>
    public static IEnumerable<SequenceBatch<T>> OneEpoch<T>(IBatchSource<T> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        var start = source.Position;
        for (var batch = source.NextBatch(out _); source.Position.Epoch == start.Epoch; batch = source.NextBatch(out _))
        {
            yield return batch;
        }

        source.Position = start;
    }
}
