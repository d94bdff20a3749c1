using System.Numerics;
using System.Runtime.Intrinsics.X86;
using RnnCourse.Blas.Multiplication;

namespace RnnCourse.Blas;

/// <summary>Copies of matrices in another layout.</summary>
internal static class MatrixCopy
{
    /// <summary>B ← Aᵀ. Worth it before many products with the transpose of one matrix: a product reads a matrix
    /// fastest as it is stored.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Rows of A, columns of B.</param>
    /// <param name="columns">Columns of A, rows of B.</param>
    /// <param name="a">A, shape (rows, columns), column-major.</param>
    /// <param name="lda">Distance between columns of A.</param>
    /// <param name="b">B, shape (columns, rows), column-major. Must share no element with A; nothing outside the block
    /// is touched.</param>
    /// <param name="ldb">Distance between columns of B.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a leading dimension is less than the stored
    /// rows or less than 1.</exception>
    /// <exception cref="ArgumentException">A buffer is too short for its matrix.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static unsafe void Transpose<T>(int rows, int columns, ReadOnlySpan<T> a, int lda, Span<T> b, int ldb)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Copies exist for float and double, not for {typeof(T).Name}.");
        }

        MatrixCheck.Require(rows, columns, a.Length, lda, "A");
        MatrixCheck.Require(columns, rows, b.Length, ldb, "B");
        var stripColumns = Avx.IsSupported ? columns - (columns % Transposition.Side) : 0;
        var stripRows = rows - (rows % Transposition.DepthStep);
        fixed (
            T* source = a,
                target = b
        )
        {
            for (nint j = 0; j < stripColumns; j += Transposition.Side)
            {
                Transposition.Strip(source + (j * lda), lda, Transposition.Side, stripRows, target + j, ldb);
            }
        }

        for (var j = 0; j < columns; j++)
        {
            for (var i = j < stripColumns ? stripRows : 0; i < rows; i++)
            {
                b[j + (i * ldb)] = a[i + (j * lda)];
            }
        }
    }
}
