using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Serving;

/// <summary>The list of all notebooks.</summary>
internal static class IndexPage
{
    /// <summary>Renders the list.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="root">The path below which the server's pages are.</param>
    public static string Render(INotebookSource notebooks, string root)
    {
        var entries = notebooks.Entries();
        return Frame(
            root,
            notebooks.Title,
            $"""
            <main id="content">
            <header><h1>{HtmlText.Escape(notebooks.Title)}</h1></header>
            {Progress(entries, root)}<ol class="lessons">
            {string.Concat(entries.Select(entry => Render(entry, root)))}</ol>
            </main>
            """
        );
    }

    // Where to go on and how far the reader has come; empty if there are no exercises.
    private static string Progress(IReadOnlyList<NotebookEntry> entries, string root)
    {
        var (exercises, solved) = (entries.Sum(entry => entry.Exercises), entries.Sum(entry => entry.Solved));
        if (exercises == 0)
        {
            return "";
        }

        var link = FindNext(entries) is not { } next
            ? ""
            : $"<a class=\"go-on\" href=\"{root}{LivePage.AddressOf(next.Name)}\">"
                + $"{(entries.Any(entry => entry.IsBegun) ? "Continue here" : "Start here")}: "
                + $"{HtmlText.Escape(next.Title)}</a>";
        var words = string.Create(CultureInfo.InvariantCulture, $"{solved} of {exercises} exercises solved");
        return $"<div class=\"progress\">{link}<p id=\"solved\">{words}</p>"
            + string.Create(
                CultureInfo.InvariantCulture,
                $"<progress value=\"{solved}\" max=\"{exercises}\" aria-labelledby=\"solved\"></progress></div>\n"
            );
    }

    /// <summary>The notebook to continue with: the one that was last changed if it has unsolved exercises, else the
    /// next one that has.</summary>
    internal static NotebookEntry? FindNext(IReadOnlyList<NotebookEntry> entries)
    {
        var last = entries.Where(entry => entry.IsBegun).MaxBy(entry => entry.Changed);
        var from = last is null ? 0 : entries.ToList().IndexOf(last);
        return entries.Skip(from).Concat(entries.Take(from)).FirstOrDefault(entry => entry.Solved < entry.Exercises);
    }

    /// <summary>Renders a page with a single message.</summary>
    public static string RenderMessage(string words, string root) =>
        Frame(
            root,
            "rnn open",
            $"<main id=\"content\"><p>{HtmlText.Escape(words)}</p><p><a href=\"{root}/\">To the list of all "
                + "notebooks</a></p></main>"
        );

    private static string Render(NotebookEntry entry, string root)
    {
        var number = new string([.. entry.Name.TakeWhile(char.IsAsciiDigit)]);
        var title =
            number.Length > 0 && entry.Title.StartsWith(number, StringComparison.Ordinal)
                ? entry.Title[number.Length..].TrimStart(' ', '·', '.', ':', '-')
                : entry.Title;
        var summary = entry.Summary.Length > 0 ? $"<p>{IndexRenderer.WithFormulas(entry.Summary)}</p>" : "";
        var state =
            entry.Exercises > 0 && entry.Solved == entry.Exercises ? "<span class=\"state ran\">✓ Solved</span>"
            : entry.Solved > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"<span class=\"state\">{entry.Solved} of {entry.Exercises} solved</span>"
                )
            : entry.IsBegun ? "<span class=\"state\">Begun</span>"
            : "<span class=\"state\"></span>";
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
            <link rel="stylesheet" href="{root}/assets/{Assets.Version}/index.css">
            </head>
            <body class="index">
            {body}
            </body>
            </html>

            """.ReplaceLineEndings("\n");
}
