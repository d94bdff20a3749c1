using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;

namespace RnnCourse.Losses;

/// <summary>For yes-or-no questions, K of them at each output: <c>−t ln σ(z) − (1 − t) ln(1 − σ(z))</c> in nats, summed
/// over k and the outputs that are read.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>A target t is the right probability, from 0 to 1. The gradient by the scores is <c>σ(z) − t</c>. Computed
/// as
/// <c>max(z, 0) − z t + ln(1 + e^−|z|)</c>, which neither overflows nor loses the small probabilities.</remarks>
public sealed class BinaryCrossEntropy<T> : ISequenceLoss<T>
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
        var sum = 0.0;
        for (var column = 0; column < batch.OutputColumns; column++)
        {
            var isRead = LossInputs.IsRead(batch, column);
            for (var k = column * K; k < (column + 1) * K; k++)
            {
                gradients[k] = T.Zero;
                if (!isRead)
                {
                    continue;
                }

                var z = double.CreateChecked(scores[k]);
                var t = double.CreateChecked(targets[k]);
                if (!(t >= 0 && t <= 1))
                {
                    throw new ArgumentException(
                        $"Target {k - (column * K)} of output {column} is {t}, which is no probability.",
                        nameof(batch)
                    );
                }

                sum += Math.Max(z, 0) - (z * t) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
                gradients[k] = T.CreateChecked(factor * ((1 / (1 + Math.Exp(-z))) - t));
            }
        }

        return sum;
    }
}
