using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

/// <summary>Cells with controls: what they show, and how they are run again when one is moved.</summary>
[Collection(Scripting.Recorder.Name)]
public sealed class ControlsTests : IAsyncDisposable
{
    // As in a library that doesn't reference the engine.
    private const string Library = """
        double Slide(string name, int max = 10) => double.Parse(
            (AppContext.GetData("Notebook.Control") as Func<string, string?>)?.Invoke(
                $"{{\"control\":\"slider\",\"name\":\"{name}\",\"min\":0,\"max\":{max},\"step\":0.5,\"default\":3}}"));
        """;

    // The assembly shows which code runs, since each compilation makes a new one.
    private const string WhichCode = "System.Reflection.Assembly.GetExecutingAssembly().FullName";

    private readonly InProcessSession _session = new(new ScriptSessionOptions(Path.GetTempPath()));
    private readonly List<SessionEvent> _events = [];

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task A_control_is_shown_and_gives_its_default_until_it_is_moved()
    {
        await RunAsync(1, Library);
        await RunAsync(2, "var x = Slide(\"x\"); x");
        Assert.Equal("3", Result);
        var control = Shown;
        Assert.Equal(("x", "slider", "3"), (control.Name, control.Kind, control.Value.ToJsonString()));
        await RunAsync(2, "var x = Slide(\"x\"); x", again: true, ("x", "4.5"));
        Assert.Equal("4.5", Result);
        Assert.Equal("4.5", Shown.Value.ToJsonString());
        Assert.True(Shown.IsSameAs(control));
        await RunAsync(3, "x");
        Assert.Equal("4.5", Result);
    }

    [Fact]
    public async Task It_is_run_again_as_it_was_compiled_with_variables_of_its_own()
    {
        const string Cell =
            "var list = new List<double>(); list.Add(Slide(\"x\")); Console.Write(list.Count); " + WhichCode;
        await RunAsync(1, Library);
        await RunAsync(2, Cell);
        var code = Result;
        foreach (var value in new[] { "1", "2", "9" })
        {
            await RunAsync(2, Cell, again: true, ("x", value));
            Assert.Equal(code, Result);
            Assert.Equal("1", Printed);
        }

        await RunAsync(3, "list[0]");
        Assert.Equal("9", Result);
        await RunAsync(2, Cell);
        Assert.NotEqual(code, Result);
    }

    [Theory]
    [InlineData("var unrelated = 1;", true)]
    [InlineData("3 + 4", true)]
    [InlineData("var factor = 100;", false)]
    [InlineData("var y = 0.0;", false)]
    [InlineData("using System.IO;", false)]
    public async Task What_was_executed_meanwhile_counts(string meanwhile, bool isAsCompiled)
    {
        const string Cell = "var y = factor * Slide(\"x\"); " + WhichCode;
        await RunAsync(1, Library + " var factor = 10;");
        await RunAsync(2, Cell);
        var code = Result;
        await RunAsync(3, meanwhile);
        await RunAsync(2, Cell, again: true, ("x", "2"));
        Assert.Equal(isAsCompiled, code == Result);
        await RunAsync(4, "y");
        Assert.Equal(meanwhile.Contains("factor", StringComparison.Ordinal) ? "200" : "20", Result);

        // From the second time on, nothing needs to be compiled.
        await RunAsync(2, Cell, again: true, ("x", "3"));
        code = Result;
        await RunAsync(2, Cell, again: true, ("x", "4"));
        Assert.Equal(code, Result);
    }

    [Fact]
    public async Task Cells_whose_code_holds_something_that_outlives_a_run_are_compiled_again()
    {
        await RunAsync(1, Library);
        await RunAsync(2, "static int runs = 0; _ = Slide(\"x\"); ++runs");
        await RunAsync(2, "static int runs = 0; _ = Slide(\"x\"); ++runs", again: true, ("x", "4"));
        Assert.Equal("1", Result);
        await RunAsync(3, "class Counter { public static int Runs; } _ = Slide(\"x\"); ++Counter.Runs");
        await RunAsync(
            3,
            "class Counter { public static int Runs; } _ = Slide(\"x\"); ++Counter.Runs",
            again: true,
            ("x", "4")
        );
        Assert.Equal("1", Result);
    }

