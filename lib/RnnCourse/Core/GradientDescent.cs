using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>Training in its plainest form: after each sequence, every parameter takes a small step against its
/// gradient.</summary>
public static class GradientDescent
{
    /// <summary>One sequence to learn from.</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D).</param>
    /// <param name="targets">The right class at each step, n of them; null where the output is not read.</param>
    public sealed record Example(IReadOnlyList<Vector<double>> x, IReadOnlyList<int?> targets)
    {
        /// <summary>How many of the steps' outputs are read.</summary>
        public int ReadSteps => targets.Count(target => target is not null);
    }

    /// <summary>Trains a network on all examples, several times over, in an order shuffled again each time.</summary>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="examples">What to learn from; at least one step of one of them must be read.</param>
    /// <param name="epochs">How many times to go through all examples.</param>
    /// <param name="learningRate">The size of a step, as a multiple of the gradient.</param>
    /// <param name="random">Where the order is drawn from.</param>
    /// <returns>The mean loss in nats per read step, one number for each epoch, measured while training.</returns>
    /// <exception cref="ArgumentException">No step of any example is read, or the network cannot take one of the
    /// examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is negative, or <paramref
    /// name="learningRate"/> not positive and finite.</exception>
    /// <exception cref="InvalidOperationException">The loss became NaN or infinite; the parameters are then as they
    /// were before that example.</exception>
    public static IReadOnlyList<double> Train(
        ISequenceNetwork network,
        IReadOnlyList<Example> examples,
        int epochs,
        double learningRate,
        SeededRandom random
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        if (!(learningRate > 0) || !double.IsFinite(learningRate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRate),
                learningRate,
                "The learning rate must be positive and finite."
            );
        }

        var readSteps = examples.Sum(example => example.ReadSteps);
        if (readSteps == 0)
        {
            throw new ArgumentException(
                "No output of any example is read, so there is nothing to learn.",
                nameof(examples)
            );
        }

        var parameters = network.Parameters;
        Example[] order = [.. examples];
        var losses = new List<double>(epochs);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            random.Shuffle<Example>(order);
            var total = 0.0;
            foreach (var (x, targets) in order)
            {
                var (loss, gradients) = network.LossAndGradients(x, targets);
                if (!double.IsFinite(loss))
                {
                    throw new InvalidOperationException(
                        $"The loss became {loss} in epoch {epoch}; a smaller learning rate than {learningRate} may "
                            + "help."
                    );
                }

                for (var p = 0; p < parameters.Count; p++)
                {
                    Descend(parameters[p].Values, gradients[p], learningRate);
                }

                total += loss;
            }

            losses.Add(total / readSteps);
        }

        return losses;
    }

    private static void Descend(double[] values, double[] gradient, double learningRate)
    {
        for (var k = 0; k < values.Length; k++)
        {
            values[k] -= learningRate * gradient[k];
        }
    }
}
