using System.Text;

namespace RnnCourse.Plotting.Text;

/// <summary>Text made safe for XML and HTML.</summary>
internal static class XmlEscaping
{
    /// <summary>Escapes markup, and replaces characters that XML cannot hold by U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(c).Append(text[++i]);
            }
            else if (c == '&')
            {
                escaped.Append("&amp;");
            }
            else if (c == '<')
            {
                escaped.Append("&lt;");
            }
            else if (c == '>')
            {
                escaped.Append("&gt;");
            }
            else if (c == '"')
            {
                escaped.Append("&quot;");
            }
            else if (c == '\'')
            {
                escaped.Append("&#39;");
            }
            else
            {
                escaped.Append(IsXmlCharacter(c) ? c : '\uFFFD');
            }
        }

        return escaped.ToString();
    }

    private static bool IsXmlCharacter(char c) =>
        c is '\t' or '\n' or '\r' || (c >= ' ' && !char.IsSurrogate(c) && c < '\uFFFE');
}
