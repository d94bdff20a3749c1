using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Carries out <c>rnn edition</c>: generates, executes and stores the lessons with solutions, or checks the
/// stored ones.</summary>
internal sealed class EditionRun(Repository repository)
{
    /// <summary>Generates or checks the edition; returns the exit code.</summary>
    /// <param name="names">The lessons as the user named them; empty for all.</param>
    /// <param name="check">Whether to check only, without changing any file.</param>
    /// <param name="passedVariables">Environment variables that are passed to cells in addition to those that every
    /// session needs.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static async Task<int> ExecuteAsync(
        IReadOnlyList<string> names,
        bool check,
        IReadOnlyCollection<string> passedVariables,
        CancellationToken cancellation
    )
    {
        if (Repository.FindFrom(Environment.CurrentDirectory) is not { } repository)
        {
            return ErrorMessage.Write(
                "The current folder is not in the course's repository. Go there.",
                ExitCode.Usage
            );
        }

        var lessons = repository.Lessons();
        var asked = names.Count == 0 ? lessons : [.. names.Select(Path.GetFullPath)];
        if (asked.FirstOrDefault(path => !lessons.Contains(path)) is { } unknown)
        {
            return ErrorMessage.Write(
                $"{Terminal.Relative(unknown)} is not a lesson. Lessons are the .ipynb files in "
                    + $"{Terminal.Relative(repository.Notebooks)}.",
                ExitCode.Usage
            );
        }

        try
        {
            var edition = new EditionRun(repository);
            return check
                ? edition.Check(asked, all: names.Count == 0)
                : await edition.GenerateAsync(asked, passedVariables, cancellation);
        }
        catch (Exception e) when (e is NotebookFileException or NotebookFormatException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
        catch (EditionException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.CellFailed);
        }
        catch (OperationCanceledException)
        {
            return ErrorMessage.Write(
                "Stopped. Completed lessons are stored; the others are unchanged.",
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
                    .Select(path => $"{Terminal.Relative(path)}: The lesson does not exist; delete this file")
            );
        }

        foreach (var problem in problems)
        {
            Console.Error.WriteLine(Terminal.Printable(problem));
        }

        var count = solved.Count(pair => pair.Notebook is not null);
        if (problems.Count > 0)
        {
            return ErrorMessage.Write(
                "The edition with solutions is out of date. Generate it again: rnn edition",
                ExitCode.CellFailed
            );
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"The edition with solutions is up to date: {Lessons(count)}.")
        );
        return ExitCode.Success;
    }

    private static IReadOnlyList<string> Problems(string path, Notebook? generated)
    {
        if (generated is null)
        {
            return File.Exists(path) ? ["The lesson has no exercises; delete this file"] : [];
        }

        if (!File.Exists(path))
        {
            return ["The file is missing"];
        }

        var stored = NotebookReader.Read(path);
        return SourceDifference.Between(generated, stored) is { Count: > 0 } lines
            ? lines
            : SolvedOutputs.Problems(stored);
    }

    private async Task<int> GenerateAsync(
        IReadOnlyList<string> lessons,
        IReadOnlyCollection<string> passedVariables,
        CancellationToken cancellation
    )
    {
        var solved = Solve(lessons).Where(pair => pair.Notebook is not null).ToList();
        Directory.CreateDirectory(repository.Solutions);
        var failed = 0;
        await using var runner = NotebookRunnerFactory.Create(TimeSpan.FromMinutes(10), passedVariables);
        var reporter = Terminal.CreateReporter(Terminal.CreateConsole());
        await reporter.ShowAsync(async () =>
        {
            for (var i = 0; i < solved.Count; i++)
            {
                foreach (var (soon, _) in solved.Skip(i).Take(2))
                {
                    runner.Prepare(soon); // so that the process of the next one loads its compiler
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
                    $"The edition with solutions: {Lessons(solved.Count)} in "
                        + $"{Terminal.Relative(repository.Solutions)}, every exercise correct."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failed} of {solved.Count} lessons with solutions were not stored."
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

    private static string Lessons(int count) =>
        count == 1 ? "1 lesson" : string.Create(CultureInfo.InvariantCulture, $"{count} lessons");
}
