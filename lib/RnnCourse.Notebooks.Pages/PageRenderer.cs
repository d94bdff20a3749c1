using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Markdown;
using RnnCourse.Notebooks.Pages.Sanitising;

namespace RnnCourse.Notebooks.Pages;

/// <summary>
/// Makes one readable HTML page of a notebook that ran. The page is self-contained: nothing to load, formulas as
/// MathML, pictures and styles inside, and no script except that of interactive figures. The same notebook gives the
/// same bytes.
/// </summary>
public static class PageRenderer
{
    private const int MinListedHeadings = 2;

    /// <summary>Renders a page.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="context">Title, neighbouring pages, and the targets of links.</param>
    /// <returns>The page, to be stored as UTF-8.</returns>
    public static string Render(Notebook notebook, PageContext context)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(context);
        var links = new LinkPolicy(context.ResolveLink, context.IsAlone);
        var markdown = new MarkdownRenderer(
            links,
            context.Words is { } words ? words.Book.MarkerFor(words.Notebook) : null
        );
        var outputs = new OutputRenderer(markdown, links);
        var cells = new CellRenderer(markdown, outputs);
        var shown = notebook.Cells.Select(cells.Render).ToList();
        CellRenderer.FoldWhatFollows(shown);
        // The contents follow the introduction, if there is one.
        var opening = notebook.Cells is [MarkdownCell, ..] ? 1 : 0;
        var ownTitle = NotebookTitle.Of(notebook);
        var title = context.Title ?? ownTitle ?? "Notebook";
        var body = new StringBuilder()
            .Append(Header(context))
            .Append("<div class=\"page\">\n")
            .Append("<main id=\"content\">\n")
            .Append(ownTitle is null ? $"<div class=\"prose\"><h1>{HtmlText.Escape(title)}</h1></div>\n" : "")
            .Append(Failure(notebook))
            .AppendJoin("", shown.Take(opening))
            .Append(Contents(markdown.Headings))
            .AppendJoin("", shown.Skip(opening))
            .Append("</main>\n</div>\n")
            .Append(Neighbours(context));
        var fullTitle = context.Index is { } index ? $"{title} · {index.Text}" : title;
        return PageFrame.Render(fullTitle, context.Language, "lesson", body.ToString(), outputs.HasExplorables);
    }

    private static string Header(PageContext context) =>
        context.Index is { } index
            ? $"<header class=\"top\"><nav aria-label=\"Course\">{PageFrame.Link(index)}</nav></header>\n"
            : "";

    /// <summary>The list of headings; empty if there are few.</summary>
    internal static string Contents(List<Heading> headings)
    {
        // The first heading of level 1 is the page's own title.
        var title = headings.Find(heading => heading.Level == 1);
        var listed = headings.Where(heading => heading.Level <= 3 && heading != title).ToList();
        if (listed.Count < MinListedHeadings)
        {
            return "";
        }

        var items = listed.Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{HtmlText.Escape(heading.Id)}\">{heading.Html}</a></li>\n"
        );
        return "<div class=\"rail\"><nav class=\"contents\" aria-label=\"On this page\">\n<p>On this page</p>\n"
            + $"<ol>\n{string.Concat(items)}</ol>\n</nav></div>\n";
    }

    private static string Failure(Notebook notebook) =>
        notebook.Cells.OfType<CodeCell>().FirstOrDefault(cell => cell.Outputs.Any(output => output is ErrorOutput))
            is { } failed
            ? "<p class=\"failure\">A cell of this notebook failed: <a "
                + $"href=\"#{CellRenderer.IdOf(failed)}\">see the cell</a>.</p>\n"
            : "";

    private static string Neighbours(PageContext context)
    {
        var previous = context.Previous is { } before
            ? PageFrame.Link(before, "<span>Previous</span>", attributes: " rel=\"prev\"")
            : "";
        var next = context.Next is { } after
            ? PageFrame.Link(after, "<span>Next</span>", attributes: " rel=\"next\"")
            : "";
        return previous.Length + next.Length == 0
            ? ""
            : $"<footer class=\"bottom\"><nav aria-label=\"Lessons\">{previous}{next}</nav></footer>\n";
    }
}
