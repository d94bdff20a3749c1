using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Tests.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

[Collection(Recorder.Name)]
public sealed class LeftBehindOutputTests : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_cell_that_was_left_behind_shows_nothing_in_later_cells()
    {
        var recorder = Recorder.Start();
        var begun = (TaskCompletionSource)
            (
                await _session.ExecuteAsync(
                    new CellSource(
                        "1",
                        """
                        using System.Linq.Expressions;
                        var begun = new TaskCompletionSource();
                        var gate = new TaskCompletionSource();
                        var ended = new TaskCompletionSource();
                        // A loop without checks for an interrupt, as in a library.
                        var end = Expression.Label();
                        var isOpen = Expression.Property(Expression.Constant(gate.Task), "IsCompleted");
                        var body = Expression.IfThen(isOpen, Expression.Break(end));
                        var wait = Expression.Lambda<Action>(Expression.Loop(body, end)).Compile();
                        begun
                        """
                    )
                )
            ).Result!;
        var execution = new CellExecution();
        var running = _session.ExecuteAsync(
            new CellSource(
                "2",
                """
                display("before");
                begun.SetResult();
                try { wait(); display("after"); }
                finally { try { display("finally"); } finally { ended.SetResult(); } }
                """
            ),
            execution
        );
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        Assert.NotNull((await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error);

        await _session.ExecuteAsync(new CellSource("3", "gate.SetResult(); await ended.Task; display(\"next\");"));
        Assert.Equal(["before", "next"], recorder.Texts);
    }
}
