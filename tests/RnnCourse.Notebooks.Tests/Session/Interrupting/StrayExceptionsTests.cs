using System.Collections.Concurrent;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Tests.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>One handler serves the whole process, so these tests take turns with all others.</summary>
[Collection(Recorder.Name)]
public sealed class StrayExceptionsTests : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly BlockingCollection<Exception> _told = [];
    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));

    public StrayExceptionsTests() => StrayExceptions.ReportTo(_told.Add);

    public void Dispose()
    {
        _session.Dispose();
        StrayExceptions.ReportTo(_ => { });
        _told.Dispose();
    }

    [Theory]
    [InlineData("new System.Threading.Thread(() => throw new ArgumentException(\"stray\")).Start();")]
    [InlineData("async void F() { await Task.Yield(); throw new ArgumentException(\"stray\"); }\nF();")]
    [InlineData("var timer = new System.Threading.Timer(_ => throw new ArgumentException(\"stray\"), null, 0, -1);")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => throw new ArgumentException(\"stray\"));")]
    [InlineData(
        """
            class Lost { ~Lost() => throw new ArgumentException("stray"); }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            void Lose() => new Lost();
            Lose();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            """
    )]
    public async Task What_nobody_catches_is_reported_and_the_session_lives(string cell)
    {
        await _session.ExecuteAsync(new CellSource("first", "var kept = 4;"));
        var outcome = await _session.ExecuteAsync(new CellSource("cell", $"var line = 2;\n{cell}"));
        Assert.Null(outcome.Error);

        Assert.True(_told.TryTake(out var told, (int)Long.TotalMilliseconds, TestContext.Current.CancellationToken));
        var error = _session.Describe(told!, new CellSource("cell", ""));
        Assert.Equal(("System.ArgumentException", "stray"), (error.Name, error.Message));
        Assert.True(error.Line >= 2);
        Assert.Equal(4, (await _session.ExecuteAsync(new CellSource("last", "kept"))).Result);
    }

    [Fact]
    public async Task A_thread_that_an_interrupt_ends_is_not_reported()
    {
        var begun = (TaskCompletionSource)
            (await _session.ExecuteAsync(new CellSource("1", "var begun = new TaskCompletionSource(); begun"))).Result!;
        var execution = new CellExecution();
        var running = _session.ExecuteAsync(
            new CellSource(
                "2",
                """
                var t = new System.Threading.Thread(() => { begun.SetResult(); while (true) { } });
                t.Start();
                t.Join();
                """
            ),
            execution
        );
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        Assert.NotNull((await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error);

        // Its end is awaited, so that an exception would have been reported by then.
        Assert.Null((await _session.ExecuteAsync(new CellSource("3", "t.Join();"))).Error);
        Assert.Empty(_told);
    }
}
