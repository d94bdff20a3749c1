using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>Converts text to HTML and extracts text from it.</summary>
public static class HtmlText
{
    /// <summary>
    /// The text with &amp;, &lt;, &gt; and both quotes written as entities, suitable for elements and quoted
    /// attributes. Control characters that HTML doesn't allow, and unpaired surrogates, become U+FFFD.
    /// </summary>
    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\t' or '\n' => html.Append(text[i]),
                '\r' => html.Append('\n'),
                < ' ' or '\x7f' => html.Append('\uFFFD'),
                var c when char.IsSurrogate(c) => AppendSurrogate(html, text, ref i),
                var c => html.Append(c),
            };
        }

        return html.ToString();
    }

    private static StringBuilder AppendSurrogate(StringBuilder html, string text, ref int i)
    {
        if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
        {
            return html.Append('\uFFFD');
        }

        i++;
        return html.Append(text, i - 1, 2);
    }

    /// <summary>The text outside tags.</summary>
    public static IEnumerable<char> VisibleCharacters(string html)
    {
        var isTag = false;
        foreach (var c in html)
        {
            isTag |= c == '<';
            if (!isTag)
            {
                yield return c;
            }

            isTag &= c != '>';
        }
    }
}
