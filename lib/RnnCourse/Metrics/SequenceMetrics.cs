using System.Numerics;
using System.Numerics.Tensors;
using RnnCourse.Model;

namespace RnnCourse.Metrics;

/// <summary>Metrics of sequence models in common units.</summary>
public static class SequenceMetrics
{
    /// <summary>Turns a mean loss into perplexity: e^loss, the number of equally likely choices that would be as hard
    /// to guess.</summary>
    /// <param name="nats">The mean cross-entropy in nats per output.</param>
    /// <returns>1 for a perfect model, K for one that guesses blindly among K.</returns>
    public static double Perplexity(double nats) => Math.Exp(nats);

    /// <summary>Turns a mean loss in nats into bits: loss / ln 2. For a character model these are bits per
    /// character.</summary>
    /// <param name="nats">The mean cross-entropy in nats per output.</param>
    internal static double BitsPerCharacter(double nats) => nats / Math.Log(2);

    /// <summary>Adds a batch's outputs to a table of what was right against what was predicted.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="batch">The right classes and the mask.</param>
    /// <param name="scores">The outputs, shape (K, outputs), column after column.</param>
    /// <param name="counts">Where to count; the outputs that are not read are left out.</param>
    /// <exception cref="ArgumentException">The targets are not classes, one is not a class of the table, or the sizes
    /// do not match.</exception>
    public static void Count<T>(SequenceBatch<T> batch, ReadOnlySpan<T> scores, ConfusionCounts counts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(counts);
        if (batch.TargetSize != 0)
        {
            throw new ArgumentException("The batch's targets are real numbers, not classes.", nameof(batch));
        }

        var K = counts.Classes;
        if (scores.Length != K * batch.OutputColumns)
        {
            throw new ArgumentException(
                $"{scores.Length} scores cannot be {batch.OutputColumns} outputs of {K} classes.",
                nameof(scores)
            );
        }

        var everyStep = batch.ReadOut == ReadOut.EveryStep;
        for (var column = 0; column < batch.OutputColumns; column++)
        {
            if (batch.Targets[column] < 0 || (everyStep && batch.HasMask && !batch.Mask[column]))
            {
                continue;
            }

            counts.Add(batch.Targets[column], TensorPrimitives.IndexOfMax(scores.Slice(column * K, K)));
        }
    }
}
