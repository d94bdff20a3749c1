using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

[Collection(Recorder.Name)]
public sealed class LanguagesTests : IDisposable
{
    private readonly Recorder _recorder = Recorder.Start();
    private readonly ScriptSession _session = new(new ScriptSessionOptions(Path.GetTempPath()));

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("#!html\n<b>bold</b>", "text/html", "<b>bold</b>", "bold")]
    [InlineData(
        "#!js\nlet x = 1 < 2;",
        "text/html",
        "<script type=\"text/javascript\">let x = 1 < 2;</script>",
        "let x = 1 < 2;"
    )]
    [InlineData("#!javascript\r\nf()\r\n", "text/html", "<script type=\"text/javascript\">f()</script>", "f()")]
    [InlineData("#!mermaid\nA-->B", "text/vnd.mermaid", "A-->B", "A-->B")]
    [InlineData("#!md\n# Head", "text/html", "<h1 id=\"head\">Head</h1>\n", "# Head")]
    public async Task A_part_in_another_language_is_shown(string source, string mimeType, string expected, string plain)
    {
        var outcome = await RunAsync(source);
        Assert.Equal(CellOutcome.Nothing, outcome);
        var shown = Assert.Single(_recorder.Shown);
        Assert.Equal(expected, shown.Text(mimeType));
        Assert.Equal(plain, shown.Text("text/plain"));
    }

    [Fact]
    public async Task A_cell_may_change_its_language_many_times()
    {
        var outcome = await RunAsync("var x = 1;\nx + 1\n#!html\n<i>x</i>\n#!mermaid\nA-->B\n#!cs\nx + 2");
        Assert.Equal(3, outcome.Result);
        Assert.Equal(["2", "x", "A-->B"], _recorder.Texts);
    }

    [Fact]
    public async Task A_cells_kernel_is_its_language()
    {
        Assert.Null((await RunAsync("# Not C#", "markdown")).Error);
        Assert.Equal("# Not C#", Assert.Single(_recorder.Shown).Text("text/markdown"));
    }

    [Fact]
    public async Task A_kernel_that_is_not_here_is_named_with_those_that_are()
    {
        var error = (await RunAsync("let x = 1", "fsharp")).Error!;
        Assert.Equal(
            "The cell is for the kernel 'fsharp', which is not part of this engine. It knows csharp, "
                + "html, markdown, javascript and mermaid. F# isn't part of this engine. Write it in C#, or put it "
                + "into a library and load that by #r \"library.dll\".",
            error.Message
        );
        Assert.Equal(1, error.Line);
    }

    [Theory]
    [InlineData("#!set --name x --value 5\nx + 1", 6)]
    [InlineData("#!set --name x --value 2.5\nx + 1", 3.5)]
    [InlineData("#!set --name x --value word\nx", "word")]
    [InlineData("#!set --value \"two \\\"words\\\"\" --name x\nx", "two \"words\"")]
    [InlineData("var y = 7;\n#!set --name x --value @csharp:y\nx", 7)]
    [InlineData("var y = 7;\n#!share --from csharp y --as x\nx", 7)]
    [InlineData("var y = 7;\n#!share y --from csharp\ny", 7)]
    [InlineData("#!value --name x\n{ \"a\": 1 }\n#!csharp\nx", "{ \"a\": 1 }")]
    [InlineData("var y = 7;\n#!value --name x --from-value @csharp:y\n#!csharp\nx", 7)]
    [InlineData("#!value --name y\nsome text\n#!share --from value y --as x\nx.Length", 9)]
    public async Task Lines_that_carry_values_declare_variables(string source, object expected) =>
        Assert.Equal(expected, (await RunAsync(source)).Result);

    [Theory]
    [InlineData("#!set --name x", "#!set lacks a part: write it as #!set … --value 5.")]
    [InlineData("#!set --name 5x --value 1", "'5x' can't be the name of a variable.")]
    [InlineData("#!share --from fsharp x", "The kernel 'fsharp' isn't here: values come from csharp and value only.")]
    [InlineData(
        "#!set --name x --value @sql:y",
        "The kernel 'sql' isn't here: values come from csharp and value only."
    )]
    [InlineData(
        "#!value --from-url https://a.b --name x",
        "Addresses aren't read here. Write it in C#: var x = await new System.Net.Http.HttpClient().GetStringAsync("
            + "\"https://…\");"
    )]
    [InlineData(
        "#!value --name x --to y\ntext",
        "#!value doesn't know --to. It knows --name, --from-file, --from-value."
    )]
    [InlineData("#!value\ntext", "#!value lacks a part: write it as #!value … --name x.")]
    public async Task Such_a_line_that_can_not_be_followed_says_why(string source, string message)
    {
        var error = (await RunAsync("\n" + source)).Error!;
        Assert.Equal((message, 2), (error.Message, error.Line));
    }

    [Fact]
    public async Task A_missing_variable_is_an_error_of_the_line_that_names_it()
    {
        var error = (await RunAsync("1\n#!share --from csharp nobody --as x")).Error!;
        Assert.Equal(2, error.Line);
        Assert.Contains("nobody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_and_sheets_and_formulas_are_shown()
    {
        await RunAsync("Javascript(\"act()\"); CSS(\"b { color: red }\");");
        Assert.Equal("<script type=\"text/javascript\">act()</script>", _recorder.Shown[0].Text("text/html"));
        Assert.Equal("<style>b { color: red }</style>", _recorder.Shown[1].Text("text/html"));

        var formula = DisplayFormatter.Format((await RunAsync("(MathString)@\"x^2\"")).Result);
        Assert.Equal(("x^2", "$$x^2$$"), (formula.Text("text/plain"), formula.Text("text/latex")));
        var text = DisplayFormatter.Format((await RunAsync("(LaTeXString)@\"$x$ is\"")).Result);
        Assert.Equal("$x$ is", text.Text("text/latex"));
    }

    [Theory]
    [InlineData("Kernel.Root", "Kernel belongs to .NET Interactive")]
    [InlineData("using Newtonsoft.Json.Linq;", "#r \"nuget: Newtonsoft.Json\"")]
    [InlineData("Formatter.Register<int>(x => \"\")", "using Microsoft.DotNet.Interactive.Formatting;")]
    public async Task A_name_that_notebooks_of_NET_Interactive_use_is_explained(string source, string advice) =>
        Assert.Contains(
            (await RunAsync(source)).Error!.Traceback,
            line => line.Contains(advice, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Microsoft.DotNet.Interactive.Kernel", true)]
    [InlineData("Mine.Kernel", false)]
    public void The_kernel_of_NET_Interactives_own_package_is_explained_where_it_fails(string type, bool isExplained)
    {
        Exception failure = new TypeInitializationException(type, new TypeLoadException("Could not load a type."));
        try
        {
            throw failure;
        }
        catch (TypeInitializationException e)
        {
            failure = e;
        }

        var error = _session.Describe(failure, new CellSource("cell", "Kernel.Current"));
        Assert.Equal(isExplained, error.Traceback.Contains(CompileErrors.KernelAdvice));
    }

    [Fact]
    public async Task The_variables_are_listed()
    {
        await RunAsync("var first = 1;\nvar second = new List<string> { \"a\" };\nint? third = null;");
        await RunAsync("#!who\n#!whos");
        Assert.Equal("first\tsecond\tthird", _recorder.Shown[0].Text("text/plain"));
        Assert.Equal(
            [
                "Variable  Type          Value",
                "first     Int32         1",
                "second    List<String>  [ a ]",
                "third     Int32?        <null>",
            ],
            _recorder.Shown[1].Text("text/plain")!.Split('\n')
        );
        Assert.Contains(
            "<td>second</td><td>List&lt;String&gt;</td>",
            _recorder.Shown[1].Text("text/html"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_variables_there_is_nothing_to_list()
    {
        Assert.Null((await RunAsync("#!whos\n#!who")).Error);
        Assert.Equal(["Variable  Type  Value", ""], _recorder.Texts);
    }

    [Fact]
    public async Task What_executes_the_cells_is_said()
    {
        await RunAsync("#!about");
        Assert.Matches(
            @"^Engine: RnnCourse\.Notebooks\.Session \d+\.\d+\.\d+\n"
                + @"Language: C# of Roslyn \d+\..*\nRuntime: \.NET \d+\..*\nSystem: ",
            Assert.Single(_recorder.Texts)!
        );
    }

    [Fact]
    public async Task The_known_lines_are_listed()
    {
        await RunAsync("#!lsmagic");
        Assert.Matches("(?s)#!csharp.*#!import.*#!whos.*#r", Assert.Single(_recorder.Texts)!);
    }

    [Fact]
    public async Task A_timed_cell_knows_its_time_also_if_it_fails()
    {
        var outcome = await RunAsync("#!time\n1 + 1");
        Assert.Equal(2, outcome.Result);
        Assert.True(outcome.WallTime > TimeSpan.Zero);
        Assert.NotNull((await RunAsync("#!time\nthrow new Exception();")).WallTime);
        Assert.Null((await RunAsync("1")).WallTime);
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_cell()
    {
        var outcome = await RunAsync("int.Parse(\"x\")\n#!html\n<b>never</b>");
        Assert.Equal(1, outcome.Error?.Line);
        Assert.Empty(_recorder.Shown);
    }

    [Fact]
    public async Task A_line_in_a_string_or_switched_off_changes_no_language()
    {
        var outcome = await RunAsync("var s = \"\"\"\n#!html\n\"\"\";\n#if NEVER\n#!html\n#endif\ns");
        Assert.Null(outcome.Error?.Traceback);
        Assert.Equal("#!html", outcome.Result);
        Assert.Empty(_recorder.Shown);
    }

    private Task<CellOutcome> RunAsync(string source, string? language = null) =>
        _session.ExecuteAsync(CellSource.OfCell("lesson.ipynb", 1, source) with { Language = language });
}
