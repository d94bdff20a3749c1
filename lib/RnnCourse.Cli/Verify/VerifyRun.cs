using System.Diagnostics;
using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using Spectre.Console;

namespace RnnCourse.Cli.Verify;

/// <summary>Does what <c>rnn verify</c> promises: runs the notebooks and compares what they give with what is
/// stored.</summary>
internal sealed class VerifyRun(VerifySettings settings, ComparisonRules rules)
{
    private readonly IAnsiConsole _console = Terminal.CreateConsole();

    /// <summary>Verifies the notebooks; gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(VerifySettings settings, CancellationToken cancellation)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        IReadOnlyList<string> paths =
            settings.Notebooks.Count > 0
                ? NamedNotebooks.In(settings.Notebooks)
                : [.. (repository?.AllNotebooks() ?? []).Select(Terminal.Relative)];
        if (paths.Count == 0)
        {
            return Problem.Tell(
                "no notebooks: go to the course's repository, or name the notebooks to verify.",
                ExitCode.Usage
            );
        }

        // For the cells: nobody works through the exercises here.
        Environment.SetEnvironmentVariable(Exercises.Progress.WholeCourseVariable, "1");
        try
        {
            var rules = settings.Rules is null ? new ComparisonRules() : ComparisonRules.Read(settings.Rules);
            return await new VerifyRun(settings, rules).VerifyAsync(paths, cancellation);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return Problem.Tell(e.Message, ExitCode.File);
        }
        catch (OperationCanceledException)
        {
            return Problem.Tell(
                "stopped. Notebooks are whole: each has its old outputs or, with --update, its new ones.",
                ExitCode.Interrupted
            );
        }
    }

    private async Task<int> VerifyAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var (clock, start) = (Stopwatch.StartNew(), DateTimeOffset.UtcNow);
        List<Lesson> lessons =
        [
            .. paths
                .DistinctBy(Path.GetFullPath)
                .Select(path => Lesson.Read(path, Path.GetFileNameWithoutExtension(path), runsNow: true)),
        ];
        _console.MarkupLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[bold]Verifying {lessons.Count} notebook{(lessons.Count == 1 ? "" : "s")} against their "
                    + $"stored outputs.[/]"
            )
        );
        var results = await NotebookBatch.RunAsync(lessons, settings.Execution, _console, Compare, cancellation);
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
            _console.WriteLine("If the new outputs are right, store them: rnn verify --update.");
        }

        return CourseRun.End(settings.Execution.Reports, results, start);
    }

    private RunResult Compare(Lesson lesson, NotebookRun run)
    {
        var differences = NotebookComparison.Compare(lesson.Notebook!, run, rules);
        if (!settings.Update || run.Failure is not null || differences.Count == 0)
        {
            return new RunResult(lesson.Path, run, null) { Differences = differences };
        }

        try
        {
            lesson.WriteBack(NotebookComparison.Update(lesson.Notebook!, run, differences));
            return new RunResult(lesson.Path, run, null) { Differences = differences, IsUpdated = true };
        }
        catch (NotebookFileException e)
        {
            return new RunResult(lesson.Path, run, e.Message) { Differences = differences };
        }
    }
}
