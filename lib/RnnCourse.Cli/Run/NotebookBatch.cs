using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Executes notebooks, one or several at a time, and shows the progress.</summary>
internal static class NotebookBatch
{
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(3);

    /// <summary>Executes the notebooks; returns the results in their order.</summary>
    /// <param name="files">The notebooks.</param>
    /// <param name="settings">The user's settings.</param>
    /// <param name="console">The console that shows the progress.</param>
    /// <param name="finish">Turns a run into its result; it may store files. Called for one notebook at a
    /// time.</param>
    /// <param name="cancellation">Stops all notebooks.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static async Task<IReadOnlyList<RunResult>> RunAsync(
        IReadOnlyList<NotebookFile> files,
        ExecutionSettings settings,
        IAnsiConsole console,
        Func<NotebookFile, NotebookRun, RunResult> finish,
        CancellationToken cancellation
    )
    {
        var parallel = Math.Max(1, Math.Min(settings.Parallel, files.Count));
        var order = StartOrder.Plan([.. files.Select(ExpectedTime)], parallel);
        await using var runner = NotebookRunnerFactory.Create(settings, parallel);
        var results = new RunResult[files.Count];
        var taking = new Lock();
        var started = 0;
        var reporter = Terminal.CreateReporter(console);
        using var finishing = new SemaphoreSlim(1);
        await reporter.ShowAsync(() =>
            Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(WorkAsync, cancellation)))
        );
        return results;

        async Task WorkAsync()
        {
            while (TakeNext() is { } i)
            {
                cancellation.ThrowIfCancellationRequested();
                var progress = reporter.Begin(
                    i + 1,
                    files.Count,
                    Terminal.Printable(Path.GetFileNameWithoutExtension(files[i].Path))
                );
                results[i] = await RunOneAsync(i, progress);
                progress.End(results[i]);
            }
        }

        async Task<RunResult> RunOneAsync(int i, INotebookReporter progress)
        {
            var file = files[i];
            if (file.Notebook is null)
            {
                return new RunResult(file.Path, null, file.Problem);
            }

            try
            {
                var run = await runner.RunAsync(file.FullPath, file.Notebook, progress, cancellation);
                await finishing.WaitAsync(cancellation);
                try
                {
                    return finish(file, run);
                }
                finally
                {
                    finishing.Release();
                }
            }
            catch (NotebookFormatException e)
            {
                // A wrong setting in the metadata. The reader of settings doesn't know the file's name.
                return new RunResult(
                    file.Path,
                    null,
                    e.Message.StartsWith(file.Path, StringComparison.Ordinal)
                        ? e.Message
                        : $"{file.Path}: {e.Location}: {e.Problem}"
                );
            }
        }

        // The process of the next notebook starts now too, so that it is warm when its turn comes. Starting a second
        // one ahead would only slow down those that run: all processors are busy.
        int? TakeNext()
        {
            lock (taking)
            {
                if (started == files.Count)
                {
                    return null;
                }

                var taken = started++;
                Prepare(taken);
                Prepare(Math.Max(started, parallel));
                return order[taken];
            }
        }

        void Prepare(int at)
        {
            try
            {
                if (at < files.Count && files[order[at]] is { Notebook: { } notebook } file)
                {
                    runner.Prepare(file.FullPath, notebook);
                }
            }
            catch (NotebookFormatException)
            {
                // Reported when it runs.
            }
        }
    }

    private static TimeSpan ExpectedTime(NotebookFile file)
    {
        try
        {
            return file.Notebook is { } notebook ? NotebookRunner.ExpectedTime(notebook) ?? DefaultTime : TimeSpan.Zero;
        }
        catch (NotebookFormatException)
        {
            // Reported when it runs.
            return TimeSpan.Zero;
        }
    }
}
