using System.Diagnostics;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// A session in a separate, supervised process: whatever a cell does to its process, this process survives, reports
/// what happened, and can start a new session. No cell is ever run again automatically.
/// </summary>
public sealed partial class ProcessSession : ISessionHost
{
    // A process may end before it has received the cell, for example by a Ctrl-C while it started.
    private const int Attempts = 3;

    // Two interrupts at once, as by a double click, are one.
    private static readonly TimeSpan DoubleClick = TimeSpan.FromMilliseconds(700);

    // A stream gives neither a marker nor an end if the cell closed it while a program that the cell started still
    // holds it.
    private static readonly TimeSpan MarkerPatience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SessionSettings _settings;
    private readonly CodeQuestions _questions = new();
    private readonly List<int> _executed = [];
    private SupervisedProcess? _process;
    private Execution? _current;
    private Action<SessionEvent> _receive = _ => { };
    private string? _notice;
    private int _number;
    private bool _isDisposed;

    /// <summary>Starts the process, which loads its compiler in the background.</summary>
    /// <param name="settings">The settings of the process.</param>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public ProcessSession(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _ = EnsureProcess();
    }

    /// <inheritdoc/>
    public async Task ReadyAsync(CancellationToken cancellationToken = default)
    {
        var process = EnsureProcess();
        try
        {
            await process.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Session.Kill();
            await process.Ended.Task.ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ExecutionResult> ExecuteAsync(
        ExecutionRequest request,
        Action<SessionEvent> receive,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(receive);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Interlocked.Exchange(ref _notice, null) is { } notice)
            {
                receive(new TextPrinted(StreamOutput.StandardError, notice + "\n"));
            }

            return await ExecuteInTurnAsync(request, receive, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        SupervisedProcess? hopeless = null;
        lock (_gate)
        {
            if (_current is { } execution)
            {
                if (execution.Interrupted is null)
                {
                    execution.Interrupted = Stopwatch.StartNew();
                    execution.Process?.Session.Send(new InterruptMessage(execution.Number));
                }
                else if (execution.Interrupted.Elapsed > DoubleClick)
                {
                    hopeless = execution.Process;
                }
            }
            else if (_process is { IsCodeLeftBehind: true })
            {
                hopeless = _process;
            }

            if (hopeless is not null)
            {
                hopeless.KillReason ??= CellError.Interrupted(
                    "The cell was interrupted a second time before it had stopped, so its session was ended."
                );
            }
        }

        _ = hopeless is null ? null : Task.Run(hopeless.Session.Kill);
    }

    /// <inheritdoc/>
    public void Answer(string text)
    {
        lock (_gate)
        {
            _process?.Session.Send(new AnswerMessage(text));
        }
    }

    /// <inheritdoc/>
    public async Task RestartAsync()
    {
        SupervisedProcess? old;
        lock (_gate)
        {
            old = _process;
            _process = null;
            _notice = null;
            if (old is not null)
            {
                var message = "The session was restarted while the cell was running.";
                old.KillReason ??= new CellError(CellError.ProcessEnded, message, [message]);
            }
        }

        if (old is not null)
        {
            await Task.Run(old.Session.Kill).ConfigureAwait(false);
            await old.Ended.Task.ConfigureAwait(false);
        }

        lock (_gate)
        {
            _executed.Clear();
            _notice = null;
        }

        _ = EnsureProcess();
    }

    /// <summary>Ends the process and all processes that its cells have started.</summary>
    /// <returns>A task that ends when they have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        SupervisedProcess? process;
        lock (_gate)
        {
            _isDisposed = true;
            process = _process;
            _process = null;
        }

        if (process is not null)
        {
            process.Session.Kill();
            await process.Ended.Task.ConfigureAwait(false);
        }
    }

    private async Task<ExecutionResult> ExecuteInTurnAsync(
        ExecutionRequest request,
        Action<SessionEvent> receive,
        CancellationToken cancellationToken
    )
    {
        var (filePath, source, language) = (request.Cell.FilePath, request.Cell.Source, request.Cell.Language);
        var execution = new Execution(++_number, request.Cell.Number, receive);
        var message = new ExecuteMessage(execution.Number, filePath, source, language, request.CanAsk)
        {
            Controls = request.Controls.Count == 0 ? null : request.Controls,
            IsAgain = request.IsAgain,
        };
        for (var attempt = 1; ; attempt++)
        {
            SupervisedProcess process;
            lock (_gate)
            {
                process = EnsureProcess();
                execution.Process = process;
                execution.End = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _current = execution;
                process.Session.Send(message);
                if (execution.Interrupted is not null)
                {
                    process.Session.Send(new InterruptMessage(execution.Number));
                }
            }

            _ = process.Session.Memory.TakePeak();
            ExecutionResult result;
            await using (cancellationToken.Register(process.Session.Kill))
            {
                result = await execution.End.Task.ConfigureAwait(false);
            }

            if (result.HasSessionEnded)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!execution.HasStarted && process.KillReason is null && attempt < Attempts)
                {
                    continue;
                }
            }

            if (result.Error is { } error)
            {
                receive(new CellFailed(error));
            }

            return result with
            {
                PeakMemory = process.Peak ?? process.Session.Memory.TakePeak(),
            };
        }
    }

    private SupervisedProcess EnsureProcess()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_process is null)
            {
                var process = new SupervisedProcess(SessionProcess.Start(_settings, _questions.TakeReply));
                _process = process;
                _ = Task.Run(() => FollowAsync(process));
            }

            return _process;
        }
    }

    private async Task FollowAsync(SupervisedProcess process)
    {
        try
        {
            await ReceiveAsync(process).ConfigureAwait(false);
            var reason = await TakeRestAsync(process.Session).ConfigureAwait(false);
            process.Peak = process.Session.Memory.TakePeak();
            End(process, reason);
            await process.Session.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            process.Ready.TrySetResult();
            process.Ended.TrySetResult();
        }
    }

    private async Task ReceiveAsync(SupervisedProcess process)
    {
        await foreach (var message in process.Session.Messages.ReadAllAsync().ConfigureAwait(false))
        {
            switch (message)
            {
                case ReadyMessage:
                    process.Ready.TrySetResult();
                    break;
                case EventMessage { Event: CellStarted started } when _current is { } execution:
                    execution.HasStarted = true;
                    _receive = execution.Receive;
                    _receive(started);
                    break;
                case EventMessage { Event: { } happened }:
                    _receive(happened);
                    break;
                case CrashMessage { Error: { } error }:
                    process.Crash = error;
                    break;
                case DoneMessage done:
                    await TakeNativeOutputAsync(process.Session).ConfigureAwait(false);
                    Finish(process, done);
                    break;
            }
        }
    }

    private void Finish(SupervisedProcess process, DoneMessage done)
    {
        lock (_gate)
        {
            process.IsCodeLeftBehind = done.IsCodeLeftBehind;
            if (_current is not { } execution || execution.Number != done.Number)
            {
                return;
            }

            _current = null;
            if (execution.Cell > 0)
            {
                _executed.Add(execution.Cell);
            }

            execution.End.TrySetResult(new ExecutionResult(done.Error));
        }
    }

    private void End(SupervisedProcess process, string reason)
    {
        Execution? ended = null;
        CellError error;
        lock (_gate)
        {
            if (_current is { } execution && execution.Process == process)
            {
                (ended, _current) = (execution, null);
            }

            error = Restarted(process.DescribeEnd(reason, ended is not null));
            if (_process == process)
            {
                _process = null;
                _executed.Clear();
                _notice = ended is null && !_isDisposed ? error.Message : null;
                if (_settings.RestartsAfterEnd && !_isDisposed)
                {
                    _ = EnsureProcess();
                }
            }
        }

        _questions.EndAll();
        ended?.End.TrySetResult(new ExecutionResult(error) { HasSessionEnded = true });
    }

    // Adds what this means for the user.
    private CellError Restarted(CellError error)
    {
        if (!_settings.RestartsAfterEnd)
        {
            return error;
        }

        var then =
            _executed.Count == 0
                ? "A new session has started."
                : "A new session has started; all variables are gone. Run the cells that you need again: "
                    + $"{CellNumbers.Describe(_executed)}.";
        return error with { Message = $"{error.Message} {then}", Traceback = [.. error.Traceback, then] };
    }

    private async Task TakeNativeOutputAsync(SessionProcess session)
    {
        Print(StreamOutput.StandardOutput, await TakeAsync(session.StandardOutput).ConfigureAwait(false));
        Print(StreamOutput.StandardError, await TakeAsync(session.StandardError).ConfigureAwait(false));
    }

    // A cell may close its process's streams; then no marker ever arrives.
    private static async Task<string> TakeAsync(NativeOutput output)
    {
        var taken = output.TakeCellAsync();
        return await Task.WhenAny(taken, Task.Delay(MarkerPatience)).ConfigureAwait(false) == taken
            ? await taken.ConfigureAwait(false)
            : output.TakeRest();
    }

    private async Task<string> TakeRestAsync(SessionProcess session)
    {
        var reason = await session.DescribeEndAsync().ConfigureAwait(false);
        var last = session.StandardError.TakeRest();
        Print(StreamOutput.StandardOutput, session.StandardOutput.TakeRest());
        Print(StreamOutput.StandardError, ExitReason.ShortenReport(last));
        return ExitReason.FindInReport(last) ?? reason;
    }

    private void Print(string stream, string text)
    {
        if (text.Length > 0)
        {
            _receive(new TextPrinted(stream, text));
        }
    }

    private sealed class Execution(int number, int cell, Action<SessionEvent> receive)
    {
        public int Number => number;

        /// <summary>The execution number that the user sees at the cell; 0 if it has none.</summary>
        public int Cell => cell;

        public Action<SessionEvent> Receive => receive;

        public TaskCompletionSource<ExecutionResult> End { get; set; } = new();

        public SupervisedProcess? Process { get; set; }

        public bool HasStarted { get; set; }

        /// <summary>The time since the first interrupt; null before it.</summary>
        public Stopwatch? Interrupted { get; set; }
    }
}
