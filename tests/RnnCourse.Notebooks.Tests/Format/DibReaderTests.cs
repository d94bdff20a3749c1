using CsCheck;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class DibReaderTests
{
    private const string Sample = """
        #!meta

        {"kernelInfo":{"defaultKernelName":"csharp","items":[{"name":"csharp"}]}}

        #!markdown

        # A title

        Text with `#!csharp` in it.

        #!csharp

        #!time
        var x = 1;

        x

        #!fsharp

        let y = 2

        #!html

        <b>bold</b>

        """;

    [Fact]
    public void Cells_come_in_their_languages()
    {
        var cells = DibReader.Parse(Sample).Cells;
        Assert.Equal("# A title\n\nText with `#!csharp` in it.", Assert.IsType<MarkdownCell>(cells[0]).Source);
        Assert.Equal("#!time\nvar x = 1;\n\nx", cells[1].Source);
        Assert.Equal(["csharp", "fsharp", "html"], cells.OfType<CodeCell>().Select(CellLanguages.KernelOf));
        Assert.Equal(4, cells.Count);
    }

    [Theory]
    [InlineData("1 + 1", "1 + 1")]
    [InlineData("\uFEFF#!csharp\r\n1\r\n2", "1\n2")]
    [InlineData("#!cs\n1", "1")]
    [InlineData("#!csharp\n\n", "")]
    [InlineData("", "")]
    [InlineData("#!unknown\n1", "#!unknown\n1")]
    public void Code_is_found_however_the_file_begins(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', DibReader.Parse(text).Cells.Select(cell => cell.Source)));

    [Fact]
    public void Any_text_gives_a_notebook_that_can_be_written_and_read() =>
        Gen.String[Gen.OneOf(Gen.Char["#!csharpmd \n\r\"{}"], Gen.Char), 0, 80]
            .Sample(text =>
            {
                var written = NotebookWriter.ToText(DibReader.Parse(text));
                return NotebookWriter.ToText(NotebookReader.Parse(written)) == written;
            });
}
