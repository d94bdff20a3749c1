using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;

namespace RnnCourse.Losses;

/// <summary>For real numbers: <c>Σ_k (z_k − target_k)² / K</c>, summed over the outputs that are read.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The gradient by the scores is <c>2 (z − target) / K</c>. The unit is the target's, squared. For K = 1 and
/// divided by the number of outputs it is the mean squared error.</remarks>
public sealed class MeanSquaredError<T> : ISequenceLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public int CountRead(SequenceBatch<T> batch)
    {
        LossInputs.RequireNumbers(batch);
        return LossInputs.Count(batch);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Compute(SequenceBatch<T> batch, ReadOnlySpan<T> scores, Span<T> gradients, double factor)
    {
        LossInputs.RequireNumbers(batch);
        var K = LossInputs.RequireScores(batch, scores, gradients);
        var targets = batch.TargetValues;
        var scale = T.CreateChecked(2 * factor / Math.Max(K, 1));
        var sum = 0.0;
        for (var column = 0; column < batch.OutputColumns; column++)
        {
            var isRead = LossInputs.IsRead(batch, column);
            for (var k = column * K; k < (column + 1) * K; k++)
            {
                var error = isRead ? scores[k] - targets[k] : T.Zero;
                sum += double.CreateChecked(error * error);
                gradients[k] = scale * error;
            }
        }

        return sum / Math.Max(K, 1);
    }
}
