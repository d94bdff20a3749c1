using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Carries out <c>rnn run</c>: runs the notebooks, writes the results, and reports what happened and where to
/// read the results.</summary>
internal sealed class CourseRun
{
    private readonly RunSettings _settings;
    private readonly IAnsiConsole _console = Terminal.CreateConsole();
    private readonly OutputFolder _output;
    private readonly IReadOnlyList<NotebookFile> _files;
    private readonly CoursePages _pages;
    private readonly List<(NotebookFile File, RunResult Result)> _finished = [];

    private CourseRun(RunSettings settings, IReadOnlyList<string> paths, Repository? repository)
    {
        _settings = settings;
        _output = OutputFolder.Open(
            settings.Output ?? Path.Combine(repository?.Root ?? Environment.CurrentDirectory, "artifacts", "course")
        );
        var allNotebooks = WithParameters(NotebookFile.ReadAll(paths, _output, repository), settings.Parameters);
        _output.MustNotHold(
            [.. allNotebooks.Select(file => file.FullPath), .. repository?.Lessons() ?? []],
            allNotebooks.Where(file => file.RunsNow)
        );
        if (settings.Output is not null)
        {
            _output.MustNotReplaceForeignFiles(allNotebooks.Where(file => file.RunsNow));
        }

        _files = [.. allNotebooks.Where(file => file.RunsNow)];
        _pages = new CoursePages(allNotebooks, _output);
    }

    /// <summary>Runs the notebooks; returns the exit code.</summary>
    public static async Task<int> ExecuteAsync(RunSettings settings, CancellationToken cancellation)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        if (NotebookSelection.OrLessons(settings.Notebooks, repository, "run") is not { } paths)
        {
            return ExitCode.Usage;
        }

        if (settings.Notebooks.Count == 0)
        {
            // Read by the cells: a run of the whole course does not count as reading its lessons.
            Environment.SetEnvironmentVariable(Exercises.Progress.WholeCourseVariable, "1");
        }

        try
        {
            ReportFiles.Check(settings.Execution.Reports, paths);
            return await new CourseRun(settings, paths, repository).ExecuteAsync(cancellation);
        }
        catch (NotebookFileException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
        catch (ParameterException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
        catch (UserErrorException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
        catch (OperationCanceledException)
        {
            return ErrorMessage.Write(
                "Stopped. The results of completed notebooks are in the output folder; the others are unchanged.",
                ExitCode.Interrupted
            );
        }
    }

    private async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var (clock, start) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        WriteIntroduction();

        // A run that is stopped leaves pages; they must be found.
        WriteIndex([]);
        IReadOnlyList<RunResult> results;
        try
        {
            results = await NotebookBatch.RunAsync(_files, _settings.Execution, _console, Finish, cancellation);
        }
        catch (OperationCanceledException)
        {
            _pages.AreFinal = true;
            WriteIndex(_finished);
            throw;
        }

        string? index = null;
        if (WriteIndex([.. _files.Zip(results)]))
        {
            index = Terminal.Relative(
                _output.FileFor(_files.All(file => file.IsSolved) ? _files[0].Name : "index", ".html")
            );
        }

        // For the whole course, which nobody solves in one go, the index says how many exercises are correct.
        RunSummary.WriteVerdicts(_console, _settings.Notebooks.Count == 0 ? [] : results);
        RunSummary.Write(_console, Console.Error, results, clock.Elapsed, "ran", "did not run to the end", index);
        return End(_settings.Execution.Reports, results, start);
    }

    private bool WriteIndex(IReadOnlyList<(NotebookFile File, RunResult Result)> results)
    {
        if (_files.All(file => file.Notebook is null))
        {
            return false;
        }

        var resultOf = results.ToDictionary(
            pair => pair.File,
            pair => pair.Result,
            ReferenceEqualityComparer.Instance as IEqualityComparer<NotebookFile>
        );
        _output.WritePage("index", _pages.Index(resultOf));
        return true;
    }

    /// <summary>Writes the reports; returns the exit code.</summary>
    public static int End(ReportSettings reports, IReadOnlyList<RunResult> results, DateTimeOffset start)
    {
        var exitCode = ExitCode.Of(results.Select(result => result.ExitCode));
        var problems = ReportFiles.Write(reports, results, start, exitCode);
        foreach (var problem in problems)
        {
            ErrorMessage.Write(problem);
        }

        return problems.Count > 0 ? ExitCode.File : exitCode;
    }

    private static IReadOnlyList<NotebookFile> WithParameters(
        IReadOnlyList<NotebookFile> allNotebooks,
        IReadOnlyList<KeyValuePair<string, string>> parameters
    ) =>
        [
            .. allNotebooks.Select(file =>
                file is { RunsNow: true, Notebook: { } notebook }
                    ? file with
                    {
                        Notebook = ParameterInjection.Apply(notebook, parameters),
                    }
                    : file
            ),
        ];

    private void WriteIntroduction()
    {
        var what =
            _settings.Notebooks.Count == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Running the course: {_files.Count} lessons, every cell of each, in order."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Running {_files.Count} notebook{(_files.Count == 1 ? "" : "s")}, every cell, in order."
                );
        _console.MarkupLine($"[bold]{what}[/]");
        _console.WriteLine("Each becomes a page that you can read in a browser.");
        _console.WriteLine();
    }

    private RunResult Finish(NotebookFile file, NotebookRun run)
    {
        var result = new RunResult(file.Path, run, Store(file, run))
        {
            Page = Terminal.Relative(_output.FileFor(file.Name, ".html")),
        };
        _finished.Add((file, result));
        return result;
    }

    // Returns the reason if something could not be written.
    private string? Store(NotebookFile file, NotebookRun run)
    {
        try
        {
            _output.WriteNotebook(file.Name, run.Executed);
            _output.WritePage(file.Name, _pages.Page(file, run.Executed));
            if (_settings.InPlace && run.Failure is null)
            {
                file.WriteBack(run.Executed);
            }

            return null;
        }
        catch (NotebookFileException e)
        {
            return e.Message;
        }
    }
}

/// <summary>The user's settings for <c>rnn run</c>.</summary>
/// <param name="Notebooks">The notebooks as the user named them; empty for all lessons.</param>
/// <param name="Output">The folder for the results as the user named it, or null for the default one.</param>
/// <param name="InPlace">Whether executed notebooks are stored back.</param>
/// <param name="Parameters">Values for the notebooks' parameters.</param>
/// <param name="Execution">How to execute the notebooks.</param>
internal sealed record RunSettings(
    IReadOnlyList<string> Notebooks,
    string? Output,
    bool InPlace,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    ExecutionSettings Execution
);
