using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;

namespace RnnCourse.Losses;

/// <summary>A loss: measures how wrong a model's outputs are, and its derivative by each output.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>A loss is a sum over the outputs that are read. The caller divides by their number
/// (<see cref="CountRead"/>), because a batch may be computed in parts and only the caller knows the whole. Outputs
/// that are not read get a gradient of zero.</remarks>
public interface ISequenceLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Counts the outputs that are read: those with a target, at steps that are not padding.</summary>
    /// <param name="batch">The targets and the mask.</param>
    int CountRead(SequenceBatch<T> batch);

    /// <summary>Computes the loss and its gradient.</summary>
    /// <param name="batch">The targets and the mask.</param>
    /// <param name="scores">The outputs, shape (K, outputs), column after column.</param>
    /// <param name="gradients">Where to write the derivative of <paramref name="factor"/> times the loss by each score,
    /// in the same layout.</param>
    /// <param name="factor">What the gradient is multiplied by: 1 for the sum's, 1/<see cref="CountRead"/> for the
    /// mean's.</param>
    /// <returns>The loss, summed over the outputs that are read, without the factor.</returns>
    /// <exception cref="ArgumentException">The batch's targets are of another kind, a target is out of range, or the
    /// buffers have wrong sizes.</exception>
    double Compute(SequenceBatch<T> batch, ReadOnlySpan<T> scores, Span<T> gradients, double factor);
}

/// <summary>Helpers of losses: which outputs are read, and whether the buffers have the right sizes.</summary>
internal static class LossInputs
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRead<T>(SequenceBatch<T> batch, int column)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (batch.TargetSize == 0 ? batch.Targets[column] >= 0 : !T.IsNaN(batch.TargetValues[column * batch.TargetSize]))
        && !(batch.HasMask && batch.ReadOut == ReadOut.EveryStep && !batch.Mask[column]);

    public static int Count<T>(SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = 0;
        for (var column = 0; column < batch.OutputColumns; column++)
        {
            if (IsRead(batch, column))
            {
                count++;
            }
        }

        return count;
    }

    public static void RequireClasses<T>(SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.TargetSize != 0)
        {
            throw new ArgumentException(
                "This loss compares with classes, but the batch's targets are real numbers.",
                nameof(batch)
            );
        }
    }

    public static void RequireNumbers<T>(SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.TargetSize == 0)
        {
            throw new ArgumentException(
                "This loss compares with real numbers, but the batch's targets are classes.",
                nameof(batch)
            );
        }
    }

    /// <summary>Checks the buffers' sizes and returns K.</summary>
    public static int RequireScores<T>(SequenceBatch<T> batch, ReadOnlySpan<T> scores, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (scores.Length != gradients.Length)
        {
            throw new ArgumentException(
                $"There are {scores.Length} scores but room for {gradients.Length} gradients.",
                nameof(gradients)
            );
        }

        var outputs = batch.OutputColumns;
        if (outputs == 0 ? scores.Length != 0 : scores.Length == 0 || scores.Length % outputs != 0)
        {
            throw new ArgumentException($"{scores.Length} scores cannot belong to {outputs} outputs.", nameof(scores));
        }

        var K = outputs == 0 ? 0 : scores.Length / outputs;
        if (batch.TargetSize != 0 && outputs > 0 && batch.TargetSize != K)
        {
            throw new ArgumentException(
                $"The model's outputs have {K} numbers, the targets {batch.TargetSize}.",
                nameof(scores)
            );
        }

        return K;
    }
}
