using Markdig.Syntax;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Markdown;

namespace RnnCourse.Notebooks.Pages;

/// <summary>The title of a notebook, and its first paragraph.</summary>
public static class NotebookTitle
{
    /// <summary>The text of the first heading of level 1; <see langword="null"/> if there is none.</summary>
    public static string? Of(Notebook notebook) =>
        Blocks(notebook)
            .OfType<HeadingBlock>()
            .Where(heading => heading.Level == 1)
            .Select(heading => MarkdownText.PlainText(heading.Inline))
            .FirstOrDefault(text => text.Length > 0);

    /// <summary>The first paragraph as one line of text, formulas as TeX between dollar signs; <see langword="null"/>
    /// if there is none.</summary>
    public static string? SummaryOf(Notebook notebook) =>
        Blocks(notebook)
            .OfType<ParagraphBlock>()
            .Select(paragraph => MarkdownText.TextWithFormulas(paragraph.Inline))
            .FirstOrDefault(text => text.Length > 0);

    private static IEnumerable<Block> Blocks(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return notebook.Cells.OfType<MarkdownCell>().SelectMany(cell => MarkdownText.Parse(cell.Source) ?? []);
    }
}
