using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// Replaces an awaiter where a method of a cell waits. What the method awaits may never complete; when the cell is
/// interrupted, the method is resumed anyway, and the check after its <c>await</c> ends it, so that its <c>finally</c>
/// blocks run.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StoppableAwaiter : ICriticalNotifyCompletion
{
    private readonly INotifyCompletion _awaiter;

    internal StoppableAwaiter(INotifyCompletion awaiter) => _awaiter = awaiter;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => PendingAwait.Begin(continuation, _awaiter, _awaiter.OnCompleted);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        PendingAwait.Begin(
            continuation,
            _awaiter,
            _awaiter is ICriticalNotifyCompletion critical ? critical.UnsafeOnCompleted : _awaiter.OnCompleted
        );
    }
}

/// <summary>A method of a cell that waits at an <c>await</c>.</summary>
internal sealed class PendingAwait
{
    private readonly CellExecution _execution;
    private readonly INotifyCompletion _awaiter;
    private Action? _continuation;
    private bool? _awaitsMethodOfCell;

    private PendingAwait(CellExecution execution, Action continuation, INotifyCompletion awaiter, bool tidiesUp)
    {
        (_execution, _continuation, _awaiter, TidiesUp) = (execution, continuation, awaiter, tidiesUp);
        Node = new LinkedListNode<PendingAwait>(this);
    }

    /// <summary>Whether it waits in a <c>finally</c> block, which is given some time.</summary>
    public bool TidiesUp { get; }

    /// <summary>Whether it waits for another method of a cell, which is to end first.</summary>
    public bool AwaitsMethodOfCell => _awaitsMethodOfCell ??= AwaitedMethod.IsOfCell(_awaiter);

    /// <summary>Its place in the list of pending awaits.</summary>
    public LinkedListNode<PendingAwait> Node { get; }

    /// <summary>A method begins to wait.</summary>
    /// <param name="continuation">Resumes the method.</param>
    /// <param name="awaiter">The method's own awaiter.</param>
    /// <param name="await">Registers with the awaiter the callback that it is given.</param>
    public static void Begin(Action continuation, INotifyCompletion awaiter, Action<Action> @await)
    {
        // Resumed without its context, the method wouldn't belong to any cell.
        if (CellOfThread.Current is not { } execution || ExecutionContext.IsFlowSuppressed())
        {
            @await(continuation);
            return;
        }

        var pending = new PendingAwait(execution, continuation, awaiter, CellOfThread.Record.TidiesUp);
        execution.Add(pending);
        try
        {
            @await(pending.Resume);
        }
        catch
        {
            // It will never be resumed.
            execution.Remove(pending);
            throw;
        }
    }

    /// <summary>Resumes the method, unless it has already been resumed.</summary>
    public void Resume()
    {
        if (Interlocked.Exchange(ref _continuation, null) is { } continuation)
        {
            _execution.Remove(this);
            continuation();
        }
    }
}
