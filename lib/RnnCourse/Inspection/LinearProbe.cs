using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Inspection;

/// <summary>Predicts a number from a state by a weighted sum: <c>w·s + b</c>. What it can predict, the state holds in a
/// simple form.</summary>
/// <remarks>Fitted by least squares with a small penalty on w. Fit on some sequences and measure on others; and compare
/// with a probe on an untrained network's states, since even random states hold some information. Alain and Bengio,
/// "Understanding intermediate layers using linear classifier probes", 2016.</remarks>
public sealed class LinearProbe
{
    private LinearProbe(Vector<double> weights, double bias) => (Weights, Bias) = (weights, bias);

    /// <summary>w, shape (H).</summary>
    public Vector<double> Weights { get; }

    /// <summary>b.</summary>
    public double Bias { get; }

    /// <summary>Fits a probe.</summary>
    /// <param name="S">The states, shape (H, N), N at least 2.</param>
    /// <param name="targets">The number to predict from each, shape (N); for a yes-or-no question 1 and −1.</param>
    /// <param name="penalty">How strongly large weights are penalised, above 0: what is added to each unit's mean
    /// square.</param>
    /// <exception cref="ArgumentException">The sizes do not match.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is not above 0.</exception>
    public static LinearProbe Fit(Matrix<double> S, IReadOnlyList<double> targets, double penalty = 1e-6)
    {
        Require(S, targets);
        if (!(penalty > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "The penalty must be above 0.");
        }

        var N = S.ColumnCount;
        if (N < 2)
        {
            throw new ArgumentException("A probe needs at least two states.", nameof(S));
        }

        var mean = S.RowSums() / N; // (H)
        var centred = S - mean.ToColumnMatrix() * Matrix<double>.Build.Dense(1, N, 1); // (H, N)
        var t = Vector<double>.Build.DenseOfEnumerable(targets);
        var gram = centred.TransposeAndMultiply(centred) / N; // (H, H)
        for (var h = 0; h < gram.RowCount; h++)
        {
            gram[h, h] += penalty;
        }

        var weights = gram.Cholesky().Solve(centred * (t - t.Average()) / N);
        return new(weights, t.Average() - (weights * mean));
    }

    /// <summary>The predictions of the probe, shape (N).</summary>
    /// <param name="S">The states, shape (H, N).</param>
    public Vector<double> Read(Matrix<double> S)
    {
        ArgumentNullException.ThrowIfNull(S);
        return S.TransposeThisAndMultiply(Weights) + Bias;
    }

    /// <summary>The share of states whose sign is predicted correctly, for targets of 1 and −1.</summary>
    /// <param name="S">The states, shape (H, N).</param>
    /// <param name="targets">The right answers, shape (N).</param>
    /// <exception cref="ArgumentException">The sizes do not match.</exception>
    public double Accuracy(Matrix<double> S, IReadOnlyList<double> targets)
    {
        Require(S, targets);
        var read = Read(S);
        return targets.Where((t, n) => t > 0 == read[n] > 0).Count() / (double)targets.Count;
    }

    /// <summary>R²: the share of the targets' variance that the probe explains; 1 for all of it, 0 for no better than
    /// the mean.</summary>
    /// <param name="S">The states, shape (H, N).</param>
    /// <param name="targets">The right numbers, shape (N).</param>
    /// <exception cref="ArgumentException">The sizes do not match.</exception>
    public double ExplainedShare(Matrix<double> S, IReadOnlyList<double> targets)
    {
        Require(S, targets);
        var (read, mean) = (Read(S), targets.Average());
        return 1
            - (
                targets.Select((t, n) => (t - read[n]) * (t - read[n])).Sum()
                / targets.Sum(t => (t - mean) * (t - mean))
            );
    }

    private static void Require(Matrix<double> S, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(S);
        ArgumentNullException.ThrowIfNull(targets);
        if (S.ColumnCount != targets.Count)
        {
            throw new ArgumentException(
                $"There are {S.ColumnCount} states but {targets.Count} targets.",
                nameof(targets)
            );
        }
    }
}
