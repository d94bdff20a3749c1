using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

/// <summary>A session in a process of its own. Tests that leave a usable session behind share one.</summary>
public sealed class ProcessSessionTests(SharedSession shared) : IClassFixture<SharedSession>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("session").FullName;
    private readonly List<SessionEvent> _events = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Standard_streams_that_a_cell_closes_cost_only_what_native_code_writes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no libc");
        const string Close = """
            [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "close")] static extern int Close(int file);
            Close(0); Close(1); Close(2); var kept = 1;
            """;
        await using var session = Start();
        Assert.Null((await ExecuteAsync(1, Close, session)).Error);
        Assert.Null((await ExecuteAsync(2, "Console.WriteLine(\"still here\"); kept + 1", session)).Error);
        Assert.Equal("2", LastResult());
        Assert.Equal("still here\n", Printed());
    }

    [Theory]
    [InlineData("int Deeper(int n)\n{\n    return Deeper(n + 1) + 1;\n}\nDeeper(0)", 3)]
    [InlineData("Func<int, int> f = null;\nf = n => f(n + 1) + 1;\nf(0)", 2)]
    [InlineData("class A { public int B => B + 1; }\nnew A().B", 1)]
    public async Task A_recursion_without_end_is_an_error_of_its_cell_like_any_other(string code, int line)
    {
        await ExecuteAsync(1, "var kept = 1;");
        var result = await ExecuteAsync(2, code);

        Assert.False(result.HasSessionEnded);
        Assert.Equal(typeof(InsufficientExecutionStackException).FullName, result.Error!.Name);
        Assert.Contains("Does a recursion never end?", result.Error.Message, StringComparison.Ordinal);
        Assert.Contains(
            result.Error.Traceback,
            text => text.Contains($"(cell 2, line {line})", StringComparison.Ordinal)
        );
        Assert.Null((await ExecuteAsync(3, "kept")).Error);
    }

    [Theory]
    [InlineData("var t = new System.Threading.Thread(() => throw new Exception(\"boom\")); t.Start(); t.Join();")]
    [InlineData(
        "var gone = new System.Threading.ManualResetEventSlim();\nasync void Go() { await Task.Yield(); gone.Set(); "
            + "throw new Exception(\"boom\"); }\nGo(); gone.Wait();"
    )]
    public async Task What_goes_wrong_beside_a_cell_is_reported_and_the_session_lives_on(string code)
    {
        await ExecuteAsync(1, "var kept = 1;");
        await ExecuteAsync(2, code);
        while (!_events.OfType<ExceptionBesideCell>().Any())
        {
            // It may arrive after the cell's end; then it belongs to this cell.
            Assert.False((await shared.Session.ExecuteAsync(Cell(3, "1"), Take, Cancellation)).HasSessionEnded);
        }

        var error = _events.OfType<ExceptionBesideCell>().First().Error;
        Assert.Equal("boom", error.Message);
        Assert.Null((await ExecuteAsync(4, "kept")).Error);
        Assert.Equal("1", LastResult());
    }

    [Fact]
    public async Task A_cell_may_delete_the_folder_that_it_works_in()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the folder of a process.");
        await using var session = Start();
        await ExecuteAsync(
            1,
            "var gone = System.IO.Directory.CreateTempSubdirectory().FullName; Environment.CurrentDirectory = gone;\n"
                + "System.IO.Directory.Delete(gone);",
            session
        );
        var result = await ExecuteAsync(2, "gone.Length > 0", session);

        Assert.False(result.HasSessionEnded);
        Assert.Equal("True", LastResult());
    }

    [Fact]
    public async Task A_session_that_fills_its_memory_is_ended_at_its_limit_and_started_anew()
    {
        await using var session = Start(limit: 400L << 20);
        var ended = await session.ExecuteAsync(
            Cell(
                1,
                "var all = new List<IntPtr>();\nwhile (true)\n{\n    "
                    + "all.Add(System.Runtime.InteropServices.Marshal.AllocHGlobal(10 << 20));\n    new "
                    + "Span<byte>();\n    unsafe { new Span<byte>((void*)all[^1], 10 << 20).Fill(1); }\n}"
            ),
            Take,
            Cancellation
        );

        Assert.Equal(CellError.MemoryLimit, ended.Error!.Name);
        Assert.Null((await session.ExecuteAsync(Cell(2, "1"), Take, Cancellation)).Error);
    }

    [Fact]
    public async Task A_process_that_ends_between_two_cells_is_reported_in_the_next()
    {
        await ExecuteAsync(1, "Environment.ProcessId");
        using (var process = Process.GetProcessById(int.Parse(LastResult(), CultureInfo.InvariantCulture)))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        await shared.Session.ReadyAsync(Cancellation);
        ExecutionResult result;
        do
        {
            result = await ExecuteAsync(2, "1");
        } while (result.HasSessionEnded);

        Assert.Null(result.Error);
        Assert.Equal("1", LastResult());
    }

    [Fact]
    public async Task An_interrupt_that_comes_while_the_session_starts_counts_for_the_cell_that_waits()
    {
        await using var session = Start();
        var running = session.ExecuteAsync(Cell(1, "while (true) { }"), Take, Cancellation);
        session.Interrupt();

        var result = await running;
        Assert.Equal(CellError.Interruption, result.Error!.Name);
        Assert.False(result.HasSessionEnded);
        Assert.Null((await session.ExecuteAsync(Cell(2, "1"), Take, Cancellation)).Error);
    }

    [Fact]
    public async Task A_restart_ends_the_cell_that_runs_and_forgets_all_variables()
    {
        await ExecuteAsync(1, "var kept = 1;");
        var begun = new TaskCompletionSource();
        var running = shared.Session.ExecuteAsync(
            Cell(2, "Console.WriteLine(1); while (true) { }"),
            happened => _ = happened is TextPrinted && begun.TrySetResult(),
            Cancellation
        );
        await begun.Task;
        await shared.Session.RestartAsync();

        Assert.Contains("restarted", (await running).Error!.Message, StringComparison.Ordinal);
        Assert.Equal(CellError.Compilation, (await ExecuteAsync(3, "kept")).Error!.Name);
    }

    [Fact]
    public async Task Questions_about_code_are_answered_while_a_cell_runs()
    {
        await ExecuteAsync(1, "var known = 1;");
        var running = shared.Session.ExecuteAsync(
            Cell(2, "Console.WriteLine(1); while (true) { }"),
            Take,
            Cancellation
        );

        var found = await shared.Session.CompleteAsync("kno", 3, Cancellation);
        Assert.Contains("known", found.Entries.Select(entry => entry.Text));
        Assert.Contains("int known", (await shared.Session.InspectAsync("known", 1, false, Cancellation))!.PlainText);
        Assert.Single(await shared.Session.DiagnoseAsync("int x = \"\";", Cancellation));

        shared.Session.Interrupt();
        Assert.Equal(CellError.Interruption, (await running).Error!.Name);
    }

    [Fact]
    public async Task A_question_of_the_cell_is_an_event_and_waits_for_its_answer()
    {
        var request = Cell(1, "Input(\"name?\") + Console.ReadLine()") with { CanAsk = true };
        await shared.Session.ExecuteAsync(
            request,
            happened =>
            {
                Take(happened);
                if (happened is InputWanted)
                {
                    shared.Session.Answer("a");
                }
            },
            Cancellation
        );

        Assert.Equal("aa", LastResult());
        Assert.Equal(["name?", ""], _events.OfType<InputWanted>().Select(question => question.Prompt));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ExecutionRequest Cell(int number, string code) => new(CellSource.OfCell("notebook", number, code));

    private ProcessSession Start(long? limit = null) =>
        new(new SessionSettings(SessionProcessProgram.Start, _folder) { RestartsAfterEnd = true, MemoryLimit = limit });

    private Task<ExecutionResult> ExecuteAsync(int number, string code, ProcessSession? session = null)
    {
        _events.Clear();
        return (session ?? shared.Session).ExecuteAsync(Cell(number, code), Take, Cancellation);
    }

    private void Take(SessionEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
        }
    }

    private string LastResult() => _events.OfType<ResultGiven>().Last().Data.Text("text/plain")!;

    private string Printed() => string.Concat(_events.OfType<TextPrinted>().Select(printed => printed.Text));
}
