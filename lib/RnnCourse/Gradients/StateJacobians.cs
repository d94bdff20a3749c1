using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Blas.Threading;
using RnnCourse.Core;

namespace RnnCourse.Gradients;

/// <summary>How a state depends on an earlier one: the product of one Jacobian for each step between them.</summary>
/// <remarks>
/// One step back, <c>ds_i/ds_{i−1} = diag(1 − s_i²) W</c>; from step n back to step k, <c>ds_n/ds_k = Π_{i = n … k+1}
/// diag(1 − s_i²) W</c>, the latest step first. Backpropagation through time multiplies a gradient by the transpose of
/// this, without ever writing it down. Bengio, Simard and Frasconi, "Learning long-term dependencies with gradient
/// descent is difficult", 1994; Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
/// 2013, equation 5. H is the size of the state.
/// </remarks>
public static class StateJacobians
{
    /// <summary>Computes the Jacobian of one step, ds_i/ds_{i−1}.</summary>
    /// <param name="rnn">The network, for its W.</param>
    /// <param name="s_i">The state after the step, shape (H).</param>
    /// <returns>Shape (H, H): row r says how unit r of s_i changes with each unit of s_{i−1}.</returns>
    /// <exception cref="ArgumentException"><paramref name="s_i"/> has another size than H.</exception>
    public static Matrix<double> Step(VanillaRnn rnn, Vector<double> s_i)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(s_i);
        if (s_i.Count != rnn.W.RowCount)
        {
            throw new ArgumentException(
                $"The state has {s_i.Count} numbers; this network's have {rnn.W.RowCount}.",
                nameof(s_i)
            );
        }

        return Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s_i.PointwiseMultiply(s_i)) * rnn.W;
    }

    /// <summary>Computes ds_n/ds_k.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="s">The states s_0 … s_T of a run, each of shape (H).</param>
    /// <param name="n">The later step, from k to T.</param>
    /// <param name="k">The earlier step, from 0.</param>
    /// <returns>Shape (H, H); for k = n the identity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The steps are not 0 ≤ k ≤ n ≤ T.</exception>
    public static Matrix<double> Between(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, int n, int k)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(s);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(n, s.Count);
        var product = Matrix<double>.Build.DenseIdentity(rnn.W.RowCount);
        for (var i = n; i > k; i--)
        {
            product *= Step(rnn, s[i]);
        }

        return product;
    }

    /// <summary>Sends a gradient back from the last state and measures what is left of it after each step.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="s">The states s_0 … s_T of a run, each of shape (H).</param>
    /// <param name="ds_T">The derivative of a loss by the last state, shape (H).</param>
    /// <returns>T + 1 numbers: at place ℓ, the lag, the Euclidean norm of the derivative by s_{T−ℓ}; the first is the
    /// norm of <paramref name="ds_T"/>.</returns>
    /// <exception cref="ArgumentException">The list of states is empty, or a size is not H.</exception>
    public static IReadOnlyList<double> NormByLag(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, Vector<double> ds_T)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(s);
        ArgumentNullException.ThrowIfNull(ds_T);
        if (s.Count == 0)
        {
            throw new ArgumentException("The list of states is empty; even an empty run has s_0.", nameof(s));
        }

        var H = rnn.W.RowCount;
        if (ds_T.Count != H || s.Any(s_i => s_i.Count != H))
        {
            throw new ArgumentException(
                $"Every state and its gradient must have {H} numbers, as this network's states do.",
                nameof(s)
            );
        }

        var norms = new List<double> { ds_T.L2Norm() };
        var ds_i = ds_T;
        for (var i = s.Count - 1; i >= 1; i--)
        {
            var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
            ds_i = rnn.W.TransposeThisAndMultiply(da_i);
            norms.Add(ds_i.L2Norm());
        }

        return norms;
    }

    /// <summary>Measures how much of a gradient is left after each step back, on average over random inputs and random
    /// gradients of length 1.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="lags">How many steps to go back, at least 0.</param>
    /// <param name="runs">Over how many runs to average, at least 1.</param>
    /// <param name="random">Where the inputs (normal numbers) and the directions of the gradients are drawn
    /// from.</param>
    /// <returns><paramref name="lags"/> + 1 numbers, the first 1: at place ℓ the geometric mean of the norms
    /// (<see cref="NormByLag"/>) at lag ℓ, which is the right mean for quantities that are multiplied from step to
    /// step; 0 where one of them is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lags"/> is negative, or <paramref name="runs"/>
    /// below 1.</exception>
    public static IReadOnlyList<double> MeanNormByLag(VanillaRnn rnn, int lags, int runs, SeededRandom random)
    {
        const int Settling = 20; // steps for the state to become one that such inputs lead to
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentNullException.ThrowIfNull(random);
        var logarithms = new double[lags + 1];
        for (var run = 0; run < runs; run++)
        {
            HostInterrupt.Check();
            var x = Enumerable.Range(0, Settling + lags).Select(_ => Normal(rnn.U.ColumnCount, random)).ToList();
            var s = rnn.Forward(x).s;
            var norms = NormByLag(rnn, [.. s.Skip(Settling)], Normal(rnn.W.RowCount, random).Normalize(2));
            for (var lag = 0; lag <= lags; lag++)
            {
                logarithms[lag] += Math.Log(norms[lag]) / runs;
            }
        }

        return [.. logarithms.Select(Math.Exp)];
    }

    private static Vector<double> Normal(int size, SeededRandom random)
    {
        var v = Vector<double>.Build.Dense(size);
        for (var k = 0; k < size; k++)
        {
            v[k] = random.NextNormal();
        }

        return v;
    }
}
