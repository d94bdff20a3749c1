using System.Net;
using System.Net.Sockets;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>Kinds of cells that don't end, each interrupted at several moments of its life.</summary>
public sealed class InterruptKindsTests : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly string[] Kinds =
    [
        "while (true) { }",
        "for (;;) ;",
        "do { } while (true);",
        "again: goto again;",
        "while (true) { var l = new List<int> { 1 }; }",
        "while (true) Enumerable.Range(0, 1000).Select(i => i * 7919 % 103).OrderBy(x => x).ToArray();",
        "Enumerable.Range(0, int.MaxValue).SelectMany(i => Enumerable.Range(0, 1000)).Sum(x => x % 3 - 1);",
        "string s = \"\"; while (true) { s = (s + 'a')[..1]; }",
        "decimal d = 1; while (true) { d = d * 1.1m / 1.1m; }",
        "var c = System.Numerics.Complex.One; while (true) { c = System.Numerics.Complex.Sqrt(c); }",
        "while (true) { try { throw new Exception(); } catch { } }",
        "while (true) { try { throw new Exception(); } catch (Exception e) when (e.Message != null) { } finally { } }",
        "try { while (true) { } } catch (Exception) { while (true) { } }",
        "try { while (true) { } } finally { while (true) { } }",
        "int F(int n) { while (true) { n++; } } F(1);",
        "int F(int n) => n % 2 == 0 ? G(n + 1) : G(n); int G(int n) => n; while (true) F(2);",
        "void F() { try { F(); } catch { F(); } } F();",
        "Func<int> f = () => { while (true) { } }; f();",
        "Action f = null; f = () => { while (true) { } }; f();",
        "IEnumerable<int> F() { while (true) { yield return 1; } } F().Sum(x => 0);",
        "IEnumerable<int> F() { try { while (true) { yield return 1; } } finally { log.Add(1); } } "
            + "F().Count(x => x > 1);",
        "async Task F() { while (true) { await Task.Yield(); } } F().Wait();",
        "async Task F() { try { while (true) { } } finally { await Task.Yield(); } } F().Wait();",
        "async Task F() { await Task.Delay(-1); } F().Wait();",
        "async IAsyncEnumerable<int> F() { while (true) { yield return 1; } } F().ToBlockingEnumerable().Count();",
        "System.Threading.Thread.Sleep(-1);",
        "Task.Delay(-1).Wait();",
        "_ = new TaskCompletionSource<int>().Task.Result;",
        "new System.Threading.ManualResetEvent(false).WaitOne();",
        "new System.Threading.SemaphoreSlim(0).Wait();",
        "var t = new System.Threading.Thread(() => { while (true) { } }); t.Start(); t.Join();",
        "var t = new System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)); t.Start(); t.Join();",
        "Parallel.For(0, int.MaxValue, i => { while (true) { } });",
        "Enumerable.Range(0, 9).AsParallel().Select(i => { while (true) { } return i; }).ToList();",
        "Task.Run(() => { while (true) { } }).Wait();",
        "System.Threading.SpinWait.SpinUntil(() => false);",
        "unsafe { int* p = stackalloc int[4]; while (true) { p[1]++; } }",
        "void F() { Span<int> p = stackalloc int[4]; while (true) { p[1]++; } } F();",
        "dynamic d = 1; while (true) { d = d + 1 - 1; }",
        "switch (1) { case 0: goto case 1; case 1: goto case 0; }",
        "ref int F(int[] a) { while (true) { } return ref a[0]; } F(new int[1]);",
        "T F<T>(T v) { while (true) { } return v; } F(\"a\");",
        "lock (log) { while (true) { } }",
        "using (var m = new System.IO.MemoryStream()) while (true) { m.Position = 0; m.WriteByte(1); }",
        "System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1; var f = e.Compile(); while (true) f(1);",
        "while (true) { Console.Out.Flush(); }",
        "foreach (var i in new System.Collections.Concurrent.BlockingCollection<int>().GetConsumingEnumerable()) { }",
        "new[] { 1, 2 }.OrderBy(x => x, Comparer<int>.Create((a, b) => { while (true) { } })).ToList();",
    ];

    private const string Spin =
        FrameworkLoop.Code + " var begun = new TaskCompletionSource(); var ended = new TaskCompletionSource();";

    private static readonly string[] Moments = ["queued", "compiling", "begun", "shown"];

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));

    // Each kind at one moment; with RNN_LONG=1, as in .ci/long, at all moments.
    public static TheoryData<string, string> Cases
    {
        get
        {
            var all = Environment.GetEnvironmentVariable("RNN_LONG") == "1";
            var data = new TheoryData<string, string>();
            for (var i = 0; i < Kinds.Length; i++)
            {
                foreach (var moment in all ? Moments : [Moments[(i + (i / Moments.Length)) % Moments.Length]])
                {
                    data.Add(moment, Kinds[i]);
                }
            }

            return data;
        }
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_interrupt_ends_it_and_the_session_keeps_its_variables(string moment, string kind)
    {
        const string Given =
            "var log = new List<int>(); var kept = new object(); var begun = new TaskCompletionSource();";
        await RunAsync(Given);
        var kept = await RunAsync("kept");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;

        Assert.True(await IsInterruptedAsync(moment, kind, begun.Task));

        Assert.Same(kept, await RunAsync("kept"));
        Assert.Equal(3, await RunAsync("int Three() { var n = 0; while (n < 3) { n++; } return n; } Three()"));
    }

    [Fact]
    public async Task What_asks_nothing_is_left_behind_and_ends_when_it_comes_back()
    {
        await RunAsync(Spin + " var after = 0;");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution();
        var running = _session.ExecuteAsync(
            new CellSource(
                "cell",
                """
                begun.SetResult();
                try { spin(); for (; ; ) { after++; } }
                catch { after = -1; }
                finally { ended.SetResult(); }
                """
            ),
            execution
        );
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;

        Assert.Equal(CellError.Interruption, error.Name);
        Assert.Contains("can't be stopped", error.Message, StringComparison.Ordinal);
        Assert.True(execution.IsLeftBehind);
        Assert.Equal(0, await RunAsync("back.SetResult(); await ended.Task; after"));
    }

    [Fact]
    public async Task A_thread_of_the_cell_that_begins_to_wait_long_after_the_interrupt_ends_too()
    {
        await RunAsync(Spin);
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution();
        var running = _session.ExecuteAsync(
            new CellSource(
                "cell",
                """
                var thread = new System.Threading.Thread(() =>
                {
                    try { begun.SetResult(); spin(); System.Threading.Thread.Sleep(-1); }
                    finally { ended.SetResult(); }
                });
                thread.Start();
                thread.Join();
                """
            ),
            execution
        );
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;

        Assert.Equal(CellError.Interruption, error.Name);

        // Longer than a finally block may take.
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await RunAsync("back.SetResult(); await ended.Task;");
    }

    [Fact]
    public async Task What_an_earlier_cell_started_in_the_background_survives()
    {
        await RunAsync(
            """
            var begun = new TaskCompletionSource();
            var count = 0;
            var isWanted = true;
            var background = new System.Threading.Thread(() => { while (isWanted) { count++; } }) { IsBackground = true };
            background.Start();
            """
        );
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;

        Assert.True(await IsInterruptedAsync("begun", "while (true) { }", begun.Task));
        Assert.Equal(
            true,
            await RunAsync("var seen = count; while (count == seen && background.IsAlive) { } background.IsAlive")
        );
        await RunAsync("isWanted = false; background.Join();");
    }

    [Fact]
    public async Task Finally_blocks_run_and_catch_blocks_do_not()
    {
        await RunAsync("var log = new List<string>(); var begun = new TaskCompletionSource();");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        const string Cell = """
            class Closing(List<string> log) : IDisposable
            {
                public void Dispose() { for (var i = 0; i < 3; i++) { Note($"closed {i}"); } }
                void Note(string text) => log.Add(text);
            }
            IEnumerable<int> Items()
            {
                try { yield return 1; begun.SetResult(); while (true) { } }
                finally { log.Add("iterator"); }
            }
            async Task Work()
            {
                try { await Task.Yield(); foreach (var item in Items().Select(i => i)) { } }
                catch { log.Add("caught"); }
                finally { await Task.Yield(); log.Add("async"); }
            }
            using (var closing = new Closing(log))
            {
                try { await Work(); }
                catch (Exception e) when (Wanted()) { log.Add("caught"); }
                catch { log.Add("caught"); }
                finally { for (var i = 0; i < 3; i++) { log.Add($"finally {i}"); } }
            }
            bool Wanted() { log.Add("filter"); return true; }
            """;

        Assert.True(await IsInterruptedAsync("running", Cell, begun.Task));
        Assert.Equal(
            "iterator, async, finally 0, finally 1, finally 2, closed 0, closed 1, closed 2",
            await RunAsync("string.Join(\", \", log)")
        );
    }

    [Fact]
    public async Task Two_sessions_of_one_process_do_not_disturb_each_other()
    {
        using var other = new ScriptSession(new ScriptSessionOptions(Environment.CurrentDirectory));
        var gate = (TaskCompletionSource)
            (await other.ExecuteAsync(new CellSource("1", "var gate = new TaskCompletionSource(); gate"))).Result!;
        var running = other.ExecuteAsync(
            new CellSource("2", "int Three() => 3; var n = 0L; while (!gate.Task.IsCompleted) { n += Three(); }")
        );
        await RunAsync("var begun = new TaskCompletionSource();");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;

        Assert.True(await IsInterruptedAsync("begun", "while (true) { }", begun.Task));
        gate.SetResult();
        Assert.Null((await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error);
    }

    [Fact]
    public async Task A_recursion_without_an_end_is_an_error_of_its_line_and_the_session_lives()
    {
        await RunAsync("var kept = 5;");
        var error = (
            await _session.ExecuteAsync(new CellSource("cell", "int Deep(int n) =>\n    Deep(n + 1) + 1;\nDeep(0)"))
        ).Error!;

        Assert.Equal("System.InsufficientExecutionStackException", error.Name);
        Assert.Contains(error.Traceback, line => line.Contains("cell (line 2), in Deep", StringComparison.Ordinal));
        Assert.Equal(5, await RunAsync("kept"));
    }

    [Fact]
    public async Task A_deep_recursion_with_a_catch_at_each_level_is_interrupted()
    {
        await RunAsync("var begun = new TaskCompletionSource(); var caught = 0;");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        const string Cell = """
            void Deep(int n)
            {
                try { if (n == 0) { begun.SetResult(); while (true) { } } Deep(n - 1); }
                catch (Exception e) when (e.Message != null) { caught++; }
                catch { caught++; }
            }
            Deep(20_000);
            """;

        Assert.True(await IsInterruptedAsync("running", Cell, begun.Task));
        Assert.Equal(0, await RunAsync("caught"));
    }

    [Theory]
    [InlineData("int Deep() { try { return Deep(); } catch { return Deep(); } } Deep()")]
    [InlineData("void Deep() { try { Deep(); } finally { Deep(); } } Deep();")]
    [InlineData("void Deep() { try { } finally { Deep(); } } Deep();")]
    [InlineData("void Deep() { try { Deep(); } finally { new List<int> { 1 }.ForEach(_ => Deep()); } } Deep();")]
    [InlineData(
        "class Deep : IDisposable { public void Dispose() { using var d = new Deep(); } } new Deep().Dispose();"
    )]
    [InlineData("void Deep() { lock (kept) { Deep(); } } Deep();")]
    [InlineData("async Task Deep() { await Deep(); } await Deep();")]
    [InlineData("async ValueTask<int> Deep(int n) => await Deep(n + 1) + 1; await Deep(0)")]
    [InlineData("IEnumerable<int> Deep() { foreach (var i in Deep()) { yield return i; } } Deep().Count()")]
    public async Task A_recursion_without_an_end_is_an_error_whatever_it_does_at_each_level(string cell)
    {
        await RunAsync("var kept = new object();");
        var kept = await RunAsync("kept");
        var outcome = await _session
            .ExecuteAsync(new CellSource("cell", cell))
            .WaitAsync(Long, TestContext.Current.CancellationToken);

        Assert.Equal("System.InsufficientExecutionStackException", outcome.Error?.Name);
        Assert.Same(kept, await RunAsync("kept"));
        Assert.Equal(false, await RunAsync("System.Threading.Monitor.IsEntered(kept)"));
    }

    [Fact]
    public async Task What_the_builders_of_tasks_call_is_not_interrupted_since_nobody_would_take_it()
    {
        const string Key = "A test's interrupt";
        var execution = new CellExecution { Patience = Long };
        AppContext.SetData(Key, (Action)execution.Interrupt);
        await RunAsync("var reached = false;");
        var running = _session.ExecuteAsync(
            new CellSource(
                "cell",
                $$"""
                class Never(Action interrupt, Action reach) : System.Runtime.CompilerServices.INotifyCompletion
                {
                    public Never GetAwaiter() => this;
                    public bool IsCompleted { get { interrupt(); return false; } }
                    public void OnCompleted(Action next) { reach(); next(); }
                    public void GetResult() { }
                }
                await new Never((Action)AppContext.GetData("{{Key}}"), () => reached = true);
                """
            ),
            execution
        );

        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;
        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
    }

    [Fact]
    public async Task A_library_that_asks_by_the_convention_is_interrupted()
    {
        await RunAsync("var begun = new TaskCompletionSource();");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;

        // Compiled from an expression, this loop contains no checks for an interrupt.
        const string Cell = """
            var ask = System.Linq.Expressions.Expression.Constant(
                (Action)AppContext.GetData("Notebook.ThrowIfInterrupted"));
            var train = System.Linq.Expressions.Expression.Lambda<Action>(
                System.Linq.Expressions.Expression.Loop(System.Linq.Expressions.Expression.Invoke(ask))).Compile();
            begun.SetResult();
            train();
            """;
        var execution = new CellExecution { Patience = Long };
        var running = _session.ExecuteAsync(new CellSource("cell", Cell), execution);
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();

        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;
        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
    }

    [Fact]
    public async Task An_interrupt_ends_a_restore_of_packages()
    {
        // A source that accepts a connection and never answers.
        using var source = new TcpListener(IPAddress.Loopback, 0);
        source.Start();
        var execution = new CellExecution { Patience = Long };
        var running = Task.Run(() =>
            _session.ExecuteAsync(
                new CellSource(
                    "cell",
                    $"#i \"nuget: https://{source.LocalEndpoint}/index.json\"\n#r \"nuget: Nobody.Has.This, 1.0.0\"\n1"
                ),
                execution
            )
        );
        var accepting = source.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.Same(accepting, await Task.WhenAny(accepting, running));
        using var asked = await accepting;
        execution.Interrupt();

        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;
        Assert.Equal(CellError.Interruption, error.Name);

        // The process that asked has ended, too: its connection ends without further data.
        await using var stream = asked.GetStream();
        using var reader = new StreamReader(stream);
        try
        {
            await reader
                .ReadToEndAsync(TestContext.Current.CancellationToken)
                .WaitAsync(Long, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Reset instead of closed.
        }

        Assert.Equal(2, await RunAsync("1 + 1"));
    }

    private async Task<bool> IsInterruptedAsync(string moment, string kind, Task begun)
    {
        var execution = new CellExecution();
        if (moment == "queued")
        {
            execution.Interrupt();
        }

        if (moment == "shown")
        {
            return await IsShowingInterruptedAsync(kind, begun, execution);
        }

        var code = moment == "running" ? kind : $"begun.SetResult();\n{kind}";
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", code), execution));
        if (moment is "begun" or "running")
        {
            await Task.WhenAny(begun, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        }

        execution.Interrupt();
        return (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error
            is { Name: CellError.Interruption };
    }

    private async Task<bool> IsShowingInterruptedAsync(string kind, Task begun, CellExecution execution)
    {
        var value = await RunAsync(
            $$"""
            class Shown(Action endless) { public override string ToString() { endless(); return ""; } }
            new Shown(() => { begun.SetResult(); {{kind}} })
            """
        );
        var showing = _session.RunAsync(execution, () => DisplayFormatter.Format(value));
        await begun.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        await Assert.ThrowsAsync<CellInterruptedException>(() =>
            showing.WaitAsync(Long, TestContext.Current.CancellationToken)
        );
        return true;
    }

    private async Task<object?> RunAsync(string source)
    {
        var outcome = await _session.ExecuteAsync(new CellSource("cell", source));
        Assert.Null(outcome.Error?.Traceback);
        return outcome.Result;
    }
}
