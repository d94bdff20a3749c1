using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;
using RnnCourse.Model.Cells;

namespace RnnCourse.Losses;

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
                if (z_k > max || T.IsNaN(z_k))
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
