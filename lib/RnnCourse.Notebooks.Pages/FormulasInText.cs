using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Tex;

namespace RnnCourse.Notebooks.Pages;

/// <summary>Shows formulas in plain text, as opposed to Markdown.</summary>
internal static partial class FormulasInText
{
    /// <summary>The text in HTML, what stands between dollar signs as a formula.</summary>
    public static string ToHtml(string text) =>
        string.Concat(
            Formula()
                .Split(text)
                .Select((part, i) => i % 2 == 0 ? HtmlText.Escape(part) : TexFormula.ToMathMl(part, isDisplay: false))
        );

    // As in Markdown: no blank inside next to the dollar signs, so that prices stay prices.
    [GeneratedRegex(@"\$(?! )([^$]*[^$ ])\$(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
