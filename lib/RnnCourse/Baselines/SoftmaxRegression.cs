using System.Runtime.CompilerServices;

namespace RnnCourse.Baselines;

/// <summary>Classifies by a weighted sum of features: with words as features, the bag of words, which cannot see their
/// order.</summary>
/// <remarks>Logistic regression for K classes, with a penalty on the weights' squares. Trained on all examples at once
/// by gradient descent with a momentum (Nesterov) until the loss no longer falls, so that the result depends on no
/// seed.</remarks>
internal sealed class SoftmaxRegression
{
    private readonly double[][] _weights; // K rows of D + 1, the bias last
    private readonly int _features,
        _classes;

    private SoftmaxRegression(int features, int classes) =>
        (_features, _classes, _weights) = (features, classes, Rows(classes, features + 1));

    /// <summary>Trains the classifier.</summary>
    /// <param name="examples">The examples: of each the numbers of its features, shape (features), each from 0 to
    /// <paramref name="features"/> − 1 (once each), and its class.</param>
    /// <param name="features">D, how many features there are.</param>
    /// <param name="classes">K, how many classes there are.</param>
    /// <param name="penalty">λ: what half the sum of the weights' squares, divided by the number of examples, is
    /// multiplied by.</param>
    /// <param name="iterations">The most steps to take; 0 for 500, or fewer where there are thousands of examples, down
    /// to 100.</param>
    /// <exception cref="ArgumentException">There are no examples.</exception>
    public static SoftmaxRegression Fit(
        IReadOnlyList<(int[] Features, int Class)> examples,
        int features,
        int classes,
        double penalty = 1,
        int iterations = 0
    )
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0)
        {
            throw new ArgumentException("There are no examples to learn from; give at least one.", nameof(examples));
        }

        if (iterations == 0)
        {
            iterations = Math.Clamp(2_000_000 / examples.Count, 100, 500);
        }

        var model = new SoftmaxRegression(features, classes);
        double[][] w = model._weights,
            gradient = Rows(classes, features + 1),
            velocity = Rows(classes, features + 1);
        var p = new double[classes];
        // A bound on the loss's curvature: half of the largest squared length of an example, and the penalty.
        var rate = 1 / ((0.5 * examples.Max(example => example.Features.Length + 1)) + (penalty / examples.Count));
        var (last, momentum) = (double.PositiveInfinity, 0.0);
        for (var step = 0; step < iterations; step++)
        {
            var loss = model.Gradient(examples, penalty, gradient, p);
            // The step was too long: reset the momentum.
            momentum = loss > last ? 0 : Math.Min(0.98, (step + 1.0) / (step + 4.0));
            if (Math.Abs(last - loss) < 1e-9 * Math.Max(1, loss) && step > 20)
            {
                break;
            }

            last = loss;
            for (var k = 0; k < classes; k++)
            {
                var (w_k, gradient_k, velocity_k) = (w[k], gradient[k], velocity[k]);
                for (var d = 0; d < w_k.Length; d++)
                {
                    var v = (momentum * velocity_k[d]) - (rate * gradient_k[d]);
                    w_k[d] += (momentum * v) - (rate * gradient_k[d]);
                    velocity_k[d] = v;
                }
            }
        }

        return model;
    }

    /// <summary>The probability of each class.</summary>
    /// <param name="features">The numbers of the features that are present, shape (features).</param>
    /// <returns>The probabilities, shape (K).</returns>
    public double[] Probabilities(IReadOnlyList<int> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var p = new double[_classes];
        Probabilities(features as int[] ?? [.. features], p);
        return p;
    }

    /// <summary>The most probable class; the first, if several are as probable.</summary>
    /// <param name="features">The numbers of the features that are present, shape (features).</param>
    public int Predict(IReadOnlyList<int> features)
    {
        var p = Probabilities(features);
        return Array.IndexOf(p, p.Max());
    }

    private static double[][] Rows(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    // Fills p, shape (K). Called for each example in each step, so it takes arrays and makes none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Probabilities(ReadOnlySpan<int> features, Span<double> p)
    {
        for (var k = 0; k < p.Length; k++)
        {
            var w_k = _weights[k];
            var z = w_k[_features];
            foreach (var d in features)
            {
                z += w_k[d];
            }

            p[k] = z;
        }

        var largest = p[0];
        foreach (var z in p)
        {
            largest = Math.Max(largest, z);
        }

        var sum = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            sum += p[k] = Math.Exp(p[k] - largest);
        }

        for (var k = 0; k < p.Length; k++)
        {
            p[k] /= sum;
        }
    }

    // The mean loss with its penalty, in nats, and its gradient.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Gradient(
        IReadOnlyList<(int[] Features, int Class)> examples,
        double penalty,
        double[][] gradient,
        double[] p
    )
    {
        foreach (var row in gradient)
        {
            Array.Clear(row);
        }

        var (loss, count) = (0.0, examples.Count);
        foreach (var (features, right) in examples)
        {
            Probabilities(features, p);
            loss -= Math.Log(Math.Max(p[right], 1e-300));
            for (var k = 0; k < p.Length; k++)
            {
                var gradient_k = gradient[k];
                var error = (p[k] - (k == right ? 1 : 0)) / count;
                gradient_k[_features] += error;
                foreach (var d in features)
                {
                    gradient_k[d] += error;
                }
            }
        }

        loss /= count;
        for (var k = 0; k < _classes; k++)
        {
            var (w_k, gradient_k) = (_weights[k], gradient[k]);
            for (var d = 0; d < _features; d++)
            {
                loss += 0.5 * penalty / count * w_k[d] * w_k[d];
                gradient_k[d] += penalty / count * w_k[d];
            }
        }

        return loss;
    }
}
