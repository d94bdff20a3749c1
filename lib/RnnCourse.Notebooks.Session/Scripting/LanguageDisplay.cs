using System.Net;
using Markdig;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Shows the parts of a cell that aren't C#, in the forms that other hosts know; <c>text/plain</c> is the
/// source.</summary>
internal static class LanguageDisplay
{
    // What .NET Interactive turns Markdown into.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseMathematics()
        .UseAdvancedExtensions()
        .Build();

    public static MimeBundle Of(CellLanguage language, string text) =>
        language switch
        {
            CellLanguage.Html => DisplayFormatter.OfText(text, "text/html"),
            CellLanguage.Markdown => MimeBundle.OfText(
                ("text/plain", text),
                ("text/markdown", text),
                ("text/html", ToHtml(text))
            ),
            CellLanguage.JavaScript => MimeBundle.OfText(
                ("text/plain", text),
                ("text/html", $"<script type=\"text/javascript\">{text}</script>")
            ),
            CellLanguage.Mermaid => MimeBundle.OfText(
                ("text/plain", text),
                ("text/vnd.mermaid", text),
                (
                    "text/html",
                    "<div class=\"mermaidMarkdownContainer\"><pre "
                        + $"class=\"mermaid\">{WebUtility.HtmlEncode(text)}</pre></div>"
                )
            ),
            _ => MimeBundle.OfText(("text/plain", text)),
        };

    private static string ToHtml(string markdown)
    {
        try
        {
            return Markdig.Markdown.ToHtml(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's guard against text that nests too deeply
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }
}
