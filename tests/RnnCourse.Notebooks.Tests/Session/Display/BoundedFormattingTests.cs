using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Display;

public sealed class BoundedFormattingTests
{
    [Fact]
    public void A_record_that_holds_itself_is_refused() =>
        Assert.Throws<DisplayLimitException>(() => DisplayFormatter.Format(new SelfReferring("a")));

    [Fact]
    public void A_sequence_without_end_is_cut()
    {
        var shown = DisplayFormatter.Format(Endless());

        Assert.Contains("(more", shown.Text("text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_beyond_all_limits_is_refused() =>
        Assert.Contains(
            "20,000,000 characters",
            Assert.Throws<DisplayLimitException>(() => DisplayFormatter.Format(new Huge())).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_exception_of_the_values_own_code_keeps_its_type() =>
        Assert.Throws<TimeZoneNotFoundException>(() => DisplayFormatter.Format(new Throwing()));

    [Theory]
    [InlineData(
        "class Node : IEnumerable<Node>\n{\n    public IEnumerator<Node> GetEnumerator() { yield return this; }\n"
            + "    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();\n}\nvar a = 1;\nnew Node()",
        7
    )]
    [InlineData("record R(string Name) { public R Me => this; }\n\nreturn new R(\"a\");", 3)]
    [InlineData("record R(string Name) { public R Me => this; }\n\ndisplay(new R(\"a\"));", 3)]
    public async Task The_error_names_the_line_whose_value_it_is(string code, int line)
    {
        var result = await ExecuteAsync(code);

        Assert.EndsWith(nameof(DisplayLimitException), result.Error!.Name, StringComparison.Ordinal);
        Assert.Equal(line, result.Error.Line);
        Assert.Contains(
            result.Error.Traceback,
            text => text.Contains($"notebook (cell 1, line {line})", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_value_may_take_a_lock_that_the_cell_holds()
    {
        const string Code = """
            class Guarded { public object Gate = new(); public override string ToString() { lock (Gate) { return "in"; } } }
            var value = new Guarded();
            lock (value.Gate) { Console.WriteLine(value.ToString()); display(value, "text/plain"); }
            """;
        Assert.Null((await ExecuteAsync(Code)).Error);
    }

    [Fact]
    public async Task A_value_that_holds_itself_is_refused_on_a_thread_of_the_pool_too()
    {
        var result = await ExecuteAsync(
            "class Node : IEnumerable<Node>\n{\n    public IEnumerator<Node> GetEnumerator() { yield return this; }\n"
                + "    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();\n}\n"
                + "await Task.Run(() => display(new Node()));"
        );
        Assert.EndsWith(nameof(DisplayLimitException), result.Error!.Name, StringComparison.Ordinal);
        Assert.Equal(6, result.Error.Line);
    }

    [Theory]
    [InlineData(
        "class Link { public Link Next; public override string ToString() => $\"1 {Next}\"; }\nLink first = null;\n"
            + "for (var i = 0; i < 1200; i++) { first = new Link { Next = first }; }\ndisplay(first, \"text/plain\");"
    )]
    [InlineData(
        "class Waiting { public override string ToString() { async Task<string> F(int n) { if (n == 0) { "
            + "await Task.Delay(1); return \"\"; } return \"1 \" + await F(n - 1); } return F(600).Result; } }\n"
            + "display(new Waiting(), \"text/plain\");"
    )]
    public async Task A_text_may_come_from_a_recursion_of_the_cells_own_methods(string code) =>
        Assert.Null((await ExecuteAsync(code)).Error);

    [Theory]
    [InlineData("class Own { public override string ToString() => this.ToDisplayString(); }\nnew Own()")]
    [InlineData("class Own { public string Text => this.ToDisplayString(\"text/html\"); }\nnew Own()")]
    [InlineData("class Own { public override string ToString() => $\"{this}\"; }\nnew Own()")]
    [InlineData(
        "class Own { public override string ToString() { try { return this.ToDisplayString(); } "
            + "catch (Exception e) { throw new Exception(e.Message, e); } } }\nnew Own()"
    )]
    public async Task A_text_that_asks_for_itself_ends_and_the_session_lives(string code)
    {
        await using var session = new InProcessSession(new ScriptSessionOptions(Path.GetTempPath()));
        await ExecuteAsync(session, "using Microsoft.DotNet.Interactive.Formatting;\n" + code);

        Assert.Null((await ExecuteAsync(session, "1 + 1")).Error);
    }

    private static async Task<ExecutionResult> ExecuteAsync(string code)
    {
        await using var session = new InProcessSession(new ScriptSessionOptions(Path.GetTempPath()));
        return await ExecuteAsync(session, code);
    }

    private static Task<ExecutionResult> ExecuteAsync(InProcessSession session, string code) =>
        session.ExecuteAsync(
            new ExecutionRequest(CellSource.OfCell("notebook", 1, code)),
            _ => { },
            TestContext.Current.CancellationToken
        );

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
        {
            yield return i;
        }
    }

    private sealed record SelfReferring(string Name)
    {
        public SelfReferring Me => this;
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new TimeZoneNotFoundException();
    }

    private sealed class Huge
    {
        public IEnumerable<string> Parts { get; } = Enumerable.Repeat(new string('x', 3_000_000), 10);
    }
}
