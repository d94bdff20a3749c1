using System.Text;

namespace RnnCourse.Datasets;

/// <summary>A line of a text file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The line, without its end.</param>
internal readonly record struct TextLine(long Number, string Text);

/// <summary>Reads text files in UTF-8, block by block, so that a file may be larger than memory.</summary>
/// <remarks>
/// <para>An encoding is never guessed. UTF-8 is read, with or without the mark at its beginning; anything else (UTF-16,
/// Latin-1, a mixture, a binary file) is refused at its first wrong byte, with the line, the column and what to
/// do.</para>
/// <para>The ends of lines of all systems (LF, CR LF, CR) are read as LF. Tabs, form feeds and vertical tabs are text;
/// other control characters are not.</para>
/// </remarks>
internal static class TextFile
{
    /// <summary>The longest line that <see cref="Lines"/> reads, in characters.</summary>
    public const int MaxLineLength = 1 << 20;

    /// <summary>Reads a file in blocks of some ten thousand characters.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text, piece by piece, each of shape (characters); a piece is valid until the next is asked for, and
    /// never ends within a pair of surrogates.</returns>
    /// <exception cref="DataFileException">The file is not text in UTF-8; raised when reading reaches the
    /// place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<ReadOnlyMemory<char>> Blocks(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = Utf8Blocks.Open(path);
        while (reader.Next())
        {
            yield return reader.Block;
        }
    }

    /// <summary>Reads a file line by line. A last line without an end counts as a line.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lines, one at a time.</returns>
    /// <exception cref="DataFileException">The file is not text in UTF-8, or a line is longer than <see
    /// cref="MaxLineLength"/>; raised when reading reaches the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<TextLine> Lines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = Utf8Blocks.Open(path);
        var line = new StringBuilder();
        var number = 1L;
        while (reader.Next())
        {
            for (var rest = reader.Block; rest.Length > 0; )
            {
                var end = rest.Span.IndexOf('\n');
                line.Append(end < 0 ? rest : rest[..end]);
                if (line.Length > MaxLineLength)
                {
                    throw new DataFileException(
                        path,
                        number,
                        MaxLineLength + 1,
                        $"This line is longer than {MaxLineLength} characters; check that it is the right kind of file."
                    );
                }

                if (end < 0)
                {
                    break;
                }

                yield return new(number++, line.ToString());
                line.Clear();
                rest = rest[(end + 1)..];
            }
        }

        if (line.Length > 0)
        {
            yield return new(number, line.ToString());
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is not text in UTF-8, or too large for one text (about 10⁹
    /// characters).</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string ReadAll(string path)
    {
        var text = new StringBuilder();
        foreach (var block in Blocks(path))
        {
            if (text.Length > 1_000_000_000)
            {
                throw new DataFileException(path, 0, 0, "The file is too large to be held as one text.");
            }

            text.Append(block);
        }

        return text.ToString();
    }
}
