using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>Cells that are interrupted while they await something that never completes.</summary>
public sealed class PendingAwaitTests : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(
        "try { begun.SetResult(); await Task.Delay(-1); } catch { log.Add(\"caught\"); } finally { log.Add(\"a\"); }",
        "a"
    )]
    [InlineData(
        "try { begun.SetResult(); await new TaskCompletionSource<int>().Task; } finally { log.Add(\"a\"); }",
        "a"
    )]
    [InlineData(
        "async Task F() { try { begun.SetResult(); await Task.Delay(-1); } finally { log.Add(\"in\"); } } "
            + "try { await F(); } finally { log.Add(\"out\"); }",
        "in, out"
    )]
    [InlineData(
        "async Task F() { try { begun.SetResult(); await Task.Delay(-1); } "
            + "finally { await Task.Delay(50); log.Add(\"in\"); } } try { await F(); } finally { log.Add(\"out\"); }",
        "in, out"
    )]
    [InlineData(
        "async ValueTask<int> F() { try { begun.SetResult(); await Task.Delay(-1); return 1; } "
            + "finally { log.Add(\"value\"); } } await F();",
        "value"
    )]
    [InlineData(
        "async IAsyncEnumerable<int> F() { try { begun.SetResult(); await Task.Delay(-1); yield return 1; } finally { "
            + "log.Add(\"items\"); } } try { await foreach (var i in F()) { } } finally { log.Add(\"loop\"); }",
        "items, loop"
    )]
    [InlineData(
        "async Task<T> F<T>(T[] v) { try { begun.SetResult(); await Task.Delay(-1); return v[0]; } "
            + "finally { log.Add($\"{v[0]}\"); } } await F(new[] { 3 });",
        "3"
    )]
    [InlineData(
        "async Task F() { try { begun.SetResult(); await Task.Delay(-1); } finally { log.Add(\"waited\"); } } "
            + "F().Wait();",
        "waited"
    )]
    [InlineData(
        "await Parallel.ForEachAsync(new[] { 1 }, async (i, _) => { try { begun.SetResult(); await Task.Delay(-1); } "
            + "finally { log.Add(\"parallel\"); } });",
        "parallel"
    )]
    [InlineData(
        "async Task F(int n) { try { if (n == 0) { begun.SetResult(); await Task.Delay(-1); } await F(n - 1); } "
            + "finally { log.Add($\"{n}\"); } } await F(3);",
        "0, 1, 2, 3"
    )]
    [InlineData(
        "await using (new Later(log)) { begun.SetResult(); await System.Threading.Channels.Channel"
            + ".CreateUnbounded<int>().Reader.ReadAsync(); } class Later(List<string> log) : IAsyncDisposable { "
            + "public async ValueTask DisposeAsync() { await Task.Yield(); log.Add(\"disposed\"); } }",
        "disposed"
    )]
    [InlineData(
        "class Dropping : System.Threading.SynchronizationContext { "
            + "public override void Post(System.Threading.SendOrPostCallback d, object s) { } } "
            + "System.Threading.SynchronizationContext.SetSynchronizationContext(new Dropping()); "
            + "try { begun.SetResult(); await Task.Delay(1); } finally { log.Add(\"dropped\"); }",
        "dropped"
    )]
    [InlineData(
        "class Never : System.Runtime.CompilerServices.INotifyCompletion { public Never GetAwaiter() => this; public "
            + "bool IsCompleted => false; public void OnCompleted(Action next) { } public void GetResult() { } } try { "
            + "begun.SetResult(); await new Never(); } finally { log.Add(\"own\"); }",
        "own"
    )]
    // A method that awaits again is listed after the await of its caller.
    [InlineData(
        "async Task F() { try { await Task.Yield(); begun.SetResult(); while (true) { await Task.Yield(); } } "
            + "finally { log.Add(\"in\"); } } try { await F(); } finally { log.Add(\"out\"); }",
        "in, out"
    )]
    [InlineData(
        "async Task F() { try { await Task.Delay(1); begun.SetResult(); await Task.Delay(-1); } "
            + "finally { log.Add(\"in\"); } } try { await F().ConfigureAwait(false); } finally { log.Add(\"out\"); }",
        "in, out"
    )]
    [InlineData(
        "async Task F(int n) { try { await Task.Yield(); if (n == 0) { begun.SetResult(); await Task.Delay(-1); } "
            + "await F(n - 1); } finally { log.Add($\"{n}\"); } } await F(3);",
        "0, 1, 2, 3"
    )]
    [InlineData(
        "async ValueTask<int> F() { try { await Task.Yield(); begun.SetResult(); await Task.Delay(-1); return 1; } "
            + "finally { log.Add(\"value\"); } } try { await F().ConfigureAwait(false); } "
            + "finally { log.Add(\"out\"); }",
        "value, out"
    )]
    [InlineData(
        "async IAsyncEnumerable<int> F() { try { yield return 1; await Task.Yield(); begun.SetResult(); "
            + "await Task.Delay(-1); } finally { log.Add(\"items\"); } } try { await foreach (var i in F()) { } } "
            + "finally { log.Add(\"loop\"); }",
        "items, loop"
    )]
    public async Task Its_finally_blocks_run_in_their_order(string cell, string expected)
    {
        await RunAsync(
            "var log = new List<string>(); var begun = new TaskCompletionSource(); var kept = new object();"
        );
        var kept = await RunAsync("kept");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution { Patience = Long };
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Equal(
            expected,
            await RunAsync(
                $"while (log.Count < {expected.Split(',').Length}) {{ await Task.Delay(1); }} string.Join(\", \", log)"
            )
        );
        Assert.Same(kept, await RunAsync("kept"));
    }

    [Fact]
    public async Task A_method_that_takes_long_to_meet_its_question_ends_before_its_caller()
    {
        await RunAsync(FrameworkLoop.Code + " var log = new List<string>(); var begun = new TaskCompletionSource();");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var back = (TaskCompletionSource)(await RunAsync("back"))!;
        var execution = new CellExecution { Patience = Long };
        const string Cell = """
            async Task F()
            {
                try { await Task.Yield(); begun.SetResult(); spin(); while (true) { } }
                finally { log.Add("in"); }
            }
            try { await F(); } finally { log.Add("out"); }
            """;
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", Cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        // Longer than the time after which an unfinished await is ended.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        back.SetResult();
        await running.WaitAsync(Long, TestContext.Current.CancellationToken);

        Assert.Equal("in, out", await RunAsync("string.Join(\", \", log)"));
    }

    [Fact]
    public async Task A_method_that_an_earlier_cell_started_does_not_keep_a_cell_that_awaits_it()
    {
        await RunAsync(
            """
            var log = new List<string>();
            var begun = new TaskCompletionSource();
            async Task Forever() { await Task.Delay(-1); }
            var background = Forever();
            """
        );
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution { Patience = Long };
        const string Cell = "try { begun.SetResult(); await background; } finally { log.Add(\"out\"); }";
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", Cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        await running.WaitAsync(Long, TestContext.Current.CancellationToken);

        Assert.Equal("out", await RunAsync("string.Join(\", \", log)"));
        Assert.Equal(false, await RunAsync("background.IsCompleted"));
    }

    [Fact]
    public async Task A_finally_block_that_itself_awaits_what_never_comes_ends_too()
    {
        await RunAsync("var log = new List<string>(); var begun = new TaskCompletionSource();");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution { Patience = Long };
        const string Cell = """
            try
            {
                try { begun.SetResult(); await Task.Delay(-1); }
                finally { await Task.Delay(-1); log.Add("never"); }
            }
            finally { log.Add("outer"); }
            """;
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", Cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Equal("outer", await RunAsync("string.Join(\", \", log)"));
    }

    [Fact]
    public async Task What_comes_later_does_not_go_on_with_the_cell_a_second_time()
    {
        await RunAsync(
            "var after = 0; var left = 0; var begun = new TaskCompletionSource(); "
                + "var late = new TaskCompletionSource();"
        );
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution { Patience = Long };
        const string Cell = "try { begun.SetResult(); await late.Task; after++; } finally { left++; }";
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", Cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        await running.WaitAsync(Long, TestContext.Current.CancellationToken);

        Assert.Equal("0, 1", await RunAsync("late.SetResult(); await Task.Delay(20); $\"{after}, {left}\""));
    }

    private async Task<object?> RunAsync(string source)
    {
        var outcome = await _session.ExecuteAsync(new CellSource("cell", source));
        Assert.Null(outcome.Error?.Traceback);
        return outcome.Result;
    }
}
