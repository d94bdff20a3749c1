using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages;

/// <summary>The frame that all pages have around their content. Whatever the content is, nothing on a page can load
/// anything or run, except the script of interactive figures, which the content security policy allows by its
/// hash.</summary>
internal static class PageFrame
{
    private const string Policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    public static string Render(
        string title,
        string language,
        string bodyClass,
        string body,
        bool hasExplorables = false
    ) =>
        $"""
            <!DOCTYPE html>
            <html lang="{HtmlText.Escape(language)}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}{(
                hasExplorables ? $"; script-src {ExplorableScript.Hash}" : ""
            )}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{HtmlText.Escape(title)}</title>
            <style>
            {CellFragments.Style}</style>
            </head>
            <body class="{bodyClass}">
            <a class="skip" href="#content">Skip to the text</a>
            {body}{(hasExplorables ? $"<script type=\"module\">{ExplorableScript.Source}</script>\n" : "")}</body>
            </html>

            """.ReplaceLineEndings(
            "\n"
        );

    public static string Link(PageLink link, string before = "", string after = "", string attributes = "") =>
        $"<a href=\"{HtmlText.Escape(link.Address)}\"{attributes}>{before}{HtmlText.Escape(link.Text)}{after}</a>";
}
