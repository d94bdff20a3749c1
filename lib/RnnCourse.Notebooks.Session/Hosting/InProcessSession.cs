using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// A session in this process, for tests and for places without processes. It guarantees less than
/// <see cref="ProcessSession"/>: a cell that ends its process ends this one, and code that ignores an interrupt keeps
/// running, however often it is interrupted.
/// </summary>
/// <param name="options">The folders in which files are looked up.</param>
public sealed class InProcessSession(ScriptSessionOptions options) : ISessionHost
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private CellExecutor? _executor;
    private Action<SessionEvent> _receive = _ => { };
    private int _number;
    private int _running;

    private CellExecutor Executor
    {
        get
        {
            lock (_gate)
            {
                return _executor ??= new CellExecutor(options, happened => _receive(happened));
            }
        }
    }

    /// <inheritdoc/>
    public Task ReadyAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

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
            var number = Interlocked.Increment(ref _number);
            _receive = receive;
            var executor = Executor;
            executor.Announce(number);
            Volatile.Write(ref _running, number);
            await using var stop = cancellationToken.Register(() => executor.Interrupt(number));
            var error = await executor.ExecuteAsync(number, request).ConfigureAwait(false);
            executor.EndOutput();
            cancellationToken.ThrowIfCancellationRequested();
            if (error is not null)
            {
                receive(new CellFailed(error));
            }

            return new ExecutionResult(error);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        if (Volatile.Read(ref _running) is var number and > 0)
        {
            Executor.Interrupt(number);
        }
    }

    /// <inheritdoc/>
    public void Answer(string text) => Executor.Answer(text);

    /// <inheritdoc/>
    public async Task RestartAsync()
    {
        Interrupt();
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                _executor?.Dispose();
                _executor = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(
        string code,
        int position,
        CancellationToken cancellationToken = default
    ) => Executor.Language.CompleteAsync(code, position, cancellationToken);

    /// <inheritdoc/>
    public Task<Explanation?> InspectAsync(
        string code,
        int position,
        bool isDetailed = false,
        CancellationToken cancellationToken = default
    ) => Executor.Language.InspectAsync(code, position, isDetailed, cancellationToken);

    /// <inheritdoc/>
    public Task<SignatureHelp?> FindSignaturesAsync(
        string code,
        int position,
        CancellationToken cancellationToken = default
    ) => Executor.Language.FindSignaturesAsync(code, position, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CodeDiagnostic>> DiagnoseAsync(
        string code,
        CancellationToken cancellationToken = default
    ) => Executor.Language.DiagnoseAsync(code, cancellationToken);

    /// <inheritdoc/>
    public Task<Completeness> CheckCompletenessAsync(string code, CancellationToken cancellationToken = default) =>
        Task.FromResult(CodeCompleteness.Check(code));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _executor?.Dispose();
            _executor = null;
        }

        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
