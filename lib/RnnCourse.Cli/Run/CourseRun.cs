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
    private readonly Repository? _repository = Repository.FindFrom(Environment.CurrentDirectory);
    private readonly List<RunResult> _results = [];

    private CourseRun(RunSettings settings) => _settings = settings;

    /// <summary>Runs the notebooks; gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(RunSettings settings, CancellationToken cancellation)
    {
        try
        {
            return await new CourseRun(settings).ExecuteAsync(cancellation);
        }
        catch (NotebookFileException e)
        {
            await Console.Error.WriteLineAsync($"rnn: {e.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("rnn: stopped. What ran before is in the output folder; the notebook that was running is as it was.");
            return ExitCode.Interrupted;
        }
    }

    private async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var paths = FindNotebooks();
        if (paths.Count == 0)
        {
            await Console.Error.WriteLineAsync(_repository is null
                ? "rnn: no notebooks: the current folder is not inside the course's repository. Go there, or name the notebooks to run."
                : $"rnn: no notebooks: there are no .ipynb files in {_repository.Notebooks}. Name the notebooks to run.");
            return ExitCode.Usage;
        }

        var clock = Stopwatch.StartNew();
        var output = OutputFolder.Open(_settings.Output ?? Path.Combine(_repository?.Root ?? Environment.CurrentDirectory, "artifacts", "course"));
        IReadOnlyList<Lesson> lessons = [.. paths.Select(path => Lesson.Read(path, output, _repository))];
        Greet(lessons.Count);
        await using (var runner = CreateRunner())
        {
            var reporter = Terminal.CreateReporter(_console);
            await reporter.ShowAsync(() => RunAllAsync(lessons, output, runner, reporter, cancellation));
        }

        var index = WriteIndex(lessons, output);
        RunSummary.Write(_console, Console.Error, _results, clock.Elapsed, index);
        return _results.Max(result => result.ExitCode);
    }

    private IReadOnlyList<string> FindNotebooks() => _settings.Notebooks.Count > 0
        ? _settings.Notebooks
        : [.. (_repository?.Lessons() ?? []).Select(Terminal.Relative)];

    private void Greet(int count)
    {
        var what = _settings.Notebooks.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Running the course: {count} lessons, every cell of each, in order.")
            : string.Create(CultureInfo.InvariantCulture, $"Running {count} notebook{(count == 1 ? "" : "s")}, every cell, in order.");
        _console.MarkupLine($"[bold]{what}[/]");
        _console.WriteLine("Each becomes a page that you can read in a browser.");
        _console.WriteLine();
    }

    private NotebookRunner CreateRunner() => new(new RunnerOptions(WorkerCommand.OfThisProgram(Worker.Command))
    {
        CellTimeout = _settings.CellTimeout,
        MissingLibraryHint = "Build the course first, from the top of its repository: dotnet build -c Release.",
    });

    private async Task RunAllAsync(
        IReadOnlyList<Lesson> lessons, OutputFolder output, NotebookRunner runner, IRunReporter reporter, CancellationToken cancellation)
    {
        for (var i = 0; i < lessons.Count; i++)
        {
            var lesson = lessons[i];
            var progress = reporter.Begin(i + 1, lessons.Count, Path.GetFileNameWithoutExtension(lesson.Path));
            RunResult result;
            if (lesson.Notebook is null)
            {
                result = new RunResult(lesson.Path, null, lesson.Problem);
            }
            else
            {
                // The next one's process starts now, so that it is warm when its turn comes.
                runner.Prepare(lesson.FullPath);
                if (lessons.Skip(i + 1).FirstOrDefault(next => next.Notebook is not null) is { } next)
                {
                    runner.Prepare(next.FullPath);
                }

                var run = await runner.RunAsync(lesson.FullPath, lesson.Notebook, progress, cancellation);
                result = new RunResult(lesson.Path, run, Store(lesson, lessons, run, output));
            }

            _results.Add(result);
            reporter.End(result);
        }
    }

    // Gives the reason if something could not be written.
    private string? Store(Lesson lesson, IReadOnlyList<Lesson> lessons, NotebookRun run, OutputFolder output)
    {
        try
        {
            output.WriteNotebook(lesson.Name, run.Executed);
            output.WritePage(lesson.Name, CoursePages.Page(lesson, lessons, run, output, _repository));
            if (_settings.InPlace && run.Failure is null)
            {
                NotebookWriter.Write(run.Executed, lesson.FullPath);
            }

            return null;
        }
        catch (NotebookFileException e)
        {
            return e.Message;
        }
    }

    private static string? WriteIndex(IReadOnlyList<Lesson> lessons, OutputFolder output)
    {
        var readable = lessons.Where(lesson => lesson.Notebook is not null).ToList();
        if (readable.Count == 0)
        {
            return null;
        }

        output.WritePage("index", CoursePages.Index(readable));
        return Terminal.Relative(output.FileFor("index", ".html"));
    }
}
