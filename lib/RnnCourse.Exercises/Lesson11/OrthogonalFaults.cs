using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson11;

/// <summary>The replies to a matrix that isn't orthogonal.</summary>
internal static class OrthogonalFaults
{
    private static readonly Finding NotRandom = new(
        "not-random",
        "The matrix is orthogonal, but it is the same for every seed.",
        "Where do its numbers come from? The method is handed a source of random numbers.",
        "Fill a matrix with random.NextNormal(), and take matrix.QR().Q: QR() splits a matrix into an orthogonal "
            + "Q and a triangular R."
    );

    private static readonly Finding ColumnsOnly = new(
        "columns-not-at-right-angles",
        "The columns have length 1, but they don't stand at right angles.",
        "QᵀQ holds the products of any two columns. Which of its entries should be 0?",
        "Length 1 isn't enough. QR() splits a matrix into an orthogonal Q and a triangular R: matrix.QR().Q."
    );

    private static readonly Finding RadiusOnly = new(
        "radius-only",
        "Its spectral radius is 1, but it isn't orthogonal: it still makes some vectors longer and others shorter.",
        "The radius is one eigenvalue's. What of the other directions?",
        "All directions must keep their lengths: QᵀQ = I. Take the Q of matrix.QR()."
    );

    private static readonly Finding R = new(
        "triangular",
        "That is a triangular matrix: the R of QR(), not the Q.",
        "A = Q R. Which of the two has perpendicular columns?",
        "matrix.QR().Q."
    );

    public static Finding? Of(Matrix<double> Q, Matrix<double> ofOtherSeed)
    {
        var gram = Q.Transpose() * Q;
        var I = Matrix<double>.Build.DenseIdentity(Q.RowCount);
        var apart = (gram - I).Enumerate().Max(Math.Abs);
        if (apart < 1e-5)
        {
            return Q.RowCount > 1 && Q.Equals(ofOtherSeed) ? NotRandom : null;
        }

        return Q.RowCount > 1 && (gram.Diagonal() - 1).AbsoluteMaximum() < 1e-5 ? ColumnsOnly
            : Q.RowCount > 1 && Q.StrictlyLowerTriangle().FrobeniusNorm() < 1e-9 ? R
            : Math.Abs(RecurrentWeights.SpectralRadius(Q) - 1) < 1e-5 ? RadiusOnly
            : new(
                "not-orthogonal",
                string.Create(CultureInfo.InvariantCulture, $"QᵀQ is not the identity: an entry is off by {apart:G3}."),
                "What must the product of two different columns be, and of a column with itself?",
                "Take the Q of QR() of a random matrix."
            );
    }
}
