using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;

namespace RnnCourse.Losses;

/// <summary>Which outputs are read, and whether the buffers fit.</summary>
internal static class Reading
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
