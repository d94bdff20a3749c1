using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Exporting;

namespace RnnCourse.Notebooks.Tests.Session.Exporting;

public sealed class ProgramOutputTests
{
    private static readonly MimeBundle Shown = MimeBundle.OfText(("text/plain", "a figure"), ("text/html", "<img>"));

    private static CodeCell Cell(string id, string? tag, params Output[] outputs) =>
        new()
        {
            Id = id,
            Source = "1",
            Outputs = outputs,
            Metadata = tag is null ? [] : new JsonObject { ["tags"] = new JsonArray(tag) },
        };

    private static Notebook Notebook =>
        new()
        {
            Cells =
            [
                Cell(
                    "a",
                    null,
                    new StreamOutput("stdout", "one\n"),
                    new StreamOutput("stderr", "elsewhere\n"),
                    new DisplayOutput(Shown)
                ),
                Cell("b", "timing", new StreamOutput("stdout", "3 ms\n")),
                Cell("c", null),
                Cell("e", "skip-execution", new StreamOutput("stdout", "long ago\n")),
                Cell("f", null, new ErrorOutput("CompilationError", "CS0029", [])),
                Cell(
                    "d",
                    null,
                    new ResultOutput(MimeBundle.OfText(("text/plain", "2\n3")), 4),
                    new ErrorOutput("System.Exception", "no", [])
                ),
            ],
        };

    [Theory]
    [InlineData("one\na figure\n3 ms\n2\n3\nSystem.Exception: no\n", null)]
    [InlineData("one\r\na figure\r\n17 s\r\nslow\r\n2\r\n3\r\nSystem.Exception: no\r\n", null)]
    [InlineData(
        "one\na picture\n3 ms\n2\n3\nSystem.Exception: no\n",
        "Cell a, line 2 of its output: expected 'a figure', printed 'a picture'"
    )]
    [InlineData("one\na figure\n3 ms\n2\n4\n", "Cell d, line 1 of its output: expected '2', printed '3 ms'")]
    [InlineData("one\n", "Cell a, line 2 of its output: expected 'a figure', printed nothing")]
    [InlineData(
        "one\na figure\n3 ms\n2\n3\nSystem.Exception: no\nmore\n",
        "After the last cell the program prints more: 'more'"
    )]
    public void A_program_must_print_what_each_cell_has_but_those_that_take_the_time(
        string printed,
        string? difference
    ) => Assert.Equal(difference, ProgramOutput.FindDifference(Notebook, printed));
}
