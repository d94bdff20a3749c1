using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Encoders;

namespace RnnCourse.Baselines;

/// <summary>Forecasts a number as a weighted sum of the numbers in the window before it: the linear model of the same
/// window.</summary>
internal sealed class LinearAutoregression
{
    private readonly Vector<double> _weights; // of the window's numbers, the oldest first; the constant last

    private LinearAutoregression(Vector<double> weights) => _weights = weights;

    /// <summary>The weights of the window's numbers, the oldest first, and last the constant: shape (length +
    /// 1).</summary>
    public IReadOnlyList<double> Weights => _weights.AsArray() ?? _weights.ToArray();

    /// <summary>Finds the weights with the smallest sum of squared errors (with a tiny penalty, so that a solution
    /// always exists).</summary>
    /// <param name="windows">The windows to learn from, all of one length, at least one.</param>
    /// <exception cref="ArgumentException">The list of windows is empty.</exception>
    public static LinearAutoregression Fit(IReadOnlyList<SeriesWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (windows.Count == 0)
        {
            throw new ArgumentException("There are no windows to learn from; give at least one.", nameof(windows));
        }

        var length = windows[0].Values.Length;
        var x = Matrix<double>.Build.Dense(
            windows.Count,
            length + 1,
            (row, column) => column == length ? 1 : windows[row].Values.Span[column]
        );
        var y = Vector<double>.Build.Dense(windows.Count, row => windows[row].Target);
        var squares = x.TransposeThisAndMultiply(x);
        var scale = squares.Diagonal().Sum() / (length + 1);
        for (var k = 0; k <= length; k++)
        {
            squares[k, k] += 1e-9 * Math.Max(scale, 1e-12);
        }

        return new(squares.Cholesky().Solve(x.TransposeThisAndMultiply(y)));
    }

    /// <summary>Forecasts the next number.</summary>
    /// <param name="window">The numbers before, the oldest first, shape (length).</param>
    public double Predict(ReadOnlySpan<double> window)
    {
        var sum = _weights[window.Length];
        for (var k = 0; k < window.Length; k++)
        {
            sum += _weights[k] * window[k];
        }

        return sum;
    }
}
