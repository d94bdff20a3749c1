using System.Numerics;
using RnnCourse.Blas;

namespace RnnCourse.Model;

/// <summary>The three matrix products that recurrent networks are made of, on column-major blocks.</summary>
/// <remarks>Each has an <c>add</c>: whether C keeps what it held. A leading dimension (<c>lda</c> …) is the distance
/// between columns.</remarks>
internal static class Products
{
    /// <summary>C = A B (+ C); A (m, k), B (k, n), C (m, n). Forward: a weight times states.</summary>
    public static void Multiply<T>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool add
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.Multiply(Transpose.No, Transpose.No, m, n, k, T.One, a, lda, b, ldb, add ? T.One : T.Zero, c, ldc);

    /// <summary>C = Aᵀ B (+ C); A (k, m), B (k, n), C (m, n). Backward: what a weight sends down.</summary>
    public static void TransposedMultiply<T>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool add
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.Multiply(Transpose.Yes, Transpose.No, m, n, k, T.One, a, lda, b, ldb, add ? T.One : T.Zero, c, ldc);

    /// <summary>C = A Bᵀ (+ C); A (m, k), B (n, k), C (m, n). Backward: a weight's gradient, summed over k
    /// columns.</summary>
    public static void MultiplyTransposed<T>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool add
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.Multiply(Transpose.No, Transpose.Yes, m, n, k, T.One, a, lda, b, ldb, add ? T.One : T.Zero, c, ldc);
}
