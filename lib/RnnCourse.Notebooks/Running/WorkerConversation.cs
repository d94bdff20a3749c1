using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>Sends cells to a worker and follows what it tells, until each has ended, takes too long, or ends the process.</summary>
internal sealed class WorkerConversation(WorkerProcess worker, RunnerOptions options)
{
    private static readonly TimeSpan MarkerPatience = TimeSpan.FromSeconds(2);

    private bool _ready;

    public CellOutputs Outputs { get; } = new();

    /// <summary>Executes one cell; gives its error, or null.</summary>
    public async Task<CellError?> ExecuteAsync(string notebookName, int number, string source, string? language = null)
    {
        Outputs.Begin(number);
        var cell = CellSource.OfCell(notebookName, number, source) with { Language = language };
        var error = await FollowAsync(cell, number).ConfigureAwait(false);
        if (error is not null)
        {
            Outputs.Fail(error);
        }

        return error;
    }

    private async Task<CellError?> FollowAsync(CellSource cell, int number)
    {
        CellError? error = null;
        try
        {
            await BecomeReadyAsync().ConfigureAwait(false);
            await worker.SendAsync(new ExecuteCommand(number, cell.FilePath, cell.Source, cell.Language)).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(options.CellTimeout);
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
                        error = new CellError(e.Name, e.Message, [.. e.Traceback, "No code caught the exception, so the process ended."], e.Line, e.SourceLine);
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
            worker.Kill();
            await TakeRestAsync().ConfigureAwait(false);
            return _ready ? TimeOut() : StartTimeOut();
        }

        var reason = await TakeRestAsync().ConfigureAwait(false);
        return error ?? ProcessEnded(reason);
    }

    private async Task BecomeReadyAsync()
    {
        if (_ready)
        {
            return;
        }

        using var limit = new CancellationTokenSource(options.StartTimeout);
        _ready = await worker.Events.WaitToReadAsync(limit.Token).ConfigureAwait(false);
    }

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
        return last.Contains("Stack overflow", StringComparison.Ordinal) ? "the stack overflowed: a method calls itself without end"
            : last.Contains("Out of memory", StringComparison.Ordinal) ? "the memory was used up"
            : reason;
    }

    private CellError TimeOut()
    {
        var seconds = options.CellTimeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"The cell ran longer than {seconds} s, its time limit, and was stopped.";
        return new CellError(CellError.TimeLimit, message, [message]);
    }

    private CellError StartTimeOut()
    {
        var seconds = options.StartTimeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"The process for the notebook did not become ready within {seconds} s.";
        return new CellError(CellError.ProcessEnded, message, [message]);
    }

    private static CellError ProcessEnded(string reason)
    {
        var message = $"The process ended while the cell was running: {reason}.";
        return new CellError(CellError.ProcessEnded, message, [message]);
    }
}
