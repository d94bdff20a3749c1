namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// Knows which cell each thread works for. This flows with the execution context: threads, tasks and timers that a
/// cell starts work for that cell.
/// </summary>
internal static class CellFlow
{
    private static readonly AsyncLocal<CellExecution?> Execution = new(Changed);

    [ThreadStatic]
    private static ThreadRecord? _record;

    /// <summary>How many <c>finally</c> blocks that await the flow is in.</summary>
    public static AsyncLocal<int> AsyncFinally { get; } = new(change => Record.AsyncFinally = change.CurrentValue);

    /// <summary>What is known of the thread that asks.</summary>
    public static ThreadRecord Record => _record ??= new ThreadRecord();

    /// <summary>The cell that the thread works for, or null.</summary>
    public static CellExecution? Current => _record?.Execution;

    /// <summary>From here on, this flow works for a cell, until the flow's context is restored.</summary>
    public static void Enter(CellExecution? execution) => Execution.Value = execution;

    /// <summary>Throws if this thread works for an interrupted cell and must end.</summary>
    public static void Ask()
    {
        if (_record is { Execution: { IsInterrupted: true } execution } record)
        {
            execution.EndOn(record, isWriting: false);
        }
    }

    /// <summary>Whether this thread's work is to end now.</summary>
    public static bool MustEnd() =>
        _record is { Execution: { IsInterrupted: true } execution } record && execution.MustEnd(record);

    /// <summary>The same before something is shown, which cells that were left behind must not do any more.</summary>
    /// <returns>Whether it may be shown.</returns>
    public static bool AskToWrite()
    {
        if (_record is { Execution: { IsInterrupted: true } execution } record)
        {
            execution.EndOn(record, isWriting: true);
            return !execution.IsLeftBehind;
        }

        return true;
    }

    /// <summary>Runs something of the engine's own, which nothing may end half-way.</summary>
    public static void Undisturbed<T>(T state, Action<T> work)
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

    /// <summary>The exception that a loop throws when it finds its flag set.</summary>
    public static CellInterruptedException Stop()
    {
        Record.IsTold();
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
