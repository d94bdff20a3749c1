using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Products;

namespace RnnCourse.Blas;

/// <summary>
/// The general matrix product <c>C ← alpha·op(A)·op(B) + beta·C</c> on column-major buffers.
/// </summary>
/// <remarks>
/// Element (i, j) of a stored matrix X lies at <c>x[i + j·ldx]</c>; the leading dimension <c>ldx</c> may be larger than
/// the number of rows, so that a block of a larger matrix can be multiplied in place. Nothing outside the block is
/// touched.
/// <see cref="BlasSelection"/> says what computes it; by default, SIMD C# that gives the same bits for any number of
/// threads. NaN and infinity go where plain arithmetic takes them: no zero is skipped.
/// </remarks>
public static class Gemm
{
    /// <summary>Computes <c>C ← alpha·op(A)·op(B) + beta·C</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transposeA">Whether op(A) is A or its transpose.</param>
    /// <param name="transposeB">Whether op(B) is B or its transpose.</param>
    /// <param name="m">Rows of op(A) and of C.</param>
    /// <param name="n">Columns of op(B) and of C.</param>
    /// <param name="k">Columns of op(A), rows of op(B).</param>
    /// <param name="alpha">Factor of the product. If it is 0, A and B are not read.</param>
    /// <param name="a">A, stored (m, k), or (k, m) if transposed.</param>
    /// <param name="lda">Distance between columns of A.</param>
    /// <param name="b">B, stored (k, n), or (n, k) if transposed.</param>
    /// <param name="ldb">Distance between columns of B.</param>
    /// <param name="beta">Factor of what C holds. If it is 0, C is overwritten, whatever it held, NaN included.</param>
    /// <param name="c">C, stored (m, n). Must share no element with A or B.</param>
    /// <param name="ldc">Distance between columns of C.</param>
    /// <exception cref="ArgumentOutOfRangeException">m, n or k is negative, or a leading dimension is less than the
    /// stored rows or less than 1.</exception>
    /// <exception cref="ArgumentException">A buffer is too short for its matrix.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Multiply<T>(
        Transpose transposeA,
        Transpose transposeB,
        int m,
        int n,
        int k,
        T alpha,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        T beta,
        Span<T> c,
        int ldc
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        On(BlasSelection.Products, transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);

    /// <summary>Checks the operands and hands them to one implementation. If A lies in panels as well, only those are
    /// read; only our own products know them.</summary>
    internal static unsafe void On<T>(
        IProducts products,
        Transpose transposeA,
        Transpose transposeB,
        int m,
        int n,
        int k,
        T alpha,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        T beta,
        Span<T> c,
        int ldc,
        nint panelsOfA = 0
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Products exist for float and double, not for {typeof(T).Name}.");
        }

        BlockCheck.Require(transposeA == Transpose.No ? m : k, transposeA == Transpose.No ? k : m, a.Length, lda, "A");
        BlockCheck.Require(transposeB == Transpose.No ? k : n, transposeB == Transpose.No ? n : k, b.Length, ldb, "B");
        BlockCheck.Require(m, n, c.Length, ldc, "C");
        fixed (
            T* pa = a,
                pb = b,
                pc = c
        )
        {
            var product = new Product<T>
            {
                M = m,
                N = n,
                K = k,
                TransposeA = transposeA == Transpose.Yes,
                TransposeB = transposeB == Transpose.Yes,
                A = pa,
                B = pb,
                C = pc,
                StepA = lda,
                StepB = ldb,
                StepC = ldc,
                Alpha = alpha,
                Beta = beta,
                PanelsOfA = (T*)panelsOfA,
            };
            if (typeof(T) == typeof(float))
            {
                products.Multiply(Unsafe.As<Product<T>, Product<float>>(ref product));
            }
            else
            {
                products.Multiply(Unsafe.As<Product<T>, Product<double>>(ref product));
            }
        }
    }
}
