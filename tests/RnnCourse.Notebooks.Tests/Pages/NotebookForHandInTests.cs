using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages;

public sealed class NotebookForHandInTests
{
    private static readonly Notebook Sample = new()
    {
        Cells =
        [
            new MarkdownCell
            {
                Id = "t",
                Source = "# The lesson\n\nSee [another](05-b.ipynb) and [a site](https://example.org).",
            },
            new CodeCell
            {
                Id = "a",
                Source = "var answer = 42;",
                Outputs = [new StreamOutput("stdout", "printed")],
            },
            new CodeCell
            {
                Id = "s",
                Source = "var tried = 1;",
                Metadata = new JsonObject { ["tags"] = new JsonArray("scratch") },
            },
        ],
    };

    [Fact]
    public void Scratch_cells_are_left_out() =>
        Assert.Equal(["t", "a"], NotebookForHandIn.Of(Sample).Cells.Select(cell => cell.Id));

    [Fact]
    public void The_page_stands_alone_with_answers_and_outputs()
    {
        var page = NotebookForHandIn.ToPage(Sample, "06-a.ipynb");
        Assert.Contains("<title>The lesson</title>", page, StringComparison.Ordinal);
        Assert.Contains("answer", page, StringComparison.Ordinal);
        Assert.Contains("printed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tried", page, StringComparison.Ordinal);
        Assert.DoesNotContain("05-b.html", page, StringComparison.Ordinal);
        Assert.Contains("https://example.org", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }
}
