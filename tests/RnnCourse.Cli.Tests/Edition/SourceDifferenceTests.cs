using RnnCourse.Cli.Edition;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Edition;

public sealed class SourceDifferenceTests
{
    [Fact]
    public void Outputs_do_not_count() =>
        Assert.Empty(
            SourceDifference.Between(
                Of(Code("a", "1")),
                Of(Code("a", "1") with { ExecutionCount = 3, Outputs = [new StreamOutput("stdout", "1\n")] })
            )
        );

    [Fact]
    public void The_first_line_that_differs_is_reported() =>
        Assert.Equal(
            ["cell a, line 2:\n    stored:     y\n    generated:  z"],
            SourceDifference.Between(Of(Code("a", "x\nz")), Of(Code("a", "x\ny")))
        );

    [Fact]
    public void A_line_that_one_of_them_lacks_is_reported() =>
        Assert.Equal(
            ["cell a, line 2:\n    stored:     (no line)\n    generated:  z"],
            SourceDifference.Between(Of(Code("a", "x\nz")), Of(Code("a", "x")))
        );

    [Fact]
    public void Missing_surplus_and_moved_cells_are_reported()
    {
        Assert.Equal(
            ["cell b is missing"],
            SourceDifference.Between(Of(Code("a", ""), Code("b", "")), Of(Code("a", "")))
        );
        Assert.Equal(
            ["cell b is too many"],
            SourceDifference.Between(Of(Code("a", "")), Of(Code("a", ""), Code("b", "")))
        );
        Assert.Equal(
            ["the cells are in a different order"],
            SourceDifference.Between(Of(Code("a", ""), Code("b", "")), Of(Code("b", ""), Code("a", "")))
        );
    }

    [Fact]
    public void Another_kind_and_other_tags_are_reported()
    {
        Assert.Equal(
            ["cell a is of another kind"],
            SourceDifference.Between(Of(Code("a", "")), Of(new MarkdownCell { Id = "a", Source = "" }))
        );
        Assert.Equal(
            ["cell a has other metadata"],
            SourceDifference.Between(Of(Code("a", "") with { Metadata = new() { ["tags"] = "x" } }), Of(Code("a", "")))
        );
    }

    [Fact]
    public void Of_many_differences_the_first_are_reported()
    {
        var lines = SourceDifference.Between(Of([.. Enumerable.Range(0, 9).Select(i => Code($"c{i}", "x"))]), Of());
        Assert.Equal(6, lines.Count);
        Assert.Equal("… and 4 more", lines[^1]);
    }

    private static Notebook Of(params Cell[] cells) => new() { Cells = cells };

    private static CodeCell Code(string id, string source) => new() { Id = id, Source = source };
}
