using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

public sealed class InterruptTests : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));
    private int _cell;

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("int k = 7; begun.SetResult(); while (true) k++;")]
    [InlineData(
        "int k = 7; begun.SetResult(); while (true) { try { k++; } catch (Exception) { } finally { k--; k++; } }"
    )]
    [InlineData("int k = 7; begun.SetResult(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("int k = 7; begun.SetResult(); System.Threading.Tasks.Task.Delay(-1).Wait();")]
    [InlineData("int k = 7; begun.SetResult(); await Task.Delay(1); while (true) k++;")]
    [InlineData("using System.Threading;\nint k = 7; begun.SetResult();\nnew ManualResetEvent(false).WaitOne();")]
    [InlineData("int k = 7; begun.SetResult(); while (true) ;")]
    [InlineData("int k = 7; begun.SetResult(); for (;;) { var q = 1; }")]
    [InlineData("int k = 7; begun.SetResult(); do { } while (true);")]
    [InlineData("int k = 7; begun.SetResult(); again: goto again;")]
    [InlineData("int k = 7; begun.SetResult(); await Task.Yield(); while (true) ;")]
    [InlineData(
        "int k = 7; begun.SetResult(); async Task Spin() { await Task.Yield(); while (true) ; }\nawait Spin();"
    )]
    [InlineData(
        "int k = 7; begun.SetResult(); double Spin() { while (true) k++; }\nnew[] { 1 }.Select(_ => Spin()).ToList()"
    )]
    public async Task What_an_interrupted_cell_had_set_stays(string source)
    {
        var error = await InterruptAsync("var before = 3;", source);

        Assert.Equal(CellError.Interruption, error.Name);
        Assert.Equal(3, (await RunAsync("before")).Result);
        Assert.True((int)(await RunAsync("k")).Result! >= 7);
        Assert.Equal(2, (await RunAsync("1 + 1")).Result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nvar after = 1;")]
    public async Task A_file_that_a_cell_loads_is_stopped_like_the_cell(string rest)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            "int k = 7; begun.SetResult(); while (true) k++;",
            TestContext.Current.CancellationToken
        );
        var error = await InterruptAsync("var before = 3;", $"#load \"{file}\"{rest}");
        File.Delete(file);

        Assert.Equal(CellError.Interruption, error.Name);
        Assert.True((int)(await RunAsync("k - before")).Result! >= 4);
    }

    [Fact]
    public async Task A_cell_that_awaits_without_end_is_ended_and_what_was_set_stays()
    {
        var error = await InterruptAsync(
            "var before = 3;",
            "var set = 4; begun.SetResult(); await Task.Delay(-1); set = 5;"
        );

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Equal(7, (await RunAsync("before + set")).Result);
    }

    [Fact]
    public async Task A_cell_that_was_ended_does_not_go_on_when_what_it_waits_for_comes()
    {
        await InterruptAsync(
            "var gate = new TaskCompletionSource(); var ended = new TaskCompletionSource();",
            """
            var set = 1;
            begun.SetResult();
            try { await gate.Task; set = 2; } catch (Exception) { set = 3; } finally { ended.SetResult(); }
            """
        );

        Assert.Equal(1, (await RunAsync("gate.SetResult(); await ended.Task; set")).Result);
    }

    [Theory]
    [InlineData("t.UnsafeStart();")]
    [InlineData("using (System.Threading.ExecutionContext.SuppressFlow()) { t.Start(); }")]
    public async Task A_thread_that_belongs_to_no_cell_goes_on_and_the_wait_for_it_ends(string start)
    {
        var error = await InterruptAsync(
            "var count = 0; var stop = false;",
            $$"""
            void Count() { while (!System.Threading.Volatile.Read(ref stop)) { count++; } }
            var t = new System.Threading.Thread(Count);
            {{start}}
            begun.SetResult();
            t.Join();
            """
        );

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Equal(
            true,
            (
                await RunAsync("var seen = count; while (count == seen && t.IsAlive) { } var lived = t.IsAlive; lived")
            ).Result
        );
        await RunAsync("stop = true; t.Join();");
    }

    [Fact]
    public async Task Code_that_a_cell_gave_up_waiting_for_is_not_ended_by_the_interrupt_of_a_later_cell()
    {
        // Like a check whose answer takes too long.
        await RunAsync(
            """
            var count = 0;
            var stop = false;
            var answer = new System.Threading.Thread(() =>
            {
                while (!System.Threading.Volatile.Read(ref stop)) { count++; }
            });
            answer.Start();
            answer.Join(1);
            """
        );
        var error = await InterruptAsync("", "begun.SetResult(); while (true) { }");

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Equal(
            true,
            (await RunAsync("var seen = count; while (count == seen && answer.IsAlive) { } answer.IsAlive")).Result
        );
        await RunAsync("stop = true; answer.Join();");
    }

    [Fact]
    public async Task Code_that_a_cell_gave_up_waiting_for_ends_when_this_cell_is_interrupted()
    {
        var error = await InterruptAsync(
            "System.Threading.Thread answer = null;",
            """
            answer = new System.Threading.Thread(() => { while (true) { } });
            answer.Start();
            answer.Join(1);
            begun.SetResult();
            while (true) { }
            """
        );

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Null((await RunAsync("answer.Join();")).Error);
    }

    [Fact]
    public async Task A_cell_that_stands_in_a_deadlock_is_woken_or_left_behind()
    {
        var error = await InterruptAsync(
            "var gate = new object();",
            """
            var held = new System.Threading.ManualResetEventSlim();
            _ = Task.Run(() => { lock (gate) { held.Set(); System.Threading.Thread.Sleep(-1); } });
            held.Wait();
            begun.SetResult();
            lock (gate) { }
            """
        );

        Assert.Equal(CellError.Interruption, error.Name);
        Assert.Equal(2, (await RunAsync("1 + 1")).Result);
    }

    [Fact]
    public async Task An_interrupt_that_comes_while_the_cell_is_compiled_is_not_lost()
    {
        var execution = new CellExecution();
        var running = RunAsync("while (true) { }", execution);
        execution.Interrupt();

        Assert.Equal(
            CellError.Interruption,
            (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!.Name
        );
        Assert.Equal(2, (await RunAsync("1 + 1")).Result);
    }

    [Fact]
    public async Task A_cell_interrupted_again_and_again_ends_once_and_the_next_ones_run()
    {
        for (var round = 0; round < 5; round++)
        {
            _ = await InterruptAsync("var n = 0;", "begun.SetResult(); while (true) n++;");
            Assert.Equal(5, (await RunAsync("int Five() => 5; Five()")).Result);
        }
    }

    [Fact]
    public async Task Cells_run_as_they_do_without_questions()
    {
        Assert.Equal(4, (await RunAsync("using System.Globalization;\n// a comment\nvar a = 4; a")).Result);
        Assert.Null((await RunAsync("")).Error);
        Assert.Null((await RunAsync("// nothing but words")).Error);
        Assert.Null((await RunAsync("using System.Diagnostics;")).Error);
        Assert.Null((await RunAsync("record Point(int X, int Y);")).Error);
        Assert.Equal(8, (await RunAsync("await Task.Yield();\nvar b = await Task.Run(() => 2 * a);\nb")).Result);
        var failed = (await RunAsync("var c = 1;\n\nthrow new ArgumentException(\"wrong\");")).Error!;
        Assert.Equal(("System.ArgumentException", 3), (failed.Name, failed.Line));
        Assert.Equal(2, (await RunAsync("var d = 1;\nd = yyy;")).Error!.Line);
    }

    // The second cell itself reports when it has reached the place where it is to be interrupted.
    private async Task<CellError> InterruptAsync(string first, string source)
    {
        var begun = (TaskCompletionSource)
            (await RunAsync(first + " var begun = new TaskCompletionSource(); begun")).Result!;
        var execution = new CellExecution();
        var running = RunAsync(source, execution);
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var outcome = await running.WaitAsync(Long, TestContext.Current.CancellationToken);
        return outcome.Error ?? throw new InvalidOperationException("The cell was not interrupted.");
    }

    private Task<CellOutcome> RunAsync(string source, CellExecution? execution = null) =>
        _session.ExecuteAsync(new CellSource($"cell {++_cell}", source), execution ?? new CellExecution());
}
