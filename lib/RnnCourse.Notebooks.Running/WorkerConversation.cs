using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>Sends cells to a worker and follows what it tells, until each has ended, takes too long, or ends the
/// process.</summary>
internal sealed class WorkerConversation(WorkerProcess worker, RunLimits limits, Secrets secrets)
{
    // Only a stream that the cell has closed, and that a program of its own still holds, brings neither marker nor end.
    private static readonly TimeSpan MarkerPatience = TimeSpan.FromSeconds(30);

    private bool _ready;

    public CellOutputs Outputs { get; } = new(secrets);

    /// <summary>Whether the process can take another cell.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Executes one cell; gives its error, or null.</summary>
    public async Task<CellError?> ExecuteAsync(string notebookName, int number, CodeCell code, TimeSpan notebookRest)
    {
        Outputs.Begin(number);
        var cell = CellSource.OfCell(notebookName, number, code.Source) with
        {
            Language = CellLanguages.KernelOf(code),
        };
        var error = await FollowAsync(cell, number, limits.Cell(code), notebookRest).ConfigureAwait(false);
        return error is null ? null : Outputs.Fail(error);
    }

    private async Task<CellError?> FollowAsync(CellSource cell, int number, TimeSpan cellLimit, TimeSpan notebookRest)
    {
        CellError? error = null;
        try
        {
            await BecomeReadyAsync(notebookRest).ConfigureAwait(false);
            await worker
                .SendAsync(new ExecuteCommand(number, cell.FilePath, cell.Source, cell.Language))
                .ConfigureAwait(false);
            using var limit = TimeLimit(cellLimit < notebookRest ? cellLimit : notebookRest);
            await foreach (var message in worker.Events.ReadAllAsync(limit.Token).ConfigureAwait(false))
            {
                switch (message)
                {
                    case PrintEvent print:
                        Outputs.Print(print.Stream, print.Text);
                        break;
                    case ShowEvent show:
                        Outputs.Show(show.DisplayId, BundleJson.FromJson(show.Data));
                        break;
                    case ReplaceEvent replace:
                        Outputs.Replace(replace.DisplayId, BundleJson.FromJson(replace.Data));
                        break;
                    case ClearEvent clear:
                        Outputs.Clear(clear.Wait);
                        break;
                    case ResultEvent result:
                        Outputs.Result(BundleJson.FromJson(result.Data));
                        break;
                    case ErrorEvent e:
                        error = new CellError(e.Name, e.Message, e.Traceback, e.Line, e.SourceLine);
                        break;
                    case CrashEvent e:
                        IsAlive = false;
                        error = new CellError(
                            e.Name,
                            e.Message,
                            [.. e.Traceback, "No code caught the exception, so the process ended."],
                            e.Line,
                            e.SourceLine
                        );
                        break;
                    case DoneEvent:
                        await TakeNativeOutputAsync().ConfigureAwait(false);
                        return error;
                    default:
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            IsAlive = false;
            worker.Kill();
            await TakeRestAsync().ConfigureAwait(false);
            return cellLimit < notebookRest && _ready
                    ? TimeOut("The cell ran longer than", cellLimit, "its time limit, and was stopped")
                : limits.Notebook < limits.Start || _ready
                    ? TimeOut(
                        "The notebook ran longer than",
                        limits.Notebook,
                        "its time limit, and was stopped in this cell"
                    )
                : TimeOut("The process for the notebook took longer to start than", limits.Start, "its time limit");
        }

        IsAlive = false;
        var reason = await TakeRestAsync().ConfigureAwait(false);
        return worker.Memory.IsExceeded ? MemoryExceeded() : error ?? ProcessEnded(reason);
    }

    private async Task BecomeReadyAsync(TimeSpan notebookRest)
    {
        if (_ready)
        {
            return;
        }

        using var limit = TimeLimit(limits.Start < notebookRest ? limits.Start : notebookRest);
        _ready = await worker.Events.WaitToReadAsync(limit.Token).ConfigureAwait(false);
    }

    // A timer takes no more than 49 days, nor less than nothing.
    private static CancellationTokenSource TimeLimit(TimeSpan time) =>
        new(
            time > TimeSpan.FromDays(40) ? Timeout.InfiniteTimeSpan
            : time < TimeSpan.Zero ? TimeSpan.Zero
            : time
        );

    private async Task TakeNativeOutputAsync()
    {
        Outputs.Print(StreamOutput.StandardOutput, await TakeAsync(worker.StandardOutput).ConfigureAwait(false));
        Outputs.Print(StreamOutput.StandardError, await TakeAsync(worker.StandardError).ConfigureAwait(false));
    }

    // A cell may close its process's streams; then no marker ever comes.
    private static async Task<string> TakeAsync(NativeOutput output)
    {
        var taken = output.TakeCellAsync();
        return await Task.WhenAny(taken, Task.Delay(MarkerPatience)).ConfigureAwait(false) == taken
            ? await taken.ConfigureAwait(false)
            : output.TakeRest();
    }

    private async Task<string> TakeRestAsync()
    {
        var reason = await worker.DescribeEndAsync().ConfigureAwait(false);
        var last = worker.StandardError.TakeRest();
        Outputs.Print(StreamOutput.StandardOutput, worker.StandardOutput.TakeRest());
        Outputs.Print(StreamOutput.StandardError, LastWords.Shorten(last));
        return last.Contains("Stack overflow", StringComparison.Ordinal)
                ? "the stack overflowed: a method calls itself without end"
            : last.Contains("Out of memory", StringComparison.Ordinal) ? "the memory was used up"
            : reason;
    }

    private static CellError TimeOut(string what, TimeSpan limit, string then)
    {
        var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"{what} {seconds} s, {then}.";
        return new CellError(CellError.TimeLimit, message, [message]);
    }

    private CellError MemoryExceeded()
    {
        var message =
            $"The process used more than {MemorySize.Describe(worker.Memory.Limit)} of memory, its "
            + "limit, and was stopped.";
        return new CellError(CellError.MemoryLimit, message, [message]);
    }

    private static CellError ProcessEnded(string reason)
    {
        var message = $"The process ended while the cell was running: {reason}.";
        return new CellError(CellError.ProcessEnded, message, [message]);
    }
}
