using System.Diagnostics;
using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using Spectre.Console;

namespace RnnCourse.Cli.Verify;

/// <summary>Carries out <c>rnn verify</c>: runs the notebooks and compares their outputs with the stored
/// ones.</summary>
internal sealed class VerifyRun(VerifySettings settings, ComparisonRules rules)
{
    private readonly IAnsiConsole _console = Terminal.CreateConsole();

    /// <summary>Verifies the notebooks; returns the exit code.</summary>
    public static async Task<int> ExecuteAsync(VerifySettings settings, CancellationToken cancellation)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        IReadOnlyList<string> paths =
            settings.Notebooks.Count > 0
                ? NotebookSelection.Expand(settings.Notebooks)
                : [.. (repository?.AllNotebooks() ?? []).Select(Terminal.Relative)];
        if (paths.Count == 0)
        {
            return ErrorMessage.Write(
                "The current folder is not in the course's repository. Go there, or name the notebooks to verify.",
                ExitCode.Usage
            );
        }

        // Read by the cells: this run does not count as progress in the lessons.
        Environment.SetEnvironmentVariable(Exercises.Progress.WholeCourseVariable, "1");
        try
        {
            ReportFiles.Check(settings.Execution.Reports, paths);
            var rules = settings.Rules is null ? new ComparisonRules() : ComparisonRules.Read(settings.Rules);
            return await new VerifyRun(settings, rules).VerifyAsync(paths, cancellation);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
        catch (UserErrorException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
        catch (OperationCanceledException)
        {
            return ErrorMessage.Write(
                "Stopped. Each notebook has either its old outputs or, with --update, its new ones.",
                ExitCode.Interrupted
            );
        }
    }

    private async Task<int> VerifyAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var (clock, start) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        List<NotebookFile> files =
        [
            .. paths
                .DistinctBy(Path.GetFullPath)
                .Select(path => NotebookFile.Read(path, Path.GetFileNameWithoutExtension(path))),
        ];
        _console.MarkupLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[bold]Verifying {files.Count} notebook{(files.Count == 1 ? "" : "s")} against their "
                    + $"stored outputs.[/]"
            )
        );
        var results = await NotebookBatch.RunAsync(files, settings.Execution, _console, Compare, cancellation);
        RunSummary.Write(
            _console,
            Console.Error,
            results,
            clock.Elapsed,
            settings.Update ? "up to date" : "as stored",
            "not as stored"
        );
        if (!settings.Update && results.Any(result => result.Differences.Count > 0))
        {
            _console.WriteLine("If the new outputs are right, store them: rnn verify --update");
        }

        return CourseRun.End(settings.Execution.Reports, results, start);
    }

    private RunResult Compare(NotebookFile file, NotebookRun run)
    {
        var differences = NotebookComparison.Compare(file.Notebook!, run, rules);
        if (!settings.Update || run.Failure is not null || differences.Count == 0)
        {
            return new RunResult(file.Path, run, null) { Differences = differences };
        }

        try
        {
            file.WriteBack(NotebookComparison.Update(file.Notebook!, run, differences));
            return new RunResult(file.Path, run, null) { Differences = differences, IsUpdated = true };
        }
        catch (NotebookFileException e)
        {
            return new RunResult(file.Path, run, e.Message) { Differences = differences };
        }
    }
}

/// <summary>The user's settings for <c>rnn verify</c>.</summary>
/// <param name="Notebooks">The notebooks as the user named them; empty for both editions of the course.</param>
/// <param name="Update">Whether new outputs are stored.</param>
/// <param name="Rules">A file with rules for the comparison, or null.</param>
/// <param name="Execution">How to execute the notebooks.</param>
internal sealed record VerifySettings(
    IReadOnlyList<string> Notebooks,
    bool Update,
    string? Rules,
    ExecutionSettings Execution
);
