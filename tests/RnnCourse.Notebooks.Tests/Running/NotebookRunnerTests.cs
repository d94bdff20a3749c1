using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Tests.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Running;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runner").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cells_are_numbered_and_old_outputs_are_gone()
    {
        var old = new StreamOutput(StreamOutput.StandardOutput, "old");
        var notebook = new Notebook
        {
            Cells =
            [
                new MarkdownCell { Id = "text", Source = "# Title" },
                new CodeCell
                {
                    Id = "one",
                    Source = "1",
                    ExecutionCount = 7,
                    Outputs = [old],
                },
                new CodeCell
                {
                    Id = "empty",
                    Source = " \n",
                    ExecutionCount = 8,
                    Outputs = [old],
                },
                new CodeCell
                {
                    Id = "two",
                    Source = "throw new Exception(\"stop\");",
                    ExecutionCount = 9,
                    Outputs = [old],
                },
                new CodeCell
                {
                    Id = "three",
                    Source = "3",
                    ExecutionCount = 10,
                    Outputs = [old],
                },
            ],
        };
        var run = await RunAsync(notebook, new RunnerOptions(SessionProcessProgram.Start));
        Assert.Equal([1, null, 2, null], run.Executed.Cells.OfType<CodeCell>().Select(cell => cell.ExecutionCount));
        Assert.Equal([1, 0, 1, 0], run.Executed.Cells.OfType<CodeCell>().Select(cell => cell.Outputs.Count));
        Assert.Equal((2, "two"), (run.Failure!.Cell, run.Failure.Id));
        Assert.Equal(3, run.Count);
    }

    [Fact]
    public async Task A_failing_cell_ends_the_run_and_keeps_what_was_printed()
    {
        var run = await RunAsync(
            "var x = 1;",
            "Console.WriteLine(\"before\");\nint.Parse(\"x\");\n",
            "Console.WriteLine(\"never\");"
        );
        Assert.Equal("System.FormatException", run.Failure!.Error.Name);
        Assert.Equal(2, run.Failure.Error.Line);
        Assert.Equal(["stdout:before\n", "error:System.FormatException"], Outputs(run, 1));
        Assert.Empty(Outputs(run, 2));
    }

    [Fact]
    public async Task Executing_twice_gives_the_same_bytes()
    {
        string[] cells =
        [
            "record Point(int X, string Name);\nnew Point(1, \"a\")",
            "new List<Point> { new(1, \"a\"), new(2, \"b\") }",
            "for (var i = 0; i < 2000; i++) Console.WriteLine(i);\nvar shown = display(1);",
            "shown.Update(new { A = 1 });\nnew Dictionary<string, int[]> { [\"k\"] = new[] { 1, 2 } }",
        ];
        var first = await RunAsync(cells);
        Assert.Null(first.Failure?.Error.Traceback);
        Assert.Equal(NotebookWriter.ToText(first.Executed), NotebookWriter.ToText((await RunAsync(cells)).Executed));
    }

    [Fact]
    public async Task A_cell_that_exits_its_process_is_named_and_its_output_is_kept()
    {
        var run = await RunAsync("1", "Console.Write(\"last words\");\nEnvironment.Exit(7);", "3");
        Assert.Equal(2, run.Failure!.Cell);
        Assert.Equal(CellError.ProcessEnded, run.Failure.Error.Name);
        Assert.Contains("exited with code 7", run.Failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["stdout:last words", "error:ProcessEndedError"], Outputs(run, 1));
    }

    [Fact]
    public async Task A_cell_that_overflows_the_stack_at_once_is_reported_as_such()
    {
        var run = await RunAsync(
            "Console.WriteLine(\"down\");\nvoid F() { Span<byte> large = stackalloc byte[64 << 20]; large.Fill(1); }\n"
                + "F();"
        );
        Assert.Equal(CellError.ProcessEnded, run.Failure!.Error.Name);
        Assert.Equal("stdout:down\n", Outputs(run, 0)[0]);
    }

    [Fact]
    public async Task A_cell_that_kills_its_process_is_named()
    {
        var run = await RunAsync("System.Diagnostics.Process.GetCurrentProcess().Kill();\nawait Task.Delay(-1);");
        Assert.Equal(CellError.ProcessEnded, run.Failure!.Error.Name);
    }

    [Fact]
    public async Task An_exception_on_another_thread_fails_the_cell_and_is_shown_with_its_line()
    {
        var run = await RunAsync(
            "var t = new System.Threading.Thread(() =>\n    throw new ArgumentException(\"aside\"));\n"
                + "t.Start();\nt.Join();\nConsole.WriteLine(\"after\");"
        );
        Assert.Equal("System.ArgumentException", run.Failure!.Error.Name);
        Assert.Equal(2, run.Failure.Error.Line);
        Assert.Contains("stdout:after\n", Outputs(run, 0));
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    public async Task A_cell_that_never_ends_is_stopped_at_its_time_limit(string source)
    {
        // On a busy machine the time may run out while the cell is still being compiled; then it is given more.
        NotebookRun run;
        var limit = 2.5;
        for (; ; limit *= 2)
        {
            var options = new RunnerOptions(SessionProcessProgram.Start) { CellTimeout = TimeSpan.FromSeconds(limit) };
            run = await RunAsync(NotebookOf("Console.Write(\"begun\");\n" + source), options);
            Assert.Equal(CellError.TimeLimit, run.Failure!.Error.Name);
            if (Outputs(run, 0).Length > 1)
            {
                break;
            }
        }

        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The cell ran longer than {limit} s, its time limit, and was stopped."
            ),
            run.Failure.Error.Message
        );
        Assert.Equal(["stdout:begun", "error:TimeLimitError"], Outputs(run, 0));
    }

    [Fact]
    public async Task Endless_printing_is_cut_with_a_note_of_its_length()
    {
        var run = await RunAsync("for (var i = 0; i < 300_000; i++) Console.Write(\"0123456789\");");
        var text = Assert.IsType<StreamOutput>(Assert.Single(Code(run, 0).Outputs)).Text;
        Assert.EndsWith("\n[cut here: 2,900,000 more characters]\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100_000, 100_100);
    }

    [Fact]
    public async Task A_value_whose_own_code_fails_while_it_is_shown_fails_its_cell()
    {
        var run = await RunAsync(
            "class Shy\n{\n    public override string ToString() => throw new "
                + "InvalidOperationException(\"not now\");\n}\nnew Shy()"
        );
        Assert.Equal("System.InvalidOperationException", run.Failure!.Error.Name);
        Assert.Equal(3, run.Failure.Error.Line);
    }

    [Fact]
    public async Task An_exception_that_cannot_even_tell_its_message_fails_its_cell()
    {
        var run = await RunAsync(
            "class Sour : Exception\n{\n    public override string Message => throw new "
                + "Exception(\"never\");\n}\nthrow new Sour();"
        );
        Assert.Equal("Sour", run.Failure!.Error.Name);
        Assert.Equal("(no message: reading it threw System.Exception)", run.Failure.Error.Message);
        Assert.Equal(5, run.Failure.Error.Line);
    }

    [Fact]
    public async Task A_message_of_any_length_and_causes_without_end_are_cut()
    {
        var run = await RunAsync("throw new Exception(new string('x', 3_000_000));");
        Assert.EndsWith(
            "\n[cut here: 2,990,000 more characters]",
            run.Failure!.Error.Message,
            StringComparison.Ordinal
        );

        run = await RunAsync(
            "var e = new Exception(\"root\");\nfor (var i = 0; i < 50_000; i++) e = new "
                + "Exception(\"above\", e);\nthrow e;"
        );
        Assert.Equal("above", run.Failure!.Error.Message);
        Assert.InRange(run.Failure.Error.Traceback.Count, 100, 300);
    }

    [Fact]
    public async Task Garbage_in_the_sessions_pipe_is_passed_over()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("A second stream cannot be opened on the pipe's handle.");
            return;
        }

        var run = await RunAsync(
            PipeHandle
                + "using (var s = new System.IO.FileStream(pipe, System.IO.FileAccess.Write, 1)) "
                + "s.Write(Encoding.UTF8.GetBytes(\"garbage\\n{}\\nnull\\n[1]\\n\"));\n2",
            "3"
        );
        Assert.Null(run.Failure?.Error.Traceback);
        Assert.Equal(["result:text/plain=3"], Outputs(run, 1));
    }

    [Fact]
    public async Task A_cell_that_closes_the_sessions_pipe_fails_and_does_not_hang_the_run()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The cell cannot close the handle that the session's own stream holds.");
            return;
        }

        var run = await RunAsync(
            PipeHandle.Replace("false", "true", StringComparison.Ordinal) + "pipe.Dispose();\nawait Task.Delay(-1);"
        );
        Assert.Equal(
            "The process ended while the cell was running: the cell closed the pipe that connects the "
                + "process with its host.",
            run.Failure!.Error.Message
        );
    }

    [Fact]
    public async Task A_cancelled_run_ends_its_process()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var pid = Path.Combine(_folder, "pid");
        await using var runner = new NotebookRunner(new RunnerOptions(SessionProcessProgram.Start));
        var notebook = NotebookOf(
            "System.IO.File.WriteAllText(\"pid.tmp\", Environment.ProcessId.ToString());\n"
                + "System.IO.File.Move(\"pid.tmp\", \"pid\");\nwhile (true) { }"
        );
        var running = runner.RunAsync(Path.Combine(_folder, "lesson.ipynb"), notebook, progress: null, cancel.Token);
        while (!File.Exists(pid))
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(20, Cancellation);
        }

        var id = int.Parse(await File.ReadAllTextAsync(pid, Cancellation), CultureInfo.InvariantCulture);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public async Task Progress_tells_of_each_cell()
    {
        var seen = new List<(int, int)>();
        await using var runner = new NotebookRunner(new RunnerOptions(SessionProcessProgram.Start));
        runner.Prepare(Path.Combine(_folder, "lesson.ipynb"));
        await runner.RunAsync(
            Path.Combine(_folder, "lesson.ipynb"),
            NotebookOf("1", "2"),
            new Listener(seen),
            Cancellation
        );
        Assert.Equal([(1, 2), (2, 2), (3, 2)], seen);
    }

    [Fact]
    public async Task A_notebook_without_code_runs()
    {
        var run = await RunAsync(
            new Notebook { Cells = [new MarkdownCell { Id = "a", Source = "text" }] },
            new RunnerOptions(SessionProcessProgram.Start)
        );
        Assert.Null(run.Failure);
        Assert.Equal(0, run.Count);
    }

    // The handles are among the arguments that the process was started with.
    private const string PipeHandle =
        "var arguments = Environment.GetCommandLineArgs();\n"
        + "var at = Array.IndexOf(arguments, \"run-session\");\n"
        + "var pipe = new Microsoft.Win32.SafeHandles.SafeFileHandle((IntPtr)int.Parse(arguments[at + 2]), false);\n";

    private Task<NotebookRun> RunAsync(params string[] sources) =>
        RunAsync(NotebookOf(sources), new RunnerOptions(SessionProcessProgram.Start));

    private async Task<NotebookRun> RunAsync(Notebook notebook, RunnerOptions options)
    {
        await using var runner = new NotebookRunner(options);
        return await runner.RunAsync(Path.Combine(_folder, "lesson.ipynb"), notebook, progress: null, Cancellation);
    }

    private static Notebook NotebookOf(params string[] sources) =>
        new() { Cells = [.. sources.Select((source, i) => new CodeCell { Id = $"cell-{i}", Source = source })] };

    private static CodeCell Code(NotebookRun run, int index) => run.Executed.Cells.OfType<CodeCell>().ElementAt(index);

    private static string[] Outputs(NotebookRun run, int index) => Code(run, index).ToLines();

    private sealed class Listener(List<(int Cell, int Count)> seen) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => seen.Add((value.Cell, value.Count));
    }
}
