using System.Net;
using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Removes from generated HTML what a notebook should not store.</summary>
internal static partial class HtmlCleaner
{
    private const int LongestPlainText = 500;

    /// <summary>
    /// Removes the style sheet at the end of the formatter's HTML: it is the same each time, and restyles all other
    /// tables of the page.
    /// </summary>
    public static string WithoutStyle(string html) => FormatterStyle().Replace(html, "");

    /// <summary>Whether the HTML is only the wrapped plain text.</summary>
    public static bool IsPlain(string html) => Wrapped().IsMatch(html);

    /// <summary>The text of the HTML, without tags, on one line; for hosts that can't show HTML.</summary>
    public static string ToPlainText(string html)
    {
        var text = WebUtility.HtmlDecode(Tag().Replace(Invisible().Replace(html, " "), " "));
        text = WhiteSpace().Replace(text, " ").Trim();
        return text.Length <= LongestPlainText ? text : string.Concat(text.AsSpan(0, LongestPlainText), "…");
    }

    [GeneratedRegex(@"<style>\s*\.dni-code-hint.*?</style>", RegexOptions.Singleline)]
    private static partial Regex FormatterStyle();

    [GeneratedRegex(@"^\s*(<div class=""dni-plaintext""><pre>[^<]*</pre></div>|<span>[^<]*</span>)\s*$")]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"<(script|style)\b.*?</\1\s*>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
