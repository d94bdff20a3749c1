using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Does what <c>rnn run</c> promises: runs the notebooks, writes the results, says what happened and where to
/// read.</summary>
internal sealed class CourseRun
{
    private readonly RunSettings _settings;
    private readonly IAnsiConsole _console = Terminal.CreateConsole();
    private readonly OutputFolder _output;
    private readonly IReadOnlyList<Lesson> _lessons;
    private readonly CoursePages _pages;

    private CourseRun(RunSettings settings, IReadOnlyList<string> paths, Repository? repository)
    {
        _settings = settings;
        _output = OutputFolder.Open(
            settings.Output ?? Path.Combine(repository?.Root ?? Environment.CurrentDirectory, "artifacts", "course")
        );
        var shelf = WithParameters(Shelf.Fill(paths, _output, repository), settings.Parameters);
        _output.MustNotHold(
            [.. shelf.Select(lesson => lesson.FullPath), .. repository?.Lessons() ?? []],
            shelf.Where(lesson => lesson.RunsNow)
        );
        if (settings.Output is not null)
        {
            _output.MustNotReplaceForeignFiles(shelf.Where(lesson => lesson.RunsNow));
        }

        _lessons = [.. shelf.Where(lesson => lesson.RunsNow)];
        _pages = new CoursePages(shelf, _output);
    }

    /// <summary>Runs the notebooks; gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(RunSettings settings, CancellationToken cancellation)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        if (NamedNotebooks.OrLessons(settings.Notebooks, repository, "run") is not { } paths)
        {
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
            return Problem.Tell(e.Message, ExitCode.File);
        }
        catch (ParameterException e)
        {
            return Problem.Tell(e.Message, ExitCode.Usage);
        }
        catch (OperationCanceledException)
        {
            return Problem.Tell(
                "stopped. Notebooks that had ended before are in the output folder; the others are as they were.",
                ExitCode.Interrupted
            );
        }
    }

    private async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var (clock, start) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        Greet();
        var results = await NotebookBatch.RunAsync(_lessons, _settings.Execution, _console, Finish, cancellation);
        string? index = null;
        if (_lessons.Any(lesson => lesson.Notebook is not null))
        {
            var byLesson = _lessons
                .Zip(results)
                .ToDictionary(
                    pair => pair.First,
                    pair => pair.Second,
                    ReferenceEqualityComparer.Instance as IEqualityComparer<Lesson>
                );
            _output.WritePage("index", _pages.Index(byLesson));
            index = Terminal.Relative(
                _output.FileFor(_lessons.All(lesson => lesson.IsSolved) ? _lessons[0].Name : "index", ".html")
            );
        }

        RunSummary.Write(_console, Console.Error, results, clock.Elapsed, "ran", "did not run to the end", index);
        return End(_settings.Execution.Reports, results, start);
    }

    /// <summary>Writes the reports; gives the exit code.</summary>
    public static int End(ReportSettings reports, IReadOnlyList<RunResult> results, DateTimeOffset start)
    {
        var exitCode = ExitCode.Of(results.Select(result => result.ExitCode));
        var problems = ReportFiles.Write(reports, results, start, exitCode);
        foreach (var problem in problems)
        {
            Problem.Tell(problem);
        }

        return problems.Count > 0 ? ExitCode.File : exitCode;
    }

    private static IReadOnlyList<Lesson> WithParameters(
        IReadOnlyList<Lesson> shelf,
        IReadOnlyList<KeyValuePair<string, string>> parameters
    ) =>
        [
            .. shelf.Select(lesson =>
                lesson is { RunsNow: true, Notebook: { } notebook }
                    ? lesson with
                    {
                        Notebook = ParameterInjection.Apply(notebook, parameters),
                    }
                    : lesson
            ),
        ];

    private void Greet()
    {
        var what =
            _settings.Notebooks.Count == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Running the course: {_lessons.Count} lessons, every cell of each, in order."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Running {_lessons.Count} notebook{(_lessons.Count == 1 ? "" : "s")}, every cell, in order."
                );
        _console.MarkupLine($"[bold]{what}[/]");
        _console.WriteLine("Each becomes a page that you can read in a browser.");
        _console.WriteLine();
    }

    private RunResult Finish(Lesson lesson, NotebookRun run) => new(lesson.Path, run, Store(lesson, run));

    // Gives the reason if something could not be written.
    private string? Store(Lesson lesson, NotebookRun run)
    {
        try
        {
            _output.WriteNotebook(lesson.Name, run.Executed);
            _output.WritePage(lesson.Name, _pages.Page(lesson, run.Executed));
            if (_settings.InPlace && run.Failure is null)
            {
                lesson.WriteBack(run.Executed);
            }

            return null;
        }
        catch (NotebookFileException e)
        {
            return e.Message;
        }
    }
}
