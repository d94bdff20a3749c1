using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>The output's nonlinearity and the loss that goes with it, shared by the lecture's three networks.</summary>
public static class CrossEntropy
{
    /// <summary>Turns K scores into K probabilities: softmax(z)_k = exp(z_k) / Σ_j exp(z_j).</summary>
    /// <param name="z">The scores, shape (K).</param>
    /// <returns>The probabilities, shape (K), which sum to 1.</returns>
    /// <remarks>The largest score is subtracted first. That changes nothing in the formula, and keeps exp from
    /// overflowing: the scores (1000, 1001) give (0.269, 0.731), not NaN. A score that is NaN or +∞ makes every
    /// probability NaN.</remarks>
    public static Vector<double> Softmax(Vector<double> z)
    {
        ArgumentNullException.ThrowIfNull(z);
        var e = (z - z.Maximum()).PointwiseExp();
        return e / e.Sum();
    }

    /// <summary>Computes the loss Σ_i −ln y_i[target_i] over the steps that are read.</summary>
    /// <param name="y">The outputs y_1 … y_n, each of shape (K).</param>
    /// <param name="targets">The right class at each step, n of them; null where the output is not read.</param>
    /// <returns>The loss in nats: 0 for a perfect prediction (and for no step read), +∞ where the right class got
    /// probability 0.</returns>
    /// <exception cref="ArgumentException">The targets' number differs from n, or one is not a class.</exception>
    public static double Loss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
    {
        RequireTargets(y, targets);
        var loss = 0.0;
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i] is { } k)
            {
                loss -= Math.Log(y[i][k]);
            }
        }

        return loss;
    }

    /// <summary>Computes the derivative of one step's loss by the scores z_i that went into the softmax: y_i −
    /// onehot(target_i).</summary>
    /// <param name="y_i">The step's output, shape (K).</param>
    /// <param name="target">The right class; null where the output is not read, which makes the derivative
    /// zero.</param>
    /// <returns>The derivative, shape (K).</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not a class.</exception>
    /// <remarks>That the derivative of softmax and logarithm together is so simple is the reason for pairing
    /// them.</remarks>
    public static Vector<double> ScoreGradient(Vector<double> y_i, int? target)
    {
        ArgumentNullException.ThrowIfNull(y_i);
        if (target is not { } k)
        {
            return Vector<double>.Build.Dense(y_i.Count);
        }

        if (k < 0 || k >= y_i.Count)
        {
            throw new ArgumentException(
                $"The target is {k}, but the classes are 0 to {y_i.Count - 1}.",
                nameof(target)
            );
        }

        var dz_i = y_i.Clone();
        dz_i[k] -= 1;
        return dz_i;
    }

    internal static void RequireTargets(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != y.Count)
        {
            throw new ArgumentException(
                $"There are {y.Count} steps but {targets.Count} targets; give one for each step, null where "
                    + "the output is not read.",
                nameof(targets)
            );
        }

        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i] is { } k && (k < 0 || k >= y[i].Count))
            {
                throw new ArgumentException(
                    $"The target of step {i + 1} is {k}, but the classes are 0 to {y[i].Count - 1}.",
                    nameof(targets)
                );
            }
        }
    }
}
