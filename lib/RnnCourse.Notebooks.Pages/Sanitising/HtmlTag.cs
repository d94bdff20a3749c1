namespace RnnCourse.Notebooks.Pages.Sanitising;

/// <summary>A tag of HTML as written.</summary>
/// <param name="Name">The element's name as written.</param>
/// <param name="IsEnd">Whether it ends an element.</param>
/// <param name="IsSelfClosed">Whether it ends with <c>/&gt;</c>.</param>
/// <param name="Attributes">Names in lower case, and values with their entities decoded, in order.</param>
/// <param name="End">Where the tag ends in the text.</param>
internal sealed record HtmlTag(
    string Name,
    bool IsEnd,
    bool IsSelfClosed,
    IReadOnlyList<(string Name, string Value)> Attributes,
    int End
)
{
    private const string Blank = " \t\n\f\r";

    /// <summary>Whether a tag, complete or not, starts at a <c>&lt;</c>.</summary>
    public static bool IsStart(string html, int start)
    {
        var name = start + 1 < html.Length && html[start + 1] == '/' ? start + 2 : start + 1;
        return name < html.Length && char.IsAsciiLetter(html[name]);
    }

    /// <summary>Reads the tag at a <c>&lt;</c>; <see langword="null"/> if it is not a complete
    /// tag.</summary>
    public static HtmlTag? Read(string html, int start)
    {
        if (!IsStart(html, start))
        {
            return null;
        }

        var isEnd = html[start + 1] == '/';
        var position = isEnd ? start + 2 : start + 1;
        var name = Take(html, ref position, c => Blank.Contains(c) || c is '/' or '>');
        var attributes = new List<(string, string)>();
        var isSelfClosed = false;
        while (position < html.Length)
        {
            var c = html[position];
            if (c == '>')
            {
                return new(name, isEnd, isSelfClosed, attributes, position + 1);
            }

            isSelfClosed = c == '/';
            if (Blank.Contains(c) || c == '/')
            {
                position++;
            }
            else
            {
                attributes.Add(ReadAttribute(html, ref position));
            }
        }
        return null;
    }

    private static (string Name, string Value) ReadAttribute(string html, ref int position)
    {
        // A name takes at least one character, so that every call moves on.
        var start = position++;
        Take(html, ref position, c => Blank.Contains(c) || c is '/' or '>' or '=');
        var name = html[start..position].ToLowerInvariant();
        var afterBlanks = SkipBlanks(html, position);
        if (afterBlanks >= html.Length || html[afterBlanks] != '=')
        {
            return (name, "");
        }

        position = SkipBlanks(html, afterBlanks + 1);
        return (name, System.Net.WebUtility.HtmlDecode(ReadValue(html, ref position)));
    }

    private static string ReadValue(string html, ref int position)
    {
        if (position >= html.Length || html[position] is not ('"' or '\''))
        {
            return Take(html, ref position, c => Blank.Contains(c) || c == '>');
        }

        var quote = html[position++];
        var value = Take(html, ref position, c => c == quote);
        position = Math.Min(position + 1, html.Length);
        return value;
    }

    private static int SkipBlanks(string html, int position)
    {
        while (position < html.Length && Blank.Contains(html[position]))
        {
            position++;
        }

        return position;
    }

    private static string Take(string html, ref int position, Func<char, bool> isEnd)
    {
        var start = position;
        while (position < html.Length && !isEnd(html[position]))
        {
            position++;
        }

        return html[start..position];
    }
}
