using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;
using RnnCourse.Model.Cells;

namespace RnnCourse.Losses;

/// <summary>A loss: measures how wrong a model's outputs are, and its derivative by each output.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>A loss is a sum over the outputs that are read. The caller divides by their number (<see
/// cref="CountRead"/>), because a batch may be computed in parts and only the caller knows the whole. Outputs that are
/// not read get a gradient of zero.</remarks>
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

/// <summary>For classes: <c>−ln softmax(z)[target]</c>, in nats, summed over the outputs that are read.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The gradient by the scores is <c>softmax(z) − onehot(target)</c>. The largest score is subtracted before exp, and
/// the loss is computed as <c>ln Σ exp(z − max) − (z[target] − max)</c>, so that it stays finite where a probability
/// would round to 0. A score that is NaN makes the loss NaN. The same numbers as <see cref="Core.CrossEntropy"/>.
/// </remarks>
public sealed class SoftmaxCrossEntropy<T> : ISequenceLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public int CountRead(SequenceBatch<T> batch)
    {
        LossInputs.RequireClasses(batch);
        return LossInputs.Count(batch);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Compute(SequenceBatch<T> batch, ReadOnlySpan<T> scores, Span<T> gradients, double factor)
    {
        LossInputs.RequireClasses(batch);
        var K = LossInputs.RequireScores(batch, scores, gradients);
        var targets = batch.Targets;
        var scale = T.CreateChecked(factor);
        var loss = 0.0;
        for (var column = 0; column < targets.Length; column++)
        {
            var p = gradients.Slice(column * K, K);
            if (!LossInputs.IsRead(batch, column))
            {
                p.Clear();
                continue;
            }

            var target = targets[column];
            if (target >= K)
            {
                throw new ArgumentException(
                    $"The target of output {column} is {target}, but the classes are 0 to {K - 1}.",
                    nameof(batch)
                );
            }

            var z = scores.Slice(column * K, K);
            var max = z[0];
            foreach (var z_k in z)
            {
                if (z_k > max)
                {
                    max = z_k;
                }
            }

            for (var k = 0; k < p.Length; k++)
            {
                p[k] = z[k] - max;
            }

            var right = p[target];
            Exponential<T>.OfNegative(p);
            var sum = T.Zero;
            foreach (var p_k in p)
            {
                sum += p_k;
            }

            loss += Math.Log(double.CreateChecked(sum)) - double.CreateChecked(right);
            var share = scale / sum;
            for (var k = 0; k < p.Length; k++)
            {
                p[k] *= share;
            }

            p[target] -= scale;
        }

        return loss;
    }
}

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
