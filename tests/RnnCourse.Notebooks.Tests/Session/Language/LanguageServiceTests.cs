using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Language;

public sealed class LanguageServiceTests : IDisposable
{
    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));
    private readonly LanguageService _service;

    public LanguageServiceTests() => _service = new LanguageService(_session);

    public void Dispose()
    {
        _service.Dispose();
        _session.Dispose();
    }

    [Fact]
    public async Task Members_are_completed_from_what_was_typed()
    {
        var (matches, start, end) = await CompleteAsync("Console.WriteL|");

        Assert.Equal(["WriteLine"], matches);
        Assert.Equal((8, 14), (start, end));
    }

    [Theory]
    [InlineData("Console.WriteL|", "method")]
    [InlineData("new[] { 1 }.Selec|", "method")]
    [InlineData("\"\".Lengt|", "property")]
    [InlineData("System.Diagn|", "module")]
    [InlineData("TimeSp|", "struct")]
    [InlineData("DayOfWeek.Mon|", "enumMember")]
    [InlineData("Func|", "class")]
    [InlineData("int F(int size) { var local = siz|", "variable")]
    [InlineData("forea|", "keyword")]
    public async Task Each_name_is_reported_with_its_kind(string code, string kind)
    {
        var (typed, cursor) = Split(code);
        var found = await _service.CompleteAsync(typed, cursor, Cancellation);
        Assert.Equal(kind, found.Entries[0].Kind);
    }

    [Theory]
    [InlineData("#!ti|", 0, "#!time")]
    [InlineData("  #!lsm|", 2, "#!lsmagic")]
    [InlineData("var x = 1;\n#!ti|\nvar y = 2;", 11, "#!time")]
    [InlineData("#!time |", 7, "")]
    public async Task A_line_for_the_session_is_completed(string code, int start, string expected)
    {
        var (matches, from, _) = await CompleteAsync(code);
        Assert.Equal(start, from);
        Assert.Equal(expected, string.Join(' ', matches));
    }

    [Fact]
    public async Task Names_of_executed_cells_and_of_their_usings_are_known()
    {
        await ExecuteAsync("using System.Diagnostics;\nvar stateSize = 8;");
        await ExecuteAsync("record Sentence(string Text);\nvar sentence = new Sentence(\"a\");");

        Assert.Contains("stateSize", (await CompleteAsync("var x = stat|")).Matches);
        Assert.Contains("Stopwatch", (await CompleteAsync("new Stopw|")).Matches);
        Assert.Contains("Text", (await CompleteAsync("sentence.T|")).Matches);
        await ExecuteAsync("var later = 1;");
        Assert.Contains("later", (await CompleteAsync("lat|")).Matches);
    }

    [Fact]
    public async Task Names_are_known_when_the_session_has_left_out_cells_that_nothing_can_name()
    {
        await ExecuteAsync("var kept = \"a\";");
        for (var i = 0; i < 40; i++)
        {
            await ExecuteAsync($"var often = {i};");
            if (i % 13 == 0)
            {
                Assert.Contains("often", (await CompleteAsync("oft|")).Matches);
            }
        }

        Assert.Contains("often", (await CompleteAsync("oft|")).Matches);
        Assert.Contains("Length", (await CompleteAsync("kept.Len|")).Matches);
    }

    [Fact]
    public async Task Positions_count_UTF16_units_and_lines_that_are_not_CSharp_do_not_disturb()
    {
        var (matches, start, _) = await CompleteAsync("#!time\n\"😀😀\".Len|");

        Assert.Contains("Length", matches);
        Assert.Equal("#!time\n\"😀😀\".".Length, start);
    }

    [Theory]
    [InlineData("Math.Sqr|t(2)")]
    [InlineData("Math.Sqrt|")]
    [InlineData("Math.Sqrt(2|)")]
    [InlineData("Math.Sqrt(|")]
    public async Task A_method_is_explained_at_its_name_and_among_its_arguments(string code)
    {
        var text = await InspectAsync(code);

        Assert.Contains("double Math.Sqrt(double d)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documentation_of_the_framework_is_shown_where_the_SDK_brings_it()
    {
        Assert.SkipUnless(
            Documentation.FindFor(typeof(object).Assembly.Location) is not null,
            "this machine's .NET has no documentation of the framework"
        );

        Assert.Contains("square root", await InspectAsync("Math.Sq|rt(2)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documentation_beside_a_library_is_shown() =>
        Assert.Contains(
            "Asks the person at the notebook",
            await InspectAsync("Inp|ut(\"?\")"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Where_nothing_is_there_nothing_is_found()
    {
        Assert.Null(await InspectAsync("|"));
        Assert.Null(await InspectAsync("nothingKnown|"));
        Assert.Null(await InspectAsync("// a com|ment"));
    }

    [Theory]
    [InlineData("1 + 1", "Complete")]
    [InlineData("var x = 5;", "Complete")]
    [InlineData("", "Complete")]
    [InlineData("#!time\nvar x = 5;", "Complete")]
    [InlineData("while (true) {", "Incomplete")]
    [InlineData("int F()\n{\n    return 1;", "Incomplete")]
    [InlineData("}", "Invalid")]
    [InlineData("int 5x = 3;", "Invalid")]
    public void Code_is_complete_incomplete_or_wrong(string code, string status) =>
        Assert.Equal(status, CodeCompleteness.Check(code).Status.ToString());

    [Fact]
    public void The_next_line_of_a_block_is_indented()
    {
        Assert.Equal("    ", CodeCompleteness.Check("while (true) {").Indent);
        Assert.Equal("    ", CodeCompleteness.Check("while (true)\n{\n    var a = 1;").Indent);
    }

    [Fact]
    public async Task Mistakes_are_found_where_they_are_while_code_is_being_written()
    {
        await ExecuteAsync("var known = 1;");

        Assert.Empty(await _service.DiagnoseAsync("#!time\nknown + 1", Cancellation));
        var found = Assert.Single(await _service.DiagnoseAsync("var x = known + unknown;", Cancellation));
        Assert.Equal(("CS0103", true, 16, 23), (found.Id, found.IsError, found.Start, found.End));
    }

    [Fact]
    public async Task Questions_are_answered_while_a_cell_runs()
    {
        using var go = new ManualResetEventSlim();
        AppContext.SetData(nameof(Questions_are_answered_while_a_cell_runs), go);
        await ExecuteAsync("var before = 1;");
        var wait =
            $"var go = "
            + "(System.Threading.ManualResetEventSlim)"
            + $"AppContext.GetData(\"{nameof(Questions_are_answered_while_a_cell_runs)}\");"
            + "await Task.Run(() => go.Wait()); var after = 2;";
        var running = _session.ExecuteAsync(new CellSource("cell", wait));

        Assert.Contains("before", (await CompleteAsync("befo|")).Matches);
        Assert.DoesNotContain("after", (await CompleteAsync("afte|")).Matches);
        go.Set();
        Assert.Null((await running).Error);
        Assert.Contains("after", (await CompleteAsync("afte|")).Matches);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (string Code, int Cursor) Split(string marked)
    {
        var index = marked.IndexOf('|', StringComparison.Ordinal);
        return (marked.Remove(index, 1), index);
    }

    private async Task<(IReadOnlyList<string> Matches, int Start, int End)> CompleteAsync(string marked)
    {
        var (code, cursor) = Split(marked);
        var found = await _service.CompleteAsync(code, cursor, Cancellation);
        return ([.. found.Entries.Select(entry => entry.Text)], found.Start, found.End);
    }

    private async Task<string?> InspectAsync(string marked)
    {
        var (code, cursor) = Split(marked);
        return (await _service.InspectAsync(code, cursor, isDetailed: false, Cancellation))?.PlainText;
    }

    private async Task ExecuteAsync(string code) =>
        Assert.Null((await _session.ExecuteAsync(new CellSource("cell", code))).Error);
}
