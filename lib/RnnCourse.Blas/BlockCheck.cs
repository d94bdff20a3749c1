using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RnnCourse.Blas;

/// <summary>Refuses a block that its buffer cannot hold, before a kernel walks it by pointer.</summary>
internal static class BlockCheck
{
    /// <summary>Checks one stored matrix.</summary>
    /// <param name="rows">Stored rows.</param>
    /// <param name="columns">Stored columns.</param>
    /// <param name="length">Elements in the buffer.</param>
    /// <param name="leadingDimension">Distance between columns.</param>
    /// <param name="name">The matrix's letter, for the message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(int rows, int columns, int length, int leadingDimension, string name)
    {
        var last = ((long)(columns - 1) * leadingDimension) + rows;
        if (
            (rows | columns) < 0
            || leadingDimension < rows
            || leadingDimension < 1
            || (last > length && rows != 0 && columns != 0)
        )
        {
            Refuse(rows, columns, length, leadingDimension, name);
        }
    }

    [DoesNotReturn]
    private static void Refuse(int rows, int columns, int length, int leadingDimension, string name)
    {
        if (rows < 0 || columns < 0)
        {
            throw new ArgumentOutOfRangeException(
                name,
                $"Matrix {name} of {rows} × {columns}: a size cannot be negative."
            );
        }

        if (leadingDimension < rows || leadingDimension < 1)
        {
            throw new ArgumentOutOfRangeException(
                name,
                $"Matrix {name} of {rows} × {columns} has leading dimension {leadingDimension}: it must be "
                    + $"at least {Math.Max(1, rows)}, the distance between columns."
            );
        }

        var needed = ((long)(columns - 1) * leadingDimension) + rows;
        throw new ArgumentException(
            $"Matrix {name} of {rows} × {columns} with leading dimension {leadingDimension} needs "
                + $"{needed} elements, but its buffer has {length}.",
            name
        );
    }
}
