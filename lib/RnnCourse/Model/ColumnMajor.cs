using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas;

namespace RnnCourse.Model;

/// <summary>Operations on column-major matrices: the three products that recurrent networks need, and sums and copies
/// of columns.</summary>
/// <remarks>With <c>add</c>, a product is added to what C holds; otherwise it overwrites C. A leading dimension
/// (<c>lda</c> …) is the distance between columns.</remarks>
internal static class ColumnMajor
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

    /// <summary>sum += x, number by number. As <c>TensorPrimitives.Add</c>, but fast from the first call on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= sum.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(sum[i..]) + new Vector<T>(x[i..])).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += x[i];
        }
    }

    /// <summary>sum += each column of <paramref name="columns"/>; a column is as long as the sum.</summary>
    public static void AddColumns<T>(ReadOnlySpan<T> columns, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var at = 0; at < columns.Length; at += sum.Length)
        {
            Add(columns.Slice(at, sum.Length), sum);
        }
    }

    /// <summary>Fills every column with the same numbers.</summary>
    public static void Repeat<T>(ReadOnlySpan<T> column, Span<T> columns)
    {
        for (var at = 0; at < columns.Length; at += column.Length)
        {
            column.CopyTo(columns[at..]);
        }
    }

    /// <summary>Sets some rows of a matrix to zero.</summary>
    public static void ClearRows<T>(Span<T> matrix, int rows, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        for (var at = 0; at < matrix.Length; at += rows)
        {
            matrix[(at + from)..(at + to)].Clear();
        }
    }
}
