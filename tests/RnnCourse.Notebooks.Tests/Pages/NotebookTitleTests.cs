using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages;

public sealed class NotebookTitleTests
{
    private static Notebook Notebook(params string[] texts) =>
        new() { Cells = [.. texts.Select((text, i) => new MarkdownCell { Id = $"t{i}", Source = text })] };

    [Fact]
    public void The_first_heading_of_level_1_is_the_title() =>
        Assert.Equal(
            "The `one` & $n$".Replace("`", "", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal),
            NotebookTitle.Of(Notebook("## Before", "text\n\n# The `one` & $n$", "# Two"))
        );

    [Fact]
    public void The_first_paragraph_is_the_summary_without_markup() =>
        Assert.Equal(
            "One two three and $x_i$.",
            NotebookTitle.SummaryOf(Notebook("# T", "- item", "One *two*\n[three](x.ipynb) and $x_i$.\n\nMore."))
        );

    [Fact]
    public void A_notebook_without_text_has_neither()
    {
        Assert.Null(NotebookTitle.Of(Notebook()));
        Assert.Null(NotebookTitle.SummaryOf(Notebook("# Only")));
    }
}
