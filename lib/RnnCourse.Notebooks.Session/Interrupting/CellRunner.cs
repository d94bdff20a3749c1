using System.Collections.Concurrent;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// Runs pieces of cells on a thread with a large stack. Code after an <c>await</c> runs on the process's other threads,
/// as in a program. A thread that an interrupted cell doesn't release is replaced.
/// </summary>
internal sealed class CellRunner : IDisposable
{
    private CellThread? _thread;

    /// <summary>Runs a piece of a cell, or engine code on its behalf.</summary>
    /// <param name="execution">The execution that it belongs to.</param>
    /// <param name="start">Starts the piece.</param>
    /// <returns>The result of the piece.</returns>
    /// <exception cref="CellInterruptedException">The execution was interrupted.</exception>
    public async Task<T> RunAsync<T>(CellExecution execution, Func<Task<T>> start)
    {
        var left = execution.BeginPiece();
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = _thread ??= new CellThread();
        var context = ExecutionContext.Capture();
        thread.Run(() => ExecutionContext.Run(context ?? ExecutionContext.Capture()!, _ => Begin(), null));
        if (await Task.WhenAny(ended.Task, left).ConfigureAwait(false) == left && !ended.Task.IsCompleted)
        {
            if (thread.IsBusy)
            {
                thread.Retire();
                _thread = null;
            }

            throw new CellInterruptedException(await left.ConfigureAwait(false));
        }

        execution.EndPiece();
        execution.ThrowIfInterrupted();
        return await ended.Task.ConfigureAwait(false);

        void Begin()
        {
            CellOfThread.Enter(execution);
            try
            {
                var running = start();
                running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => ended.SetFromTask(running));
            }
#pragma warning disable CA1031 // any exception goes to the code that waits for the piece
            catch (Exception e)
#pragma warning restore CA1031
            {
                ended.SetException(e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _thread?.Retire();

    // The thread may still be working when the session has been disposed, and the collection holds no resources.
#pragma warning disable CA1001
    private sealed class CellThread
#pragma warning restore CA1001
    {
        private readonly BlockingCollection<Action> _work = [];
        private volatile bool _isBusy;

        public CellThread()
        {
            // Cells may recurse more deeply than a small thread allows; a main thread has 8 MB on most systems.
            var thread = new Thread(Work, maxStackSize: 8 << 20) { IsBackground = true, Name = "cells" };
            thread.UnsafeStart();
        }

        public bool IsBusy => _isBusy;

        public void Run(Action work)
        {
            _isBusy = true;
            _work.Add(work);
        }

        public void Retire() => _work.CompleteAdding();

        private void Work()
        {
            foreach (var work in _work.GetConsumingEnumerable())
            {
                work();

                // The next cell must not inherit one that this cell has set.
                SynchronizationContext.SetSynchronizationContext(null);
                _isBusy = false;
            }
        }
    }
}
