using System.Text;

namespace RnnCourse.Notebooks.Html;

/// <summary>Text as it may stand in HTML.</summary>
internal static class HtmlText
{
    /// <summary>
    /// The text with &amp;, &lt;, &gt; and both quotes written as entities, fit for elements and quoted attributes. Control
    /// characters that HTML doesn't allow become U+FFFD.
    /// </summary>
    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length);
        foreach (var c in text)
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\t' or '\n' => html.Append(c),
                '\r' => html.Append('\n'),
                < ' ' or '\x7f' => html.Append('\uFFFD'),
                _ => html.Append(c),
            };
        return html.ToString();
    }

    /// <summary>What stands outside of tags.</summary>
    public static IEnumerable<char> VisibleCharacters(string html)
    {
        var isTag = false;
        foreach (var c in html)
        {
            isTag |= c == '<';
            if (!isTag)
                yield return c;
            isTag &= c != '>';
        }
    }
}
