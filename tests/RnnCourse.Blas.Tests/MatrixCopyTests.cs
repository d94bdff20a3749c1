using System.Numerics;
using CsCheck;

namespace RnnCourse.Blas.Tests;

public sealed class MatrixCopyTests
{
    [Fact]
    public void A_transposed_copy_has_every_element_and_touches_nothing_else() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 3], Gen.Int[0, 3])
            .Sample(
                (rows, columns, spareA, spareB) =>
                {
                    Check<float>(rows, columns, Math.Max(1, rows) + spareA, Math.Max(1, columns) + spareB);
                    Check<double>(rows, columns, Math.Max(1, rows) + spareA, Math.Max(1, columns) + spareB);
                }
            );

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            MatrixCopy.Transpose<float>(2, 2, new float[4], 1, new float[4], 2)
        );
        Assert.Throws<ArgumentException>(() => MatrixCopy.Transpose<float>(2, 3, new float[6], 2, new float[5], 3));
        Assert.Throws<NotSupportedException>(() => MatrixCopy.Transpose<Half>(1, 1, new Half[1], 1, new Half[1], 1));
    }

    private static void Check<T>(int rows, int columns, int lda, int ldb)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = new T[lda * columns];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = T.CreateChecked(i + 1);
        }

        var b = new T[(ldb * rows) + 9];
        MatrixCopy.Transpose<T>(rows, columns, a, lda, b, ldb);
        for (var at = 0; at < b.Length; at++)
        {
            var (i, j) = Math.DivRem(at, ldb);
            Assert.Equal(i < rows && j < columns ? a[i + (j * lda)] : T.Zero, b[at]);
        }
    }
}
