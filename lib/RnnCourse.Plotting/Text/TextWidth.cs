namespace RnnCourse.Plotting.Text;

/// <summary>
/// How wide text is at most, in any of the usual sans-serif fonts. An estimate on purpose: the reader's font is not
/// known when the picture is made, and measuring with an installed font would make the bytes differ by machine.
/// </summary>
internal static class TextWidth
{
    /// <summary>The width in the units of <paramref name="size"/>, the font's size.</summary>
    public static double Of(string text, double size, bool bold = false)
    {
        var ems = text.Sum(Ems);
        return ems * size * (bold ? 1.1 : 1);
    }

    private static double Ems(char c) =>
        c switch
        {
            'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.32,
            'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' or ' ' => 0.41,
            'm' or 'w' or 'M' or 'W' or '%' or '@' or '…' or '→' or '−' => 0.95,
            >= 'A' and <= 'Z' => 0.72,
            >= '\u0300' and <= '\u036F' => 0,
            >= '\u2E80' and <= '\uD7FF' => 1.05,
            >= '\uD800' and <= '\uDFFF' => 0.6,
            _ => 0.62,
        };
}
