namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// Records for which cell each thread works. This flows with the execution context: threads, tasks and timers that a
/// cell starts work for that cell.
/// </summary>
internal static class CellOfThread
{
    private static readonly AsyncLocal<CellExecution?> Execution = new(Changed);

    [ThreadStatic]
    private static ThreadRecord? _record;

    /// <summary>How many <c>finally</c> blocks that contain an <c>await</c> this flow is in.</summary>
    public static AsyncLocal<int> AsyncFinally { get; } = new(change => Record.AsyncFinally = change.CurrentValue);

    /// <summary>The record of the calling thread.</summary>
    public static ThreadRecord Record => _record ??= new ThreadRecord();

    /// <summary>The cell for which the calling thread works, or null.</summary>
    public static CellExecution? Current => _record?.Execution;

    /// <summary>Makes this flow work for a cell, until the flow's context is restored.</summary>
    public static void Enter(CellExecution? execution) => Execution.Value = execution;

    /// <summary>Throws if this thread works for an interrupted cell and must end.</summary>
    public static void ThrowIfInterrupted()
    {
        if (_record is { Execution: { IsInterrupted: true } execution } record)
        {
            execution.EndOn(record, isWriting: false);
        }
    }

    /// <summary>Whether this thread's work must end now.</summary>
    public static bool MustEnd() =>
        _record is { Execution: { IsInterrupted: true } execution } record && execution.MustEnd(record);

    /// <summary>As <see cref="ThrowIfInterrupted"/>, before something is shown; abandoned cells may no longer show
    /// anything.</summary>
    /// <returns>Whether it may be shown.</returns>
    public static bool CheckBeforeWriting()
    {
        if (_record is { Execution: { IsInterrupted: true } execution } record)
        {
            execution.EndOn(record, isWriting: true);
            return !execution.IsLeftBehind;
        }

        return true;
    }

    /// <summary>Runs code of the engine that must not be interrupted.</summary>
    public static void RunUninterrupted<T>(T state, Action<T> work)
    {
        var record = Record;
        record.Engine++;
        try
        {
            work(state);
        }
        finally
        {
            record.Engine--;
        }
    }

    /// <summary>Makes the exception that a loop throws when its flag is set.</summary>
    public static CellInterruptedException Stop()
    {
        Record.RecordStopRequest();
        return new CellInterruptedException(CellInterruptedException.Stopped);
    }

    // Called by the runtime on the thread whose flow changes, whenever it does.
    private static void Changed(AsyncLocalValueChangedArgs<CellExecution?> change)
    {
        var record = Record;
        if (record.Execution is { } before)
        {
            record.Execution = null;
            before.Leave(record);
        }
        else
        {
            record.Begin();
        }

        if (change.CurrentValue is { } execution)
        {
            record.Execution = execution;
            execution.Enter(record);
        }
    }
}
