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

    /// <summary>Writes the transpose of a matrix, shape (rows, columns), into a buffer that is made large enough.</summary>
    public static void Transpose<T>(ReadOnlySpan<T> matrix, int rows, int columns, ref T[] transpose)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // In squares that fit into the first cache, because one of the two is read or written across its columns.
        const int Square = 16;
        Sizes.Reserve(ref transpose, rows * columns);
        for (var column = 0; column < columns; column += Square)
        {
            var columnsEnd = Math.Min(column + Square, columns);
            for (var row = 0; row < rows; row += Square)
            {
                var rowsEnd = Math.Min(row + Square, rows);
                for (var r = row; r < rowsEnd; r++)
                {
                    var to = transpose.AsSpan(r * columns, columns);
                    for (var c = column; c < columnsEnd; c++) to[c] = matrix[r + (c * rows)];
                }
            }
        }
    }
}
