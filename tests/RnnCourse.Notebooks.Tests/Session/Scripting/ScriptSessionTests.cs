using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

public sealed class ScriptSessionTests : SessionTests
{
    [Fact]
    public async Task What_a_cell_declares_later_cells_can_use()
    {
        await RunAsync("using System.IO;\nvar x = 20;\nint Twice(int n) => 2 * n;\nrecord Pair(int A, int B);");
        Assert.Equal(
            "40/x.txt 3",
            await ResultAsync("$\"{Twice(x)}/{Path.GetFileName(\"a/x.txt\")} {new Pair(1, 3).B}\"")
        );
    }

    [Fact]
    public async Task What_a_cell_did_before_it_threw_is_kept()
    {
        await RunAsync("var x = 1;");
        Assert.NotNull((await RunAsync("x = 2;\nvar late = 5;\nint.Parse(\"no\");\nx = 3;")).Error);
        Assert.Equal(7, await ResultAsync("x + late"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_changes_nothing()
    {
        await RunAsync("var x = 1;");
        Assert.NotNull((await RunAsync("x = 2;\nx = \"text\";")).Error);
        Assert.Equal(1, await ResultAsync("x"));
    }

    [Theory]
    [InlineData("1 + 2", 3)]
    [InlineData("var a = 1;\na // the value", 1)]
    [InlineData("await Task.FromResult(4)", 4)]
    [InlineData("(string)null", null)]
    [InlineData("return 5;", 5)]
    [InlineData("foreach (var i in new[] { 1, 6, 2 }) { if (i > 5) return i; }\nConsole.WriteLine();", 6)]
    public async Task An_expression_at_the_end_is_the_result(string source, object? expected)
    {
        var outcome = await RunAsync(source);
        Assert.Null(outcome.Error);
        Assert.True(outcome.HasResult);
        Assert.Equal(expected, outcome.Result);
    }

    [Theory]
    [InlineData("1.ToString();")]
    [InlineData("new List<int>().Clear()")]
    [InlineData("await Task.Yield();")]
    [InlineData("await Task.CompletedTask")]
    [InlineData("int F() => 1;")]
    [InlineData("int F() { return 1; }\nFunc<int> f = () => { return 2; };\nclass A { int B() { return 3; } }")]
    [InlineData("if (true) return;\n")]
    [InlineData("// only a comment")]
    public async Task Without_such_an_expression_there_is_no_result(string source)
    {
        var outcome = await RunAsync(source);
        Assert.Null(outcome.Error);
        Assert.False(outcome.HasResult);
    }

    [Fact]
    public async Task The_usual_namespaces_are_open()
    {
        var source =
            "new StringBuilder().Append(new List<int> { 1, 2 }.Sum()).ToString() + (new "
            + "ArrayList().Count + await Task.FromResult(Math.Abs(-1)))";
        Assert.Equal("31", await ResultAsync(source));
    }

    [Fact]
    public async Task Loops_run_optimised()
    {
        var attribute = "System.Reflection.Assembly.GetExecutingAssembly()";
        var source =
            "class Here { public static bool Optimised => "
            + $"!{attribute}.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), false)"
            + ".Cast<System.Diagnostics.DebuggableAttribute>().Any(a => a.IsJITOptimizerDisabled); }\nHere.Optimised";
        Assert.Equal(true, await ResultAsync(source));
    }

    [Fact]
    public async Task Warnings_are_not_shown_as_errors()
    {
        var outcome = await RunAsync("string? maybe = null;\nint unused;\n#warning look here\nmaybe");
        Assert.Null(outcome.Error);
    }

    [Fact]
    public async Task A_compile_error_shows_position_source_line_and_caret()
    {
        var error = await ErrorAsync("\n\tvar b = foo(1);\nstring s = 3;");
        Assert.Equal(CellError.Compilation, error.Name);
        Assert.Equal(2, error.Line);
        Assert.Equal("\tvar b = foo(1);", error.SourceLine);
        Assert.Equal(
            [
                "lesson.ipynb (cell 1, line 2): CS0103: The name 'foo' does not exist in the current context",
                "    \tvar b = foo(1);",
                "    \t        ^^^",
                "lesson.ipynb (cell 1, line 3): CS0029: Cannot implicitly convert type 'int' to 'string'",
                "    string s = 3;",
                "               ^",
            ],
            error.Traceback
        );
    }

    [Fact]
    public async Task A_compile_error_after_directives_keeps_its_line()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "setup.cs"),
            "int ready = 1;",
            TestContext.Current.CancellationToken
        );
        var error = await ErrorAsync(
            "#!import \"setup.cs\"\n#r \"System.Net.Http\"\nusing System.IO;\nvar x = ready + nothing;"
        );
        Assert.Equal(4, error.Line);
        Assert.Equal("var x = ready + nothing;", error.SourceLine);
    }

