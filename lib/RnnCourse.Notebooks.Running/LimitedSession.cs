using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>Executes a notebook's cells in a session, each within its time limit, and collects their outputs.</summary>
internal sealed class LimitedSession(
    ISessionHost session,
    RunLimits limits,
    SecretRedactor secrets,
    CancellationToken cancellationToken
)
{
    private bool _isReady;

    public CellOutputs Outputs { get; } = new(secrets);

    /// <summary>Whether the session can execute another cell.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Executes one cell.</summary>
    /// <returns>How it ended, with its error as stored.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ExecutionResult> ExecuteAsync(
        string notebookName,
        int number,
        CodeCell code,
        TimeSpan notebookRest
    )
    {
        Outputs.Begin(number);
        var cell = CellSource.OfCell(notebookName, number, code.Source) with
        {
            Language = CellLanguages.KernelOf(code),
        };
        var limit = limits.Cell(code);
        ExecutionResult result;
        try
        {
            await BecomeReadyAsync(notebookRest).ConfigureAwait(false);
            using var time = TimeLimit(limit < notebookRest ? limit : notebookRest);
            result = await session
                .ExecuteAsync(new ExecutionRequest(cell), Outputs.Take, time.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            result = new ExecutionResult(DescribeTimeOut(limit, notebookRest)) { HasSessionEnded = true };
        }

        IsAlive = !result.HasSessionEnded;

        // Nobody watches the run, so what goes wrong outside a cell's own code fails the cell.
        return (result.Error ?? Outputs.Beside) is { } error ? result with { Error = Outputs.Fail(error) } : result;
    }

    private async Task BecomeReadyAsync(TimeSpan notebookRest)
    {
        if (!_isReady)
        {
            using var time = TimeLimit(limits.Start < notebookRest ? limits.Start : notebookRest);
            await session.ReadyAsync(time.Token).ConfigureAwait(false);
            _isReady = true;
        }
    }

    // A timer takes at most 49 days and no negative time.
    private CancellationTokenSource TimeLimit(TimeSpan time)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(
            time > TimeSpan.FromDays(40) ? Timeout.InfiniteTimeSpan
            : time < TimeSpan.Zero ? TimeSpan.Zero
            : time
        );
        return limit;
    }

    private CellError DescribeTimeOut(TimeSpan cellLimit, TimeSpan notebookRest) =>
        cellLimit < notebookRest && _isReady
            ? TimeOut("The cell ran longer than", cellLimit, "its time limit, and was stopped")
        : limits.Notebook < limits.Start || _isReady
            ? TimeOut("The notebook ran longer than", limits.Notebook, "its time limit, and was stopped in this cell")
        : TimeOut("The process for the notebook took longer to start than", limits.Start, "its time limit");

    private static CellError TimeOut(string what, TimeSpan limit, string then)
    {
        var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"{what} {seconds} s, {then}.";
        return new CellError(CellError.TimeLimit, message, [message]);
    }
}
