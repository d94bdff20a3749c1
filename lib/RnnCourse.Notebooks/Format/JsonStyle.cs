namespace RnnCourse.Notebooks.Format;

/// <summary>The layout of JSON, which doesn't affect its content.</summary>
/// <param name="Indent">The indentation of one level; <see langword="null"/> for everything on one line.</param>
/// <param name="NewLine">The line break.</param>
/// <param name="AfterColon">The text between a colon and the value.</param>
/// <param name="AfterComma">The text after a comma within a line; between lines there is nothing.</param>
/// <param name="IsAscii">Whether characters beyond ASCII are written as <c>\u</c> with their number.</param>
internal sealed record JsonStyle(string? Indent, string NewLine, string AfterColon, string AfterComma, bool IsAscii)
{
    /// <summary>The style of Jupyter's own writer.</summary>
    public static JsonStyle Canonical { get; } = new(" ", "\n", " ", "", IsAscii: false);

    /// <summary>The style of a text, taken from its first object and its first non-ASCII characters.</summary>
    public static JsonStyle Of(ReadOnlySpan<byte> utf8)
    {
        var isAscii = !utf8.ContainsAnyExceptInRange((byte)0, (byte)127) && utf8.IndexOf("\\u"u8) >= 0;
        var afterColon = utf8.IndexOf("\": "u8) >= 0 ? " " : "";
        var open = utf8.IndexOf((byte)'{') + 1;
        var blanks = utf8[open..];
        blanks = blanks[..Math.Max(0, blanks.IndexOfAnyExcept(" \t\r\n"u8))];
        var lineEnd = blanks.LastIndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            return new JsonStyle(null, "", afterColon, utf8.IndexOf(", \""u8) >= 0 ? " " : "", isAscii);
        }

        var newLine = lineEnd > 0 && blanks[lineEnd - 1] == '\r' ? "\r\n" : "\n";
        return new JsonStyle(
            System.Text.Encoding.ASCII.GetString(blanks[(lineEnd + 1)..]),
            newLine,
            afterColon,
            "",
            isAscii
        );
    }
}
