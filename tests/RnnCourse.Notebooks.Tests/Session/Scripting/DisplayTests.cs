using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

[Collection(Recorder.Name)]
public sealed class DisplayTests : IDisposable
{
    private readonly Recorder _recorder = Recorder.Start();
    private readonly ScriptSession _session = new(new ScriptSessionOptions(Path.GetTempPath()));

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_table_has_a_row_for_each_item()
    {
        await RunAsync(
            "new[] { new { Name = \"a<b\", Value = 1.5 }, new { Name = \"c\", Value = 20.0 } }.DisplayTable();"
        );
        var shown = Assert.Single(_recorder.Shown);
        Assert.Equal("Name  Value\na<b   1.5\nc     20", shown.Text("text/plain"));
        Assert.Equal(
            "<table><thead><tr><td><span>Name</span></td><td><span>Value</span></td></tr></thead><tbody><tr>"
                + "<td>a&lt;b</td><td>1.5</td></tr><tr><td>c</td><td>20</td></tr></tbody></table>",
            shown.Text("text/html")
        );
        Assert.Equal("Name,Value\r\na<b,1.5\r\nc,20\r\n", shown.Text("text/csv"));
    }

    [Fact]
    public async Task A_long_table_says_how_much_is_left_out()
    {
        await RunAsync("Enumerable.Range(0, 1500).Select(i => new { i }).DisplayTable();");
        Assert.EndsWith("\n99\n(1,400 more rows)", Assert.Single(_recorder.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_cell_shows_a_later_one_can_replace()
    {
        await RunAsync("var shown = display(\"first\");");
        await RunAsync("shown.Update(\"second\");");
        Assert.Equal(["second"], _recorder.Texts);
    }

    [Fact]
    public async Task A_formatter_of_the_notebook_is_used()
    {
        await RunAsync(
            "using Microsoft.DotNet.Interactive.Formatting;\nrecord Point(int X);\n"
                + "Formatter.Register<Point>(p => $\"<b>{p.X}</b>\", \"text/html\");\n"
                + "Formatter.Register<Point>(p => $\"P{p.X}\", \"text/plain\");"
        );
        await RunAsync("display(new Point(3));");
        Assert.Equal(("<b>3</b>", "P3"), (_recorder.Shown[0].Text("text/html"), _recorder.Shown[0].Text("text/plain")));
    }

    [Fact]
    public async Task A_type_may_prefer_a_form()
    {
        await RunAsync(
            "using Microsoft.DotNet.Interactive.Formatting;\nrecord Tree(int X);\n"
                + "Formatter.SetPreferredMimeTypesFor(typeof(Tree), "
                + "\"application/json\");\ndisplay(new Tree(3));"
        );
        Assert.Equal(["application/json", "text/plain"], _recorder.Shown[0].MimeTypes);
    }

    [Fact]
    public void A_type_that_the_engine_does_not_know_is_shown_as_registered()
    {
        NamedTypeDisplays.Register(
            typeof(Unknown).FullName!,
            value => MimeBundle.OfText(("text/plain", "known"), ("text/html", "<i>known</i>"))
        );
        Assert.Equal("<i>known</i>", DisplayFormatter.Format(new Heir()).Text("text/html"));
        Assert.Equal(["text/plain"], DisplayFormatter.Format(new Heir(), "text/plain").MimeTypes);
        Assert.NotEqual("known", DisplayFormatter.Format(new Heir(), "application/json").Text("text/plain"));
    }

    private async Task RunAsync(string source)
    {
        var outcome = await _session.ExecuteAsync(CellSource.OfCell("lesson.ipynb", 1, source));
        Assert.Null(outcome.Error?.Traceback);
    }

    private class Unknown;

    private sealed class Heir : Unknown;
}
