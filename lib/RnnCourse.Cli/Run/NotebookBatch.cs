using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Executes notebooks, one or several at a time, and shows how far they are.</summary>
internal static class NotebookBatch
{
    /// <summary>Executes them; gives the results in the order of the notebooks.</summary>
    /// <param name="lessons">The notebooks.</param>
    /// <param name="settings">How to execute.</param>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="finish">Makes the result of a run; it may store something. Called for one notebook at a time.</param>
    /// <param name="cancellation">Stops all.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<IReadOnlyList<RunResult>> RunAsync(
        IReadOnlyList<Lesson> lessons, ExecutionSettings settings, IAnsiConsole console, Func<Lesson, NotebookRun, RunResult> finish, CancellationToken cancellation)
    {
        await using var runner = CourseRunner.Create(settings);
        var results = new RunResult[lessons.Count];
        var next = -1;
        var reporter = Terminal.CreateReporter(console, settings.Parallel);
        using var finishing = new SemaphoreSlim(1);
        await reporter.ShowAsync(() => Task.WhenAll(Enumerable.Range(0, Math.Min(settings.Parallel, lessons.Count)).Select(_ => Task.Run(WorkAsync, cancellation))));
        return results;

        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < lessons.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                var progress = reporter.Begin(i + 1, lessons.Count, Terminal.Printable(Path.GetFileNameWithoutExtension(lessons[i].Path)));
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
                runner.Prepare(lesson.FullPath, lesson.Notebook);
                PrepareNext(i + settings.Parallel);
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
                return new RunResult(lesson.Path, null, e.Message.StartsWith(lesson.Path, StringComparison.Ordinal) ? e.Message : $"{lesson.Path}: {e.Location}: {e.Problem}");
            }
        }

        // Its process starts now, so that it is warm when its turn comes.
        void PrepareNext(int at)
        {
            try
            {
                if (lessons.ElementAtOrDefault(at) is { Notebook: { } notebook } lesson)
                {
                    runner.Prepare(lesson.FullPath, notebook);
                }
            }
            catch (NotebookFormatException)
            {
                // Told when its turn comes.
            }
        }
    }
}
