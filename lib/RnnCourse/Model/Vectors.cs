using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Model;

/// <summary>Sums and copies of columns.</summary>
internal static class Vectors
{
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
