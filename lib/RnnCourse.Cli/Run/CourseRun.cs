using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Does what <c>rnn run</c> promises: runs the notebooks, writes the results, says what happened and where to read.</summary>
internal sealed class CourseRun
{
    private readonly RunSettings _settings;
    private readonly IAnsiConsole _console = Terminal.CreateConsole();
    private readonly Dictionary<Lesson, RunResult> _results = new(ReferenceEqualityComparer.Instance);
    private readonly OutputFolder _output;
    private readonly IReadOnlyList<Lesson> _lessons;
    private readonly CoursePages _pages;

    private CourseRun(RunSettings settings, IReadOnlyList<string> paths, Repository? repository)
    {
        _settings = settings;
        _output = OutputFolder.Open(settings.Output ?? Path.Combine(repository?.Root ?? Environment.CurrentDirectory, "artifacts", "course"));
        var shelf = Shelf.Fill(paths, _output, repository);
        _output.MustNotHold([.. shelf.Select(lesson => lesson.FullPath), .. repository?.Lessons() ?? []], shelf.Where(lesson => lesson.RunsNow));
        _lessons = [.. shelf.Where(lesson => lesson.RunsNow)];
        _pages = new CoursePages(shelf, _output);
    }

    /// <summary>Runs the notebooks; gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(RunSettings settings, CancellationToken cancellation)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        if (settings.Notebooks.FirstOrDefault(NamedNotebooks.IsEmptyFolder) is { } empty)
        {
            await Console.Error.WriteLineAsync($"rnn: no notebooks: there are no .ipynb files in {Terminal.Printable(empty)}. Name another folder, or the notebooks to run.");
            return ExitCode.Usage;
        }

        var paths = settings.Notebooks.Count > 0 ? NamedNotebooks.In(settings.Notebooks) : [.. (repository?.Lessons() ?? []).Select(Terminal.Relative)];
        if (paths.Count == 0)
        {
            await Console.Error.WriteLineAsync(repository is null
                ? "rnn: no notebooks: the current folder is not inside the course's repository. Go there, or name the notebooks to run."
                : $"rnn: no notebooks: there are no .ipynb files in {repository.Notebooks}. Name the notebooks to run.");
            return ExitCode.Usage;
        }

        if (settings.Notebooks.Count == 0)
        {
            // For the cells: nobody reads a lesson by running all of them.
            Environment.SetEnvironmentVariable(Exercises.Progress.WholeCourseVariable, "1");
        }

        try
        {
            return await new CourseRun(settings, paths, repository).ExecuteAsync(cancellation);
        }
        catch (NotebookFileException e)
        {
            await Console.Error.WriteLineAsync($"rnn: {Terminal.Printable(e.Message)}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("rnn: stopped. Notebooks that had ended before are in the output folder; the others are as they were.");
            return ExitCode.Interrupted;
        }
    }

    private async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Greet();
        await using (var runner = CourseRunner.Create(_settings.CellTimeout))
        {
            var reporter = Terminal.CreateReporter(_console);
            await reporter.ShowAsync(() => RunAllAsync(runner, reporter, cancellation));
        }

        string? index = null;
        if (_lessons.Any(lesson => lesson.Notebook is not null))
        {
            _output.WritePage("index", _pages.Index(_results));
            index = Terminal.Relative(_output.FileFor(_lessons.All(lesson => lesson.IsSolved) ? _lessons[0].Name : "index", ".html"));
        }

        IReadOnlyList<RunResult> results = [.. _lessons.Select(lesson => _results[lesson])];
        RunSummary.Write(_console, Console.Error, results, clock.Elapsed, index);
        return results.Max(result => result.ExitCode);
    }

    private void Greet()
    {
        var what = _settings.Notebooks.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Running the course: {_lessons.Count} lessons, every cell of each, in order.")
            : string.Create(CultureInfo.InvariantCulture, $"Running {_lessons.Count} notebook{(_lessons.Count == 1 ? "" : "s")}, every cell, in order.");
        _console.MarkupLine($"[bold]{what}[/]");
        _console.WriteLine("Each becomes a page that you can read in a browser.");
        _console.WriteLine();
    }

    private async Task RunAllAsync(NotebookRunner runner, IRunReporter reporter, CancellationToken cancellation)
    {
        for (var i = 0; i < _lessons.Count; i++)
        {
            var lesson = _lessons[i];
            var progress = reporter.Begin(i + 1, _lessons.Count, Terminal.Printable(Path.GetFileNameWithoutExtension(lesson.Path)));
            RunResult result;
            if (lesson.Notebook is null)
            {
                result = new RunResult(lesson.Path, null, lesson.Problem);
            }
            else
            {
                // The next one's process starts now, so that it is warm when its turn comes.
                runner.Prepare(lesson.FullPath);
                if (_lessons.Skip(i + 1).FirstOrDefault(next => next.Notebook is not null) is { } next)
                {
                    runner.Prepare(next.FullPath);
                }

                var run = await runner.RunAsync(lesson.FullPath, lesson.Notebook, progress, cancellation);
                result = new RunResult(lesson.Path, run, Store(lesson, run));
            }

            _results.Add(lesson, result);
            reporter.End(result);
        }
    }

    // Gives the reason if something could not be written.
    // Lessons of the course are kept in the canonical form; in a file of someone else nothing changes but what must.
    private static void StoreInPlace(Notebook executed, string path)
    {
        if (Repository.FindFrom(Path.GetDirectoryName(path)!)?.Holds(path) == true)
        {
            NotebookWriter.Write(executed, path);
        }
        else
        {
            NotebookWriter.Update(executed, path);
        }
    }

    private string? Store(Lesson lesson, NotebookRun run)
    {
        try
        {
            _output.WriteNotebook(lesson.Name, run.Executed);
            _output.WritePage(lesson.Name, _pages.Page(lesson, run.Executed));
            if (_settings.InPlace && run.Failure is null)
            {
                StoreInPlace(run.Executed, lesson.FullPath);
            }

            return null;
        }
        catch (NotebookFileException e)
        {
            return e.Message;
        }
    }
}
