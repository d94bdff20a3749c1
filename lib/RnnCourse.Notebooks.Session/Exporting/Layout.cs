using System.Text;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>How the text of a program is laid out.</summary>
internal static class Layout
{
    private const int Width = 100;

    /// <summary>Removes blank lines before and after the text. Inside, nothing changes, since a line break may be part
    /// of a string.</summary>
    public static string Trim(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList();
        var first = lines.FindIndex(line => !string.IsNullOrWhiteSpace(line));
        return first < 0
            ? ""
            : string.Join('\n', lines[first..(lines.FindLastIndex(line => !string.IsNullOrWhiteSpace(line)) + 1)])
                .TrimEnd();
    }

    /// <summary>Makes each line a comment.</summary>
    public static string Comment(string text) =>
        string.Join('\n', Trim(text).Split('\n').Select(line => $"// {line}".TrimEnd()));

    /// <summary>A heading that can be seen while scrolling.</summary>
    public static string Heading(string title)
    {
        var start = $"// ── {title} ";
        return start + new string('─', Math.Max(3, Width - start.Length));
    }

    /// <summary>The first line of a text, to quote it.</summary>
    public static string FirstLine(string text) => text.Split('\n')[0].Trim();

    /// <summary>The text as a raw string literal on separate lines, in which nothing needs to be escaped.</summary>
    public static string Literal(string text)
    {
        var quotes = new StringBuilder("\"\"\"");
        while (text.Contains(quotes.ToString(), StringComparison.Ordinal))
        {
            quotes.Append('"');
        }

        return $"{quotes}\n{text.ReplaceLineEndings("\n")}\n{quotes}";
    }
}
