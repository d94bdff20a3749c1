using System.Collections.Concurrent;
using System.Runtime;

namespace RnnCourse.Notebooks.Session.Scripting.Interrupting;

/// <summary>
/// A thread on which cells run so that they can be interrupted and what they had set stays: an endless loop is stopped,
/// a sleep or a wait is woken, and what can be neither stopped nor woken is left behind.
/// </summary>
/// <remarks>
/// <para>A cell, files that it loads and continuations of its own awaits included, runs on this stage's thread, in
/// <c>ControlledExecution</c>. What stops it ends in the cell's own state machine, which hands the exception on as any
/// other. Only around a loop that does nothing at all the compiler of the runtime leaves that state machine's
/// <c>catch</c> out: then, behind an await, nobody hands on anything.</para>
/// <para>What a cell started on other threads isn't touched.</para>
/// </remarks>
public sealed class CellStage : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Report = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Actor? _actor;
    private Task? _running;
    private TaskCompletionSource<string>? _abandoned;
    private int _depth;
    private bool _interrupted;
    private bool _stopping;

    /// <summary>How long an interrupted cell may take to end before it is left behind; 0.9 seconds unless
    /// set.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>Asks the cell that is being executed to stop. Without one, nothing happens. May be called from any
    /// thread, and often.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            // A cell that is still being compiled is stopped when it comes to run.
            _interrupted = _interrupted || _depth > 0;
            StopIfDue();
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (_actor is { IsSpent: true } spent)
            {
                spent.Leave();
                _actor = null;
            }

            _actor ??= new Actor(this);

            _actor.Do(d, state);
        }
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A cell's thread takes work to do later, never at once.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _actor?.Leave();
            _actor = null;
        }
    }

    /// <summary>Runs a cell on the stage's thread.</summary>
    /// <returns>Its result; and whether it was interrupted.</returns>
    /// <exception cref="CellAbandonedException">It was interrupted and didn't end in time, or ended without a
    /// word.</exception>
    internal async Task<(T Result, bool Interrupted)> RunAsync<T>(Func<Task<T>> start)
    {
        var abandoned = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = begun.Task.Unwrap();
        var context = ExecutionContext.Capture();
        lock (_gate)
        {
            _abandoned = abandoned;
            _stopping = false;
            _running = running;
            Post(context is null ? Begin : _ => ExecutionContext.Run(context, Begin, null), null);
            StopIfDue();
        }

        if (await Task.WhenAny(running, abandoned.Task).ConfigureAwait(false) != running)
        {
            throw new CellAbandonedException(await abandoned.Task.ConfigureAwait(false));
        }

        lock (_gate)
        {
            _running = null;
        }

        try
        {
            return (await running.ConfigureAwait(false), _interrupted);
        }
        catch (ThreadAbortException)
        {
            // The runtime throws it anew behind each catch that it meets, also those around the cell.
            throw new CellAbandonedException(CellAbandonedException.Stopped);
        }

        // Without a Task of the stage's own: those wrap what is thrown, and a stop that is wrapped never arrives.
        void Begin(object? state)
        {
            try
            {
                begun.SetResult(start());
            }
            // Whatever it is, the session gets it, unless it came when the cell had begun to wait already.
#pragma warning disable CA1031
            catch (Exception e)
#pragma warning restore CA1031
            {
                begun.TrySetException(e);
            }
        }
    }

    /// <summary>A cell begins, or a file that it imports. Interrupts count from here.</summary>
    internal void Begin()
    {
        lock (_gate)
        {
            if (_depth++ == 0)
            {
                _interrupted = false;
            }
        }
    }

    /// <summary>What <see cref="Begin"/> began has ended.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _depth--;
        }
    }

    private void StopIfDue()
    {
        if (_interrupted && !_stopping && _running is { IsCompleted: false } running && _actor is { } actor)
        {
            _stopping = true;
            _ = Task.Factory.StartNew(
                () => Stop(running, actor),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
    }

    private void Stop(Task running, Actor actor)
    {
        var until = DateTime.UtcNow + Patience;
        DateTime? stopped = null;
        while (!running.IsCompleted && DateTime.UtcNow < (stopped + Report ?? until))
        {
            stopped ??= actor.IsSpent ? DateTime.UtcNow : null;
            lock (_gate)
            {
                // The next cell starts under the same lock, so it can't be hit instead.
                if (_running == running)
                {
                    actor.Disturb();
                }
            }

            Thread.Sleep(Glance);
        }

        lock (_gate)
        {
            if (running.IsCompleted || _running != running)
            {
                return;
            }

            _running = null;
            _actor = null;
            actor.Leave();
            _abandoned!.TrySetResult(
                actor.IsSpent ? CellAbandonedException.Stopped : CellAbandonedException.LeftBehind
            );
        }
    }

    // The thread, and what waits for it.
#pragma warning disable CA1001 // the thread may still be at it when the stage is gone, and neither field holds anything
    private sealed class Actor
#pragma warning restore CA1001
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];
        private readonly SynchronizationContext _stage;
        private readonly Thread _thread;
        private CancellationTokenSource _stop = new();
        private volatile bool _working;
        private volatile bool _woken;
        private volatile bool _spent;
        private volatile Task? _stopping;

        public Actor(SynchronizationContext stage)
        {
            _stage = stage;
            // Cells may recurse more deeply than a small thread allows; a main thread has 8 MB on most systems.
            _thread = new Thread(Work, maxStackSize: 8 << 20) { IsBackground = true, Name = "cells" };
            _thread.Start();
        }

        public void Do(SendOrPostCallback callback, object? state) => _work.Add((callback, state));

        // The runtime stops a thread once; asked for a second time, it may wait without end.
        public bool IsSpent => _spent;

        public void Leave() => _work.CompleteAdding();

        // A sleeping thread is woken; a busy one is stopped, which can itself take long and so happens aside.
        public void Disturb()
        {
            if (!_working)
            {
                return;
            }

            if ((_thread.ThreadState & ThreadState.WaitSleepJoin) != 0)
            {
                _woken = true;
                _thread.Interrupt();
            }
            else if (_stopping is null or { IsCompleted: true })
            {
                var stop = _stop;
                _stopping = Task.Run(stop.Cancel);
            }
        }

        private void Work()
        {
            SetSynchronizationContext(_stage);
            while (!_work.IsCompleted)
            {
                try
                {
                    var (callback, state) = _work.Take();
                    Run(callback, state);
                }
                catch (ThreadInterruptedException)
                {
                    // It came between two pieces of work.
                }
                catch (InvalidOperationException) when (_work.IsCompleted)
                {
                    return;
                }
            }
        }

        private void Run(SendOrPostCallback callback, object? state)
        {
            var begun = false;
            while (!begun)
            {
                try
                {
                    _working = true;
#pragma warning disable SYSLIB0046 // made for this very use: hosts that run scripts and must be able to stop them
                    ControlledExecution.Run(
                        () =>
                        {
                            begun = true;
                            callback(state);
                        },
                        _stop.Token
                    );
#pragma warning restore SYSLIB0046
                }
                catch (Exception e) when (e is OperationCanceledException or ThreadInterruptedException)
                {
                    // The cell's own state machine has been told, unless it had not begun: it must, to be told. A
                    // wake-up instead of a stop means that it found the thread on its way out, where it waits for those
                    // who stop it.
                    _spent = begun;
                }
                finally
                {
                    _working = false;
                    _stop = new CancellationTokenSource();
                }
            }

            if (_woken && !IsSpent)
            {
                TakeLateWakeUp();
            }
        }

        // A wake-up that found the thread awake waits for its next sleep; better for this one than for the next cell's.
        private void TakeLateWakeUp()
        {
            _woken = false;
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                // This is it.
            }
        }
    }
}
