namespace RnnCourse.Notebooks.Format;

/// <summary>A text that a file stores as an array of lines.</summary>
internal sealed record StoredLines(string Text)
{
    /// <summary>The ranges of the lines in the text; lines end as for Python's <c>str.splitlines</c>, with which
    /// Jupyter's writer splits texts.</summary>
    public IEnumerable<Range> Lines()
    {
        var start = 0;
        for (var i = 0; i < Text.Length; i++)
        {
            if (!IsEnd(Text[i]))
            {
                continue;
            }
            // "\r\n" is one
            if (Text[i] == '\r' && i + 1 < Text.Length && Text[i + 1] == '\n')
            {
                i++;
            }

            yield return start..(i + 1);
            start = i + 1;
        }
        if (start < Text.Length)
        {
            yield return start..;
        }
    }

    /// <summary>A line without its line break.</summary>
    public static string WithoutEnd(string line) =>
        line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2]
        : line.Length > 0 && IsEnd(line[^1]) ? line[..^1]
        : line;

    private static bool IsEnd(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';
}
