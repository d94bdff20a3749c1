using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Interrupting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Interrupting;

/// <summary>Loops that can't throw: there the runtime may leave out what hands an interrupt on.</summary>
public sealed class EmptyLoopTests : IDisposable
{
    // Only to make an error of a hang.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly CellStage _stage = new() { Patience = Long };
    private readonly ScriptSession _session;

    public EmptyLoopTests() =>
        _session = new ScriptSession(new ScriptSessionOptions(Environment.CurrentDirectory) { Stage = _stage });

    public void Dispose()
    {
        _session.Dispose();
        _stage.Dispose();
    }

    [Theory]
    [InlineData("while (true) ;")]
    [InlineData("while (true) { }")]
    [InlineData("for (;;) { var q = 1; }")]
    [InlineData("do { } while (true);")]
    [InlineData("again: goto again;")]
    [InlineData("await Task.Yield(); while (true) ;")]
    [InlineData("async Task Spin() { await Task.Yield(); while (true) ; }\nawait Spin();")]
    public async Task A_loop_that_does_nothing_is_stopped_and_what_its_cell_had_set_stays(string loop)
    {
        var begun = (TaskCompletionSource)
            (await RunAsync("var before = 1; var begun = new TaskCompletionSource(); begun")).Result!;
        var running = RunAsync($"var set = 5; before = 2; begun.SetResult(); {loop}");
        await begun.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        _stage.Interrupt();

        var error = (await running.WaitAsync(2 * Long, TestContext.Current.CancellationToken)).Error!;
        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Equal(7, (await RunAsync("set + before")).Result);
    }

    private Task<CellOutcome> RunAsync(string source) => _session.ExecuteAsync(new CellSource("cell", source));
}
