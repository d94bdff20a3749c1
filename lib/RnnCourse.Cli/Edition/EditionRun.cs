using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Does what <c>rnn edition</c> promises: makes, executes and stores the lessons with solutions, or checks
/// those that are stored.</summary>
internal sealed class EditionRun(Repository repository)
{
    /// <summary>Makes or checks the edition; gives the exit code.</summary>
    /// <param name="names">The lessons as the user named them; none means all.</param>
    /// <param name="check">Whether to change nothing.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static async Task<int> ExecuteAsync(IReadOnlyList<string> names, bool check, CancellationToken cancellation)
    {
        if (Repository.FindFrom(Environment.CurrentDirectory) is not { } repository)
        {
            return Problem.Tell("the current folder is not inside the course's repository. Go there.", ExitCode.Usage);
        }

        var lessons = repository.Lessons();
        var asked = names.Count == 0 ? lessons : [.. names.Select(Path.GetFullPath)];
        if (asked.FirstOrDefault(path => !lessons.Contains(path)) is { } stranger)
        {
            return Problem.Tell(
                $"{Terminal.Relative(stranger)} is no lesson: those are the .ipynb files in "
                    + $"{Terminal.Relative(repository.Notebooks)}.",
                ExitCode.Usage
            );
        }

        try
        {
            var edition = new EditionRun(repository);
            return check ? edition.Check(asked, all: names.Count == 0) : await edition.MakeAsync(asked, cancellation);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return Problem.Tell(e.Message, ExitCode.File);
        }
        catch (EditionException e)
        {
            return Problem.Tell(e.Message, ExitCode.CellFailed);
        }
        catch (OperationCanceledException)
        {
            return Problem.Tell(
                "stopped. Lessons that had ended before are stored; the others are as they were.",
                ExitCode.Interrupted
            );
        }
    }

    private int Check(IReadOnlyList<string> lessons, bool all)
    {
        var problems = new List<string>();
        var solved = Solve(lessons);
        foreach (var (path, generated) in solved)
        {
            problems.AddRange(Problems(path, generated).Select(problem => $"{Terminal.Relative(path)}: {problem}"));
        }

        if (all)
        {
            problems.AddRange(
                repository
                    .SolvedLessons()
                    .Except(solved.Select(pair => pair.Path))
                    .Select(path => $"{Terminal.Relative(path)}: there is no such lesson; delete this file")
            );
        }

        foreach (var problem in problems)
        {
            Console.Error.WriteLine(Terminal.Printable(problem));
        }

        var count = solved.Count(pair => pair.Notebook is not null);
        if (problems.Count > 0)
        {
            return Problem.Tell(
                "the edition with solutions is not what would be made of the lessons. Make it anew: rnn edition",
                ExitCode.CellFailed
            );
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"The edition with solutions agrees: {count} lessons.")
        );
        return ExitCode.Success;
    }

    private static IReadOnlyList<string> Problems(string path, Notebook? generated)
    {
        if (generated is null)
        {
            return File.Exists(path) ? ["the lesson has nothing to solve; delete this file"] : [];
        }

        if (!File.Exists(path))
        {
            return ["it is missing"];
        }

        var stored = NotebookReader.Read(path);
        return SourceDifference.Between(generated, stored) is { Count: > 0 } lines
            ? lines
            : SolvedOutputs.Problems(stored);
    }

    private async Task<int> MakeAsync(IReadOnlyList<string> lessons, CancellationToken cancellation)
    {
        var solved = Solve(lessons).Where(pair => pair.Notebook is not null).ToList();
        Directory.CreateDirectory(repository.Solutions);
        var failed = 0;
        await using var runner = CourseRunner.Create(TimeSpan.FromMinutes(10));
        var reporter = Terminal.CreateReporter(Terminal.CreateConsole());
        await reporter.ShowAsync(async () =>
        {
            for (var i = 0; i < solved.Count; i++)
            {
                foreach (var (soon, _) in solved.Skip(i).Take(2))
                {
                    runner.Prepare(soon); // the next one's process warms up
                }

                var (path, notebook) = solved[i];
                var progress = reporter.Begin(i + 1, solved.Count, Path.GetFileNameWithoutExtension(path));
                var result = new RunResult(
                    Terminal.Relative(path),
                    await runner.RunAsync(path, notebook!, progress, cancellation),
                    null
                );
                progress.End(result);
                failed += Store(result, path) ? 0 : 1;
            }
        });
        Console.WriteLine(
            failed == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The edition with solutions: {solved.Count} lessons in "
                        + $"{Terminal.Relative(repository.Solutions)}, every exercise correct."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failed} of {solved.Count} lessons with solutions are not stored."
                )
        );
        return failed == 0 ? ExitCode.Success : ExitCode.CellFailed;
    }

    private static bool Store(RunResult result, string path)
    {
        RunSummary.WriteFailure(Console.Error, result);
        if (result.Run is not { Failure: null } run)
        {
            return false;
        }

        var problems = SolvedOutputs.Problems(run.Executed);
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(Terminal.Printable($"{result.Path}: {problem}"));
        }

        if (problems.Count > 0)
        {
            return false;
        }

        NotebookWriter.Write(run.Executed, path);
        return true;
    }

    private IReadOnlyList<(string Path, Notebook? Notebook)> Solve(IEnumerable<string> lessons) =>
        [
            .. lessons.Select(path =>
                (
                    Path.Combine(repository.Solutions, Path.GetFileName(path)),
                    SolvedNotebook.Of(NotebookReader.Read(path), Path.GetFileName(path))
                )
            ),
        ];
}
