using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Executes notebooks, one or several at a time, and shows how far they are.</summary>
internal static class NotebookBatch
{
    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(3);

    /// <summary>Executes them; gives the results in the order of the notebooks.</summary>
    /// <param name="lessons">The notebooks.</param>
    /// <param name="settings">How to execute.</param>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="finish">Makes the result of a run; it may store something. Called for one notebook at a
    /// time.</param>
    /// <param name="cancellation">Stops all.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<IReadOnlyList<RunResult>> RunAsync(
        IReadOnlyList<Lesson> lessons,
        ExecutionSettings settings,
        IAnsiConsole console,
        Func<Lesson, NotebookRun, RunResult> finish,
        CancellationToken cancellation
    )
    {
        var parallel = Math.Max(1, Math.Min(settings.Parallel, lessons.Count));
        var order = StartOrder.Of([.. lessons.Select(ExpectedTime)], parallel);
        await using var runner = CourseRunner.Create(settings, parallel);
        var results = new RunResult[lessons.Count];
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
                    lessons.Count,
                    Terminal.Printable(Path.GetFileNameWithoutExtension(lessons[i].Path))
                );
                results[i] = await RunOneAsync(i, progress);
                progress.End(results[i]);
            }
        }

        async Task<RunResult> RunOneAsync(int i, INotebookReporter progress)
        {
            var lesson = lessons[i];
            if (lesson.Notebook is null)
            {
                return new RunResult(lesson.Path, null, lesson.Problem);
            }

            try
            {
                var run = await runner.RunAsync(lesson.FullPath, lesson.Notebook, progress, cancellation);
                await finishing.WaitAsync(cancellation);
                try
                {
                    return finish(lesson, run);
                }
                finally
                {
                    finishing.Release();
                }
            }
            catch (NotebookFormatException e)
            {
                // A setting in the metadata; the reader of settings doesn't know the file's name.
                return new RunResult(
                    lesson.Path,
                    null,
                    e.Message.StartsWith(lesson.Path, StringComparison.Ordinal)
                        ? e.Message
                        : $"{lesson.Path}: {e.Location}: {e.Problem}"
                );
            }
        }

        // The process of the notebook after it, whoever will take that one, starts now too, so that it is warm when its
        // turn comes. A second one ahead would only take time from those that run: all processors are busy.
        int? TakeNext()
        {
            lock (taking)
            {
                if (started == lessons.Count)
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
                if (at < lessons.Count && lessons[order[at]] is { Notebook: { } notebook } lesson)
                {
                    runner.Prepare(lesson.FullPath, notebook);
                }
            }
            catch (NotebookFormatException)
            {
                // Told when it runs.
            }
        }
    }

    private static TimeSpan ExpectedTime(Lesson lesson)
    {
        try
        {
            return lesson.Notebook is { } notebook ? NotebookRunner.ExpectedTime(notebook) ?? UsualTime : TimeSpan.Zero;
        }
        catch (NotebookFormatException)
        {
            // Told when it runs.
            return TimeSpan.Zero;
        }
    }
}