    [Fact]
    public async Task Of_many_compile_errors_the_first_ten_are_shown()
    {
        var error = await ErrorAsync(string.Join('\n', Enumerable.Range(0, 14).Select(i => $"a{i} = 1;")));
        Assert.Equal("… and 4 more errors.", error.Traceback[^1]);
    }

    [Fact]
    public async Task An_exception_shows_the_way_through_the_cells()
    {
        await RunAsync(
            "void Check(int n)\n{\n    if (n < 0)\n        throw new ArgumentException(\"negative: \" + n);\n}"
        );
        var error = await ErrorAsync("\nforeach (var i in new[] { 1, -2 })\n    Check(i);");
        Assert.Equal("System.ArgumentException", error.Name);
        Assert.Equal("negative: -2", error.Message);
        Assert.Equal(3, error.Line);
        Assert.Equal("    Check(i);", error.SourceLine);
        Assert.Equal(
            [
                "System.ArgumentException: negative: -2",
                "   at lesson.ipynb (cell 1, line 4), in Check",
                "      throw new ArgumentException(\"negative: \" + n);",
                "   at lesson.ipynb (cell 2, line 3)",
                "      Check(i);",
            ],
            error.Traceback
        );
    }

    [Fact]
    public async Task An_exception_of_the_framework_shows_no_frames_of_the_framework()
    {
        var error = await ErrorAsync("var numbers = new List<int>();\nnumbers.First()");
        Assert.Equal(2, error.Line);
        Assert.Equal(["   at lesson.ipynb (cell 1, line 2)", "      numbers.First()"], error.Traceback.Skip(1));
    }

    [Fact]
    public async Task An_exception_after_an_await_has_its_line()
    {
        var error = await ErrorAsync(
            "async Task Later()\n{\n    await Task.Yield();\n    throw new "
                + "InvalidOperationException(\"late\");\n}\nawait Later();"
        );
        Assert.Equal(6, error.Line);
        Assert.Equal("   at lesson.ipynb (cell 1, line 4), in Later", error.Traceback[1]);
    }

    [Fact]
    public async Task Inner_exceptions_are_shown()
    {
        var error = await ErrorAsync(
            "try { int.Parse(\"x\"); } catch (Exception e) { throw new InvalidOperationException(\"outer\", e); }"
        );
        Assert.Equal("System.InvalidOperationException: outer", error.Traceback[0]);
        Assert.Contains(
            error.Traceback,
            line => line.StartsWith("Caused by System.FormatException: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_exception_type_made_in_a_cell_goes_by_its_own_name()
    {
        var error = await ErrorAsync("class TooDeep : Exception;\nthrow new TooDeep();");
        Assert.Equal("TooDeep", error.Name);
    }

    [Fact]
    public async Task A_printed_stack_trace_holds_no_folder_of_the_machine()
    {
        var trace = (string)
            (
                await ResultAsync(
                    "string At() { try { throw new Exception(); } catch (Exception e) { return e.StackTrace; } }\nAt()"
                )
            )!;
        Assert.Contains("lesson.ipynb (cell 1):line 1", trace, StringComparison.Ordinal);
        Assert.DoesNotContain(Folder, trace, StringComparison.Ordinal);
    }
}
