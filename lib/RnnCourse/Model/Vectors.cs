using System.Numerics;
using System.Numerics.Tensors;

namespace RnnCourse.Model;

/// <summary>Sums and copies of columns.</summary>
internal static class Vectors
{
    /// <summary>sum += each column of <paramref name="columns"/>; a column is as long as the sum.</summary>
    public static void AddColumns<T>(ReadOnlySpan<T> columns, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var at = 0; at < columns.Length; at += sum.Length)
            TensorPrimitives.Add(sum, columns.Slice(at, sum.Length), sum);
    }

    /// <summary>Fills every column with the same numbers.</summary>
    public static void Repeat<T>(ReadOnlySpan<T> column, Span<T> columns)
    {
        for (var at = 0; at < columns.Length; at += column.Length) column.CopyTo(columns[at..]);
    }

    /// <summary>Sets some rows of a matrix to zero.</summary>
    public static void ClearRows<T>(Span<T> matrix, int rows, int from, int to)
    {
        if (from == to) return;
        for (var at = 0; at < matrix.Length; at += rows) matrix[(at + from)..(at + to)].Clear();
    }
}
