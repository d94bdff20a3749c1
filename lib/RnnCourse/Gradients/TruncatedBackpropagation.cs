using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Gradients;

/// <summary>Truncated backpropagation through time: states continue across a cut, gradients do not. For comparing the
/// truncated gradient with the true one.</summary>
/// <remarks>
/// The forward pass is not truncated, so every state is the true one; only what step i sends back to step i − 1 is cut.
/// Training with <c>TrainerOptions.CarryState</c> cuts in the same places. Williams and Peng, "An efficient
/// gradient-based algorithm for on-line training of recurrent network trajectories", 1990; for the random cuts, Tallec
/// and Ollivier, "Unbiasing truncated backpropagation through time", 2017.
/// </remarks>
public static class TruncatedBackpropagation
{
    /// <summary>Computes the gradient that stops at the borders of windows of τ steps: 1 … τ, τ + 1 … 2τ, and so
    /// on.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="trace">What its forward pass over the whole sequence left, with the parameters unchanged
    /// since.</param>
    /// <param name="targets">The right class at each step, n of them; null where the output is not read.</param>
    /// <param name="tau">τ, the steps of a window, at least 1. From n on nothing is cut.</param>
    /// <returns>The cut gradients, summed over the steps. s_0 gets what reaches it from the first window.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tau"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The targets' number differs from n, or one is not a class.</exception>
    public static VanillaRnn.Gradients InWindows(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int tau
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tau, 1);
        return Cut(rnn, trace, targets, i => i > 1 && (i - 1) % tau == 0 ? 0 : 1);
    }

    /// <summary>Computes a gradient that is cut at random and corrected: what passes is divided by the probability of
    /// passing, so that the mean over many draws is the true gradient.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="trace">What its forward pass over the whole sequence left, with the parameters unchanged
    /// since.</param>
    /// <param name="targets">The right class at each step, n of them; null where the output is not read.</param>
    /// <param name="tau">The mean length of a window, at least 1: between two steps the gradient is cut with
    /// probability 1/τ. At 1 everything is cut, which no correction can undo.</param>
    /// <param name="random">Where the cuts are drawn from.</param>
    /// <returns>The cut gradients, summed over the steps. What reaches s_0 from step 1 is never cut.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tau"/> is below 1 or NaN.</exception>
    /// <exception cref="ArgumentException">The targets' number differs from n, or one is not a class.</exception>
    public static VanillaRnn.Gradients AtRandom(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        double tau,
        SeededRandom random
    )
    {
        if (!(tau >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(tau), tau, "A window has at least one step.");
        }

        ArgumentNullException.ThrowIfNull(random);
        var pass = 1 - (1 / tau);
        return Cut(
            rnn,
            trace,
            targets,
            i =>
                i == 1 ? 1
                : random.NextDouble() < pass ? 1 / pass
                : 0
        );
    }

    // The backward pass of VanillaRnn, with a factor on what goes from step i to the state before it.
    private static VanillaRnn.Gradients Cut(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        Func<int, double> factor
    )
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(trace);
        CrossEntropy.RequireTargets(trace.y, targets);
        var (x, s, y) = trace;
        Matrix<double> dU = 0 * rnn.U,
            dW = 0 * rnn.W,
            dV = 0 * rnn.V;
        Vector<double> db = 0 * rnn.b,
            dc = 0 * rnn.c,
            ds_next = 0 * rnn.s_0;
        for (var i = x.Count; i >= 1; i--)
        {
            var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]);
            dV += dz_i.OuterProduct(s[i]);
            dc += dz_i;
            var ds_i = rnn.V.TransposeThisAndMultiply(dz_i) + ds_next;
            var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
            dU += da_i.OuterProduct(x[i - 1]);
            dW += da_i.OuterProduct(s[i - 1]);
            db += da_i;
            ds_next = factor(i) * rnn.W.TransposeThisAndMultiply(da_i);
        }

        return new(dU, dW, dV, db, dc, ds_0: ds_next);
    }
}
