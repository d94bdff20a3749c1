using System.Diagnostics;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// One execution of a cell, from the request until its last output is shown. It can be interrupted at any time, even
/// before the cell begins to run; an interrupt affects this execution and no other.
/// </summary>
/// <remarks>
/// <para>The code of cells checks whether to stop (see <see cref="Interruption"/>). Waiting threads are woken. Code
/// that never reaches such a check is left running, and no longer waited for, when <see cref="Patience"/> has
/// passed.</para>
/// <para>All methods may be called from any thread.</para>
/// </remarks>
#pragma warning disable CA1001 // the source of cancellation has no timer and no handle, so it holds nothing
public sealed class CellExecution
#pragma warning restore CA1001
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    // For what is still running long after the interrupt.
    private static readonly TimeSpan LatePollInterval = TimeSpan.FromMilliseconds(200);

    // While a task moves from one thread to another, no thread works for the cell.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(300);

    // How long a finally block may take: longer on a busy machine, but always less than the time after which a cell is
    // left behind.
    private static readonly TimeSpan FinallyBound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FinallyWork = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FinallyAtMost = TimeSpan.FromMilliseconds(1500);

    // The share of the patience within which an awaited method must end before the methods that await it are ended.
    private const double InnerFirst = 0.8;

    // More processor time than a thread of the cell ever needs to reach its next check: about 30 milliseconds of
    // spinning.
    private const int SpinsPerTurn = 800;

    // How long after an interrupt the cell's remaining awaits are still ended, although nobody waits for the cell.
    private static readonly TimeSpan AwaitsAtMost = TimeSpan.FromSeconds(10);

    private static readonly Lock PendingGate = new();
    private static int _pending;

    private readonly Lock _gate = new();
    private readonly HashSet<ThreadRecord> _inside = [];

    private readonly LinkedList<PendingAwait> _pendingAwaits = [];
    private readonly CancellationTokenSource _cancellation = new();
    private TaskCompletionSource<string>? _leaving;
    private volatile bool _isInterrupted;
    private volatile bool _isLeftBehind;
    private bool _isOver;
    private bool _isPending;
    private int _resuming;
    private bool _isProbing;
    private bool _isTakingTurns;
    private bool _isWatched;
    private volatile bool _hasHadItsTurn;
    private long _probedAt;
    private long _interruptedAt;
    private TimeSpan _workedBefore;

    /// <summary>How long after an interrupt the cell is waited for; 1.8 seconds unless set.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(1800);

    /// <summary>Whether it was interrupted.</summary>
    public bool IsInterrupted => _isInterrupted;

    /// <summary>Whether code of the cell is still running or waiting although it is no longer waited for.</summary>
    public bool IsLeftBehind => _isLeftBehind;

    /// <summary>Whether a thread is working for it.</summary>
    public bool IsAtWork
    {
        get
        {
            lock (_gate)
            {
                return _inside.Count > 0;
            }
        }
    }

    /// <summary>Cancelled by an interrupt; for work that the engine does on behalf of the cell.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Asks the cell to end. Does nothing if it has ended.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_isOver || _isInterrupted)
            {
                return;
            }

            _interruptedAt = Stopwatch.GetTimestamp();
            _workedBefore = Worked();
            _isInterrupted = true;
            Volatile.Write(ref EndAll.IsSet, true);
            UpdatePending();
            Watch();
        }

        // Outside the lock and on another thread, because it runs callbacks of others, which may take long.
        _ = Task.Run(_cancellation.Cancel);
    }

    /// <summary>The cell has ended, its outputs included. Later interrupts don't affect it, and what it started in the
    /// background continues.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
        }
    }

    /// <summary>Throws if the cell was interrupted.</summary>
    /// <exception cref="CellInterruptedException">The cell was interrupted.</exception>
    public void ThrowIfInterrupted()
    {
        if (_isInterrupted)
        {
            throw new CellInterruptedException(CellInterruptedException.Stopped);
        }
    }

    /// <summary>Set when it is interrupted.</summary>
    internal StopFlag EndAll { get; } = new();

    /// <summary>Set when the time allowed for <c>finally</c> blocks has passed, too.</summary>
    internal StopFlag EndTidyingUp { get; } = new();

    /// <summary>A piece of the cell begins to run.</summary>
    /// <returns>A task that ends, with the reason, if the piece is no longer to be waited for.</returns>
    internal Task<string> BeginPiece()
    {
        lock (_gate)
        {
            ThrowIfInterrupted();
            _leaving = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _leaving.Task;
        }
    }

    /// <summary>The piece has ended, or is no longer waited for.</summary>
    internal void EndPiece()
    {
        lock (_gate)
        {
            _leaving = null;
        }
    }

    /// <summary>A thread begins to work for the cell.</summary>
    internal void Enter(ThreadRecord record) =>
        Locked(() =>
        {
            record.StopRequestedAt = 0;
            _inside.Add(record);
            UpdatePending();

            // A thread that an interrupted cell had started may begin only now, and wait where nothing checks.
            if (_isInterrupted && !_isWatched && !record.Thread.IsThreadPoolThread)
            {
                Watch();
            }
        });

    /// <summary>A thread ends its work for the cell.</summary>
    internal void Leave(ThreadRecord record)
    {
        Locked(() =>
        {
            _inside.Remove(record);
            UpdatePending();
        });
        if (record.IsWoken)
        {
            record.TakeLateWakeUp();
        }
    }

    /// <summary>A method of the cell begins to wait.</summary>
    internal void Add(PendingAwait pending) =>
        Locked(() =>
        {
            if (!_isOver || _isInterrupted)
            {
                _pendingAwaits.AddLast(pending.Node);
            }
        });

    /// <summary>The method continues.</summary>
    internal void Remove(PendingAwait pending) =>
        Locked(() =>
        {
            if (pending.Node.List is not null)
            {
                _pendingAwaits.Remove(pending.Node);
            }
        });

    /// <summary>Whether an interrupt ends the present work of a thread.</summary>
    internal bool MustEnd(ThreadRecord record) =>
        record.Engine == 0 && record.Native == 0 && !(record.TidiesUp && MayTidyUp(record.StopRequestedAt));

    /// <summary>Ends the work of a thread, unless it is cleaning up and still has time for that.</summary>
    internal void EndOn(ThreadRecord record, bool isWriting)
    {
        if (!MustEnd(record) && !(isWriting && _isLeftBehind && record.Native == 0))
        {
            return;
        }

        record.RecordStopRequest();
        throw new CellInterruptedException(CellInterruptedException.Stopped);
    }

    private bool IsLate => Stopwatch.GetElapsedTime(_interruptedAt) > AwaitsAtMost;

    private static TimeSpan Worked() => OperatingSystem.IsBrowser() ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;

    // Counted from when the thread was told, so that a thread that returns late has as much time as others.
    private bool MayTidyUp(long toldAt)
    {
        var time = Stopwatch.GetElapsedTime(Math.Max(_interruptedAt, toldAt));
        return time < FinallyBound || (time < FinallyAtMost && Worked() - _workedBefore < FinallyWork);
    }

    // Thread.Interrupt may take effect while the thread waits for the lock.
    private void Locked(Action change)
    {
        while (true)
        {
            try
            {
                lock (_gate)
                {
                    change();
                    return;
                }
            }
            catch (ThreadInterruptedException)
            {
                // Try again; the cell's code will reach its next check.
            }
        }
    }

    // Under the lock. If no thread works for the cell, nothing needs to check.
    private void UpdatePending()
    {
        var isPending = _isInterrupted && _inside.Count > 0;
        if (isPending == _isPending)
        {
            return;
        }

        _isPending = isPending;
        lock (PendingGate)
        {
            _pending += isPending ? 1 : -1;
            Volatile.Write(ref Interruption.IsPending, _pending > 0);
        }
    }

    // Call under the lock. On a thread of its own, as the cell may occupy all others. It watches as long as something
    // of the cell runs: on a busy machine, a thread may begin to wait long after its last check.
    private void Watch()
    {
        _isWatched = true;
        new Thread(() =>
        {
            var idleSince = Stopwatch.GetTimestamp();
            while (Continue(ref idleSince))
            {
                Thread.Sleep(IsLate ? LatePollInterval : PollInterval);
            }
        })
        {
            IsBackground = true,
            Name = "interrupt",
        }.UnsafeStart();
    }

    // Call under the lock. Awaits are ended one after the other, or several at once if there are very many. While a
    // finally block may still wait, so do its callers. A method ends before the one that awaits it, unless it takes too
    // long or no thread of this execution works on it, as when an earlier cell started it.
    private void EndAwaits(bool mayTidyUp, ref long idleSince)
    {
        const int AllWithin = 16;
        if (mayTidyUp && _pendingAwaits.Any(pending => pending.TidiesUp))
        {
            return;
        }

        var few = 1 + (_pendingAwaits.Count / AllWithin);
        PendingAwait[] ended = [.. _pendingAwaits.Where(pending => !pending.AwaitsMethodOfCell).Take(few)];
        if (
            ended.Length == 0
            && (
                Stopwatch.GetElapsedTime(_interruptedAt) > InnerFirst * Patience
                || (_inside.Count == 0 && _resuming == 0 && HasPoolCaughtUp(idleSince))
            )
        )
        {
            ended = [.. _pendingAwaits.Take(few)];
        }

        if (ended.Length == 0)
        {
            return;
        }

        foreach (var pending in ended)
        {
            _pendingAwaits.Remove(pending.Node);
        }

        idleSince = Stopwatch.GetTimestamp();

        // Not on the thread pool, whose threads the cell may occupy.
        _resuming++;
        new Thread(() =>
        {
            try
            {
                Array.ForEach(ended, pending => pending.Resume());
            }
            finally
            {
                Locked(() => _resuming--);
            }
        })
        {
            IsBackground = true,
            Name = "interrupted await",
        }.UnsafeStart();
    }

    // Call under the lock. On a busy machine, a part of the cell may wait long for a pool thread. Once a work item
    // queued later has run, that part has run too.
    private bool HasPoolCaughtUp(long idleSince)
    {
        if (_probedAt > idleSince)
        {
            return true;
        }

        if (!_isProbing)
        {
            _isProbing = true;
            var queuedAt = Stopwatch.GetTimestamp();
            ThreadPool.UnsafeQueueUserWorkItem(_ => Locked(() => (_isProbing, _probedAt) = (false, queuedAt)), null);
        }

        return false;
    }

    // Call under the lock. On a busy machine, a thread of the cell may have been waiting for a processor and would
    // check as soon as it ran. Once another thread has had enough processor time, so has that one.
    private bool HasHadItsTurn()
    {
        if (!_isTakingTurns)
        {
            _isTakingTurns = true;
            new Thread(() =>
            {
                for (var spun = 0; spun < SpinsPerTurn; spun++)
                {
                    Thread.SpinWait(1000);
                }

                _hasHadItsTurn = true;
            })
            {
                IsBackground = true,
                Name = "turn of an interrupted cell",
            }.UnsafeStart();
        }

        return _hasHadItsTurn;
    }

    private bool Continue(ref long idleSince)
    {
        lock (_gate)
        {
            idleSince = _inside.Count > 0 || _resuming > 0 ? Stopwatch.GetTimestamp() : idleSince;
            var mayTidyUp = MayTidyUp(0);
            Volatile.Write(ref EndTidyingUp.IsSet, !mayTidyUp);
            var mayEndAwaits = _pendingAwaits.Count > 0 && (_leaving is not null || !IsLate);
            if (mayEndAwaits && (_inside.Count == 0 || Stopwatch.GetElapsedTime(_interruptedAt) > Idle))
            {
                EndAwaits(mayTidyUp, ref idleSince);
            }

            if (_leaving is { } piece)
            {
                var isIdle =
                    _pendingAwaits.Count == 0
                    && Stopwatch.GetElapsedTime(idleSince) > Idle
                    && HasPoolCaughtUp(idleSince);
                if (isIdle || (Stopwatch.GetElapsedTime(_interruptedAt) > Patience && HasHadItsTurn()))
                {
                    _isLeftBehind = true;
                    _leaving = null;
                    piece.TrySetResult(
                        isIdle ? CellInterruptedException.LeftWaiting : CellInterruptedException.LeftBehind
                    );
                }
            }
            else if (!mayTidyUp && !mayEndAwaits && _inside.Count == 0)
            {
                _isWatched = false;
                return false;
            }

            foreach (var record in _inside)
            {
                if (
                    record.Engine == 0
                    && record.Native == 0
                    && (record.Finally == 0 || !MayTidyUp(record.StopRequestedAt))
                    && record.Waits
                )
                {
                    record.IsWoken = true;
                    record.Thread.Interrupt();
                }
            }

            return true;
        }
    }
}
