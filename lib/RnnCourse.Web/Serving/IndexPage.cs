using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Serving;

/// <summary>The list of all notebooks.</summary>
internal static class IndexPage
{
    /// <summary>Renders the list.</summary>
    /// <param name="shelf">The notebooks.</param>
    /// <param name="root">The path below which the server's pages lie.</param>
    public static string Render(INotebookShelf shelf, string root)
    {
        var entries = string.Concat(shelf.Entries().Select(entry => Render(entry, root)));
        return Frame(
            root,
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
    public static string RenderMessage(string words, string root) =>
        Frame(
            root,
            "rnn open",
            $"<main id=\"content\"><p>{HtmlText.Escape(words)}</p><p><a href=\"{root}/\">To the list of all "
                + "notebooks</a></p></main>"
        );

    private static string Render(ShelfEntry entry, string root)
    {
        var number = new string([.. entry.Name.TakeWhile(char.IsAsciiDigit)]);
        var title =
            number.Length > 0 && entry.Title.StartsWith(number, StringComparison.Ordinal)
                ? entry.Title[number.Length..].TrimStart(' ', '·', '.', ':', '-')
                : entry.Title;
        var summary = entry.Summary.Length > 0 ? $"<p>{HtmlText.Escape(entry.Summary)}</p>" : "";
        var state = entry.IsBegun ? "<span class=\"state ran\">Begun</span>" : "<span class=\"state\"></span>";
        return $"<li><span class=\"number\">{number}</span><div><h2><a href=\"{root}{LivePage.AddressOf(entry.Name)}\">"
            + $"{HtmlText.Escape(title)}</a></h2>{summary}</div>{state}</li>\n";
    }

    private static string Frame(string root, string title, string body) =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{HtmlText.Escape(title)}</title>
            <link rel="icon" href="{root}/assets/{Assets.Version}/icon.svg">
            <link rel="stylesheet" href="{root}/assets/{Assets.Version}/page.css">
            </head>
            <body class="index">
            {body}
            </body>
            </html>

            """.ReplaceLineEndings("\n");
}
