namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>Unsigned numbers in one, two or four bytes, as metadata holds them (ECMA-335, II.23.2).</summary>
internal static class CompressedNumbers
{
    /// <summary>Reads a number.</summary>
    /// <param name="bytes">The metadata.</param>
    /// <param name="position">The position of the number; moved past its end.</param>
    public static int Read(IReadOnlyList<byte> bytes, ref int position)
    {
        int first = bytes[position++];
        if (first < 0x80)
        {
            return first;
        }

        return first < 0xC0
            ? ((first & 0x3F) << 8) | bytes[position++]
            : ((first & 0x1F) << 24) | (bytes[position++] << 16) | (bytes[position++] << 8) | bytes[position++];
    }

    /// <summary>Appends a number.</summary>
    public static void Write(List<byte> bytes, int value)
    {
        if (value < 0x80)
        {
            bytes.Add((byte)value);
        }
        else if (value < 0x4000)
        {
            bytes.AddRange([(byte)(0x80 | (value >> 8)), (byte)value]);
        }
        else
        {
            bytes.AddRange([(byte)(0xC0 | (value >> 24)), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }
    }
}
