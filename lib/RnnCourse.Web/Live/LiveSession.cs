using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Web.Live;

/// <summary>What a <see cref="LiveSession"/> needs of the notebook whose cells it runs.</summary>
internal interface ISessionNotebook
{
    /// <summary>A cell's turn has come.</summary>
    /// <returns>The cell to run; null if it was deleted or has nothing to run.</returns>
    ExecutionRequest? Begin(string cell);

    /// <summary>An event of the cell, or later of a thread that it started.</summary>
    void Receive(string cell, SessionEvent happened);

    /// <summary>The cell has ended.</summary>
    /// <returns>Whether the waiting cells may run.</returns>
    bool End(string cell, ExecutionResult result);

    /// <summary>The session's state or the list of waiting cells has changed.</summary>
    void SessionChanged();
}

/// <summary>
/// The session of one open notebook: starts it when it is first needed, runs cells one after the other, and ends it
/// when it has been unused for long. Safe for use by several threads at once.
/// </summary>
/// <param name="start">Starts a session.</param>
/// <param name="notebook">The notebook.</param>
internal sealed class LiveSession(Func<ISessionHost> start, ISessionNotebook notebook) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _waiting = [];
    private ISessionHost? _host;
    private Task _running = Task.CompletedTask;
    private DateTime _used = DateTime.UtcNow;
    private bool _isReady;
    private bool _isRestarting;
    private bool _isClosed;

    /// <summary>The cell that runs; null if none does.</summary>
    public string? Current { get; private set; }

    /// <summary>The session's present state.</summary>
    public SessionState State
    {
        get
        {
            lock (_gate)
            {
                return Current is not null ? SessionState.Busy
                    : _host is null ? SessionState.Asleep
                    : _isReady && !_isRestarting ? SessionState.Ready
                    : SessionState.Starting;
            }
        }
    }

    /// <summary>When the session was started, or restarted; null if there is none.</summary>
    public DateTime? Started { get; private set; }

    /// <summary>The cells that wait for their turn.</summary>
    public IReadOnlySet<string> Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.ToHashSet(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The session, for questions about code; starts it if there is none.</summary>
    /// <exception cref="ObjectDisposedException">The notebook was closed.</exception>
    public ISessionHost Wake()
    {
        ISessionHost host;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _used = DateTime.UtcNow;
            if (_host is not null)
            {
                return _host;
            }

            host = _host = start();
            Started = DateTime.UtcNow;
            _isReady = false;
        }

        _ = Task.Run(() => FollowStartAsync(host));
        notebook.SessionChanged();
        return host;
    }

    /// <summary>Appends cells to the queue; a cell that is already waiting keeps its place.</summary>
    public void Run(IEnumerable<string> cells)
    {
        _ = Wake();
        lock (_gate)
        {
            _waiting.AddRange(cells.Except(_waiting, StringComparer.Ordinal).ToList());
            if (_running.IsCompleted && _waiting.Count > 0)
            {
                _running = Task.Run(RunWaitingAsync);
            }
        }

        notebook.SessionChanged();
    }

    /// <summary>Stops the running cell and empties the queue.</summary>
    public void Interrupt()
    {
        ISessionHost? host;
        lock (_gate)
        {
            _waiting.Clear();
            host = _host;
            _used = DateTime.UtcNow;
        }

        host?.Interrupt();
        notebook.SessionChanged();
    }

    /// <summary>Answers the running cell's question.</summary>
    public void Answer(string text)
    {
        lock (_gate)
        {
            _used = DateTime.UtcNow;
            _host?.Answer(text);
        }
    }

    /// <summary>Ends the session and starts an empty one.</summary>
    public async Task RestartAsync()
    {
        ISessionHost? host;
        Task running;
        lock (_gate)
        {
            _waiting.Clear();
            host = _host;
            running = _running;
            _isRestarting = true;
            _isReady = false;
        }

        notebook.SessionChanged();
        try
        {
            if (host is not null)
            {
                await host.RestartAsync().ConfigureAwait(false);
                await running.ConfigureAwait(false);
                _ = Task.Run(() => FollowStartAsync(host));
            }
        }
        finally
        {
            lock (_gate)
            {
                _isRestarting = false;
                Started = DateTime.UtcNow;
            }
        }

        _ = Wake();
        notebook.SessionChanged();
    }

    /// <summary>Ends the session if it has not been used since a time.</summary>
    /// <returns>Whether it was ended now.</returns>
    public async Task<bool> SleepIfUnusedAsync(DateTime since)
    {
        ISessionHost? host;
        lock (_gate)
        {
            if (_host is null || Current is not null || _waiting.Count > 0 || _used > since)
            {
                return false;
            }

            host = _host;
            _host = null;
            Started = null;
        }

        await host.DisposeAsync().ConfigureAwait(false);
        notebook.SessionChanged();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ISessionHost? host;
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
            (host, _host) = (_host, null);
        }

        if (host is not null)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task FollowStartAsync(ISessionHost host)
    {
        await host.ReadyAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_host != host)
            {
                return;
            }

            _isReady = true;
        }

        notebook.SessionChanged();
    }

    private async Task RunWaitingAsync()
    {
        while (true)
        {
            string cell;
            ISessionHost host;
            lock (_gate)
            {
                Current = null;
                _used = DateTime.UtcNow;
                if (_waiting.Count == 0 || _host is null)
                {
                    _running = Task.CompletedTask;
                    break;
                }

                cell = Current = _waiting[0];
                _waiting.RemoveAt(0);
                host = _host;
            }

            if (notebook.Begin(cell) is not { } request)
            {
                continue;
            }

            notebook.SessionChanged();
            if (!notebook.End(cell, await ExecuteAsync(host, cell, request).ConfigureAwait(false)))
            {
                lock (_gate)
                {
                    _waiting.Clear();
                }
            }
        }

        notebook.SessionChanged();
    }

    private async Task<ExecutionResult> ExecuteAsync(ISessionHost host, string cell, ExecutionRequest request)
    {
        try
        {
            return await host.ExecuteAsync(request, happened => notebook.Receive(cell, happened)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or System.ComponentModel.Win32Exception)
        {
            // The notebook is being closed, or the program of sessions can't be started.
            var error = new CellError(CellError.ProcessEnded, e.Message, [e.Message]);
            notebook.Receive(cell, new CellFailed(error));
            return new ExecutionResult(error) { HasSessionEnded = true };
        }
    }
}