    [Fact]
    public async Task Of_two_cells_with_controls_each_sees_what_the_other_has_set()
    {
        const string Lower = "var sum = a + Slide(\"b\"); sum";
        await RunAsync(1, Library);
        await RunAsync(2, "var a = Slide(\"a\");");
        await RunAsync(3, Lower);
        await RunAsync(2, "var a = Slide(\"a\");", again: true, ("a", "5"));
        await RunAsync(3, Lower, again: true, ("b", "3.0"));
        Assert.Equal("8", Result);
        await RunAsync(2, "var a = Slide(\"a\");", again: true, ("a", "6"));
        await RunAsync(3, Lower, again: true, ("b", "3.5"));
        Assert.Equal("9.5", Result);
    }

    [Fact]
    public async Task A_run_that_fails_or_is_interrupted_leaves_the_next_one_alone()
    {
        const string Cell =
            "var x = Slide(\"x\");\nif (x == 2) throw new ArgumentException(\"two\");\nwhile (x == 5) { }\nx";
        await RunAsync(1, Library);
        await RunAsync(2, Cell);
        var failed = await ExecuteAsync(2, Cell, again: true, ("x", "2"));
        Assert.Equal(("System.ArgumentException", 2), (failed.Error!.Name, failed.Error.Line));
        var endless = ExecuteAsync(2, Cell, again: true, ("x", "5"));
        while (!endless.IsCompleted)
        {
            _session.Interrupt();
            await Task.WhenAny(endless, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        Assert.Equal(typeof(OperationCanceledException).FullName, (await endless).Error!.Name);
        await RunAsync(2, Cell, again: true, ("x", "4"));
        Assert.Equal("4", Result);
    }

    [Theory]
    [InlineData("x", "11")]
    [InlineData("x", "\"2\"")]
    [InlineData("x", "nonsense")]
    [InlineData("another", "2")]
    public async Task A_setting_that_does_not_fit_is_left_out(string name, string value)
    {
        await RunAsync(1, Library);
        await RunAsync(2, "Slide(\"x\")", again: false, (name, value));
        Assert.Equal("3", Result);
    }

    [Fact]
    public async Task Two_controls_of_one_name_are_one_if_they_are_the_same_and_a_mistake_if_not()
    {
        await RunAsync(1, Library);
        await RunAsync(2, "Slide(\"x\") + Slide(\"x\")", again: false, ("x", "4"));
        Assert.Equal("8", Result);
        Assert.Single(_events.OfType<ValueShown>());
        var error = (await ExecuteAsync(3, "Slide(\"x\") + Slide(\"x\", 4)", again: false)).Error!;
        Assert.Contains("two different controls with the name “x”", error.Message, StringComparison.Ordinal);
    }

    private string? Result => _events.OfType<ResultGiven>().Single().Data.Text("text/plain");

    private string Printed => string.Concat(_events.OfType<TextPrinted>().Select(printed => printed.Text));

    private ControlDescription Shown =>
        _events
            .OfType<ValueShown>()
            .Select(shown => ControlDescription.Of(shown.Data))
            .OfType<ControlDescription>()
            .Single();

    private async Task RunAsync(
        int number,
        string code,
        bool again = false,
        params (string Name, string Value)[] moved
    ) => Assert.Null((await ExecuteAsync(number, code, again, moved)).Error?.Traceback);

    private Task<ExecutionResult> ExecuteAsync(
        int number,
        string code,
        bool again,
        params (string Name, string Value)[] moved
    )
    {
        _events.Clear();
        return _session.ExecuteAsync(
            new ExecutionRequest(CellSource.OfCell("a.ipynb", number, code))
            {
                IsAgain = again,
                Controls =
                [
                    .. moved.Select(setting => new ControlSetting(
                        $$"""{"control":"slider","name":"{{setting.Name}}","min":0,"max":10,"step":0.5,"default":3}""",
                        setting.Value
                    )),
                ],
            },
            _events.Add,
            TestContext.Current.CancellationToken
        );
    }
}
