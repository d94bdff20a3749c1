namespace RnnCourse.Model;

/// <summary>Sizes of buffers: checked once, grown when a longer or wider batch comes, never shrunk.</summary>
internal static class Sizes
{
    public static int Product(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return checked(rows * columns);
    }

    /// <summary>Makes sure that <paramref name="buffer"/> holds at least <paramref name="length"/> numbers; what it
    /// held may be lost.</summary>
    public static void Reserve<TItem>(ref TItem[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new TItem[length];
        }
    }
}
