using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Serving;

/// <summary>The list of all notebooks.</summary>
internal static class IndexPage
{
    public static string Render(INotebookShelf shelf)
    {
        var entries = string.Concat(shelf.Entries().Select(Render));
        return Frame(
            shelf.Title,
            $"""
            <main id="content">
            <header><h1>{HtmlText.Escape(shelf.Title)}</h1></header>
            <ol class="lessons">
            {entries}</ol>
            </main>
            """
        );
    }

    /// <summary>A page that says one thing.</summary>
    public static string RenderMessage(string words) =>
        Frame(
            "rnn open",
            $"<main id=\"content\"><p>{HtmlText.Escape(words)}</p><p><a href=\"/\">To the list of all "
                + "notebooks</a></p></main>"
        );

    private static string Render(ShelfEntry entry)
    {
        var number = new string([.. entry.Name.TakeWhile(char.IsAsciiDigit)]);
        var title =
            number.Length > 0 && entry.Title.StartsWith(number, StringComparison.Ordinal)
                ? entry.Title[number.Length..].TrimStart(' ', '·', '.', ':', '-')
                : entry.Title;
        var summary = entry.Summary.Length > 0 ? $"<p>{HtmlText.Escape(entry.Summary)}</p>" : "";
        var state = entry.IsBegun ? "<span class=\"state ran\">Begun</span>" : "<span class=\"state\"></span>";
        return $"<li><span class=\"number\">{number}</span><div><h2><a href=\"{LivePage.AddressOf(entry.Name)}\">"
            + $"{HtmlText.Escape(title)}</a></h2>{summary}</div>{state}</li>\n";
    }

    private static string Frame(string title, string body) =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{HtmlText.Escape(title)}</title>
            <link rel="icon" href="/assets/{Assets.Version}/icon.svg">
            <link rel="stylesheet" href="/assets/{Assets.Version}/page.css">
            </head>
            <body class="index">
            {body}
            </body>
            </html>

            """.ReplaceLineEndings("\n");
}
