using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>The spectrum of W, which decides how long a recurrent network remembers, and ways to start with a given
/// one.</summary>
/// <remarks>H is the size of the state.</remarks>
public static class RecurrentWeights
{
    /// <summary>Computes the spectral radius ρ(W): the largest absolute value of an eigenvalue.</summary>
    /// <param name="W">A square matrix, shape (H, H), of finite numbers.</param>
    /// <returns>ρ(W); in the long run the powers of W grow or shrink by this factor a step.</returns>
    /// <exception cref="ArgumentException"><paramref name="W"/> is not square, or holds NaN or an infinite
    /// number.</exception>
    public static double SpectralRadius(Matrix<double> W)
    {
        RequireSquare(W);
        return W.Evd().EigenValues.Max(eigenvalue => eigenvalue.Magnitude);
    }

    /// <summary>Scales a matrix such that its spectral radius is the given one; all eigenvalues are multiplied by the
    /// same number.</summary>
    /// <param name="W">A square matrix, shape (H, H); it is not changed.</param>
    /// <param name="radius">The spectral radius to have, at least 0 and finite.</param>
    /// <returns>A new matrix, shape (H, H).</returns>
    /// <exception cref="ArgumentException"><paramref name="W"/> is not square, is not finite, or has only eigenvalues
    /// that are zero up to rounding.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is negative, NaN or
    /// infinite.</exception>
    public static Matrix<double> WithSpectralRadius(Matrix<double> W, double radius)
    {
        if (!(radius >= 0) || !double.IsFinite(radius))
        {
            throw new ArgumentOutOfRangeException(
                nameof(radius),
                radius,
                "A spectral radius is a finite number from 0 on."
            );
        }

        var own = SpectralRadius(W);
        // The eigenvalues of a matrix such as [[0, 1], [0, 0]] are all zero: no factor gives it another radius.
        if (own <= 1e-12 * W.L2Norm() || own == 0)
        {
            throw new ArgumentException(
                "All eigenvalues of this matrix are zero, so no factor gives it another spectral radius.",
                nameof(W)
            );
        }

        return W * (radius / own);
    }

    /// <summary>Draws a random orthogonal matrix Q: QᵀQ = I, so it turns and mirrors vectors, and leaves their lengths
    /// as they are.</summary>
    /// <param name="size">H, at least 1.</param>
    /// <param name="random">Where the numbers are drawn from.</param>
    /// <returns>Q, shape (H, H); each orthogonal matrix is as likely as any other.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <remarks>The Q of the QR decomposition of a matrix of normal numbers, each column with the sign of R's diagonal,
    /// without which some matrices would be likelier than others. Mezzadri, "How to generate random matrices from the
    /// classical compact groups", 2007. As a start for W: Saxe, McClelland and Ganguli, "Exact solutions to the
    /// nonlinear dynamics of learning in deep linear neural networks", 2014.</remarks>
    public static Matrix<double> Orthogonal(int size, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(random);
        // By the size alone, so that the same seed gives the same matrix.
        var normal = Matrix<double>.Build.Dense(size, size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                normal[row, column] = random.NextNormal();
            }
        }

        var qr = normal.QR();
        return qr.Q * Matrix<double>.Build.DiagonalOfDiagonalVector(qr.R.Diagonal().Map(r => r < 0 ? -1.0 : 1.0));
    }

    private static void RequireSquare(Matrix<double> W)
    {
        ArgumentNullException.ThrowIfNull(W);
        if (W.RowCount != W.ColumnCount)
        {
            throw new ArgumentException(
                $"W leads from the state to the next state, so it must be square; it is {W.RowCount} × "
                    + $"{W.ColumnCount}.",
                nameof(W)
            );
        }

        if (W.Exists(value => !double.IsFinite(value)))
        {
            throw new ArgumentException("W holds NaN or an infinite number, so it has no spectrum.", nameof(W));
        }
    }
}
