using System.Globalization;
using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Serving;

/// <summary>Makes the page of an open notebook. Everything on it can be read before any script runs.</summary>
internal static class LivePage
{
    /// <summary>The content security policy of the page: it may run this server's scripts, connect to this server, and
    /// show the pictures that it contains.</summary>
    /// <param name="nonce">The nonce that allows the editor to add its styles.</param>
    /// <param name="host">The server as the browser sees it.</param>
    public static string Policy(string nonce, string host) =>
        $"default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-{nonce}'; style-src-attr "
        + $"'unsafe-inline'; "
        + $"img-src 'self' data:; font-src 'self'; connect-src 'self' ws://{host} wss://{host}; frame-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Renders a page.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="notebooks">Where it comes from.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="nonce">As in the policy.</param>
    /// <param name="root">The path below which the server's pages are.</param>
    public static string Render(
        LiveNotebook notebook,
        INotebookSource notebooks,
        string name,
        string nonce,
        string root
    )
    {
        var document = notebook.Notebook;
        var code = document.Cells.OfType<CodeCell>().ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        var title = NotebookTitle.Of(document) ?? name;
        var cells = new StringBuilder();
        var told = notebook.Cells();
        var states = notebook.States().ToDictionary(state => state.Cell, StringComparer.Ordinal);
        var folded = notebook
            .Learning()
            .Where(cell => cell.Question is not null && !cell.HasPredicted)
            .Select(cell => cell.Cell)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var cell in told)
        {
            var number = states.GetValueOrDefault(cell.Cell)?.Number ?? 0;
            Append(cells, cell, code.GetValueOrDefault(cell.Cell), number, folded.Contains(cell.Cell));
        }

        var (previous, next) = Neighbours(notebooks, name);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{HtmlText.Escape(title)} · {HtmlText.Escape(notebooks.Title)}</title>
            <link rel="icon" href="{root}/assets/{Assets.Version}/icon.svg">
            <link rel="stylesheet" href="{root}/assets/{Assets.Version}/page.css">
            <link rel="stylesheet" href="{root}/assets/{Assets.Version}/live.css">
            <link rel="stylesheet" href="{root}/assets/{Assets.Version}/learning.css">
            <script type="module" src="{root}/assets/{Assets.Version}/main.js" nonce="{nonce}"></script>
            </head>
            <body class="lesson live">
            <a class="skip" href="#content">Skip to the text</a>
            <header class="top"><nav aria-label="Course"><a href="{root}/">{HtmlText.Escape(
                notebooks.IndexTitle
            )}</a><span class="file" title="The file in which this notebook is saved">{HtmlText.Escape(
                FileName(notebook)
            )}</span></nav></header>
            <div class="bar"><div id="toolbar" role="toolbar" aria-label="Notebook"></div><div id="notices" role="status"></div></div>
            <div id="announcements" class="unseen" role="status"></div>
            <noscript><p class="failure">This page runs cells by a script. Allow scripts for this address, which is on your own machine.</p></noscript>
            <div class="page">
            <main id="content">
            {CellFragments.Contents(document)}
            <div id="cells" data-socket="{root}/live/{Uri.EscapeDataString(name)}" data-can-reset="{(
                notebook.CanResetAll ? "true" : "false"
            )}">
            {cells}</div>
            </main>
            </div>
            {Footer(root, previous, next)}
            </body>
            </html>

            """.ReplaceLineEndings(
            "\n"
        );
    }

    // The folder is part of it, because a lesson's copy has the same name as the lesson.
    private static string FileName(LiveNotebook notebook) =>
        $"{Path.GetFileName(Path.GetDirectoryName(notebook.Path))}/{notebook.Name}";

    /// <summary>The path of a notebook's page, relative to the server's root.</summary>
    public static string AddressOf(string name) => $"/notebook/{Uri.EscapeDataString(name)}.html";

    private static void Append(StringBuilder page, PageCell cell, CodeCell? code, int number, bool isFolded)
    {
        var looks = isFolded ? " awaits-prediction" : "";
        var kind = code is null ? (cell.Kind == CellKind.Text ? "text" : "raw") : "code";
        page.Append(
            CultureInfo.InvariantCulture,
            $"""<section class="{kind}{looks}" id="cell-{cell.Cell}" data-cell="{cell.Cell}" data-kind="{kind}" data-version="{cell.Version}">"""
        );
        if (code is not null)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"""<div class="source"><span class="count" aria-hidden="true">{number}</span><pre tabindex="0"><code>{CellFragments.Code(code)}</code></pre></div>"""
            );
            page.Append("<div class=\"outputs\">");
        }
        else
        {
            page.Append("<div class=\"source\"></div>\n<div class=\"outputs prose\">");
        }

        foreach (var block in cell.Blocks ?? [])
        {
            page.Append("<div class=\"block\">").Append(block).Append("</div>");
        }

        page.Append("</div>\n</section>\n");
    }

    private static (NotebookEntry? Previous, NotebookEntry? Next) Neighbours(INotebookSource notebooks, string name)
    {
        var entries = notebooks.Entries();
        var at = entries.ToList().FindIndex(entry => entry.Name == name);
        return at < 0 ? (null, null) : (entries.ElementAtOrDefault(at - 1), entries.ElementAtOrDefault(at + 1));
    }

    private static string Footer(string root, NotebookEntry? previous, NotebookEntry? next) =>
        previous is null && next is null
            ? ""
            : "<footer class=\"bottom\"><nav aria-label=\"Lessons\">"
                + $"{Link(root, previous, "prev", "Previous")}{Link(root, next, "next", "Next")}</nav></footer>";

    private static string Link(string root, NotebookEntry? entry, string rel, string label) =>
        entry is null
            ? ""
            : $"<a rel=\"{rel}\" href=\"{root}{AddressOf(entry.Name)}\"><span>{label}</span>"
                + $"{HtmlText.Escape(entry.Title)}</a>";
}
