using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>
/// Turns formulas in TeX into MathML, which browsers draw without any script. Parts that can't be translated are shown
/// as marked source; no text makes this fail.
/// </summary>
public static class TexFormula
{
    /// <summary>The longest formula that is translated, in characters; a longer one is shown as its source.</summary>
    public const int MaximumLength = 20_000;

    /// <summary>Translates a formula.</summary>
    /// <param name="tex">The formula, without the dollar signs around it.</param>
    /// <param name="isDisplay">Whether it is on a separate line.</param>
    /// <returns>A <c>math</c> element, with the source as its annotation.</returns>
    public static string ToMathMl(string tex, bool isDisplay)
    {
        ArgumentNullException.ThrowIfNull(tex);
        var source = tex.Trim();
        var html = new StringBuilder(isDisplay ? "<math display=\"block\">" : "<math>");
        html.Append("<semantics>");
        html.Append(Translate(source, isDisplay));
        html.Append("<annotation encoding=\"application/x-tex\">")
            .Append(HtmlText.Escape(source))
            .Append("</annotation>");
        return html.Append("</semantics></math>").ToString();
    }

    private static string Translate(string source, bool isDisplay)
    {
        try
        {
            if (source.Length <= MaximumLength)
            {
                return MathMlWriter.Write(TexParser.Parse(source), isDisplay);
            }
        }
        catch (TexException)
        {
            // The reader still gets the source.
        }
        return $"<mrow>{MathMlWriter.Unknown(source)}</mrow>";
    }
}
