namespace RnnCourse.Plotting.Text;

/// <summary>Breaks and shortens text to fit a width.</summary>
internal static class TextWrapping
{
    /// <summary>
    /// The text in lines no wider than <paramref name="width"/>; a word too long for a line is shortened.
    /// </summary>
    public static IReadOnlyList<string> Lines(string text, double width, double size, bool bold = false)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && TextWidth.Of(longer, size, bold) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = Shorten(longer, width, size, bold);
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>The text, cut with an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Shorten(string text, double width, double size, bool bold = false)
    {
        if (TextWidth.Of(text, size, bold) <= width)
        {
            return text;
        }

        var length = text.Length;
        while (length > 1 && TextWidth.Of(string.Concat(text.AsSpan(0, length), "…"), size, bold) > width)
        {
            length--;
        }

        if (char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return string.Concat(text.AsSpan(0, length), "…");
    }
}
