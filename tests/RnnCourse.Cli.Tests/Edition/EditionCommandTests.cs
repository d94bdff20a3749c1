using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Edition;

public sealed class EditionCommandTests : IDisposable
{
    private static readonly string Libraries = AppContext.BaseDirectory.Replace('\\', '/');
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_lesson_is_solved_executed_and_stored_and_then_agrees()
    {
        Write("98-unknown.ipynb", ("title", "# 98 · Unknown"), ("setup", Setup), ("quiz-answers", "0"));
        var refused = await _rnn.RunAsync("edition");
        Assert.Equal(ExitCode.CellFailed, refused.ExitCode);
        Assert.Contains(
            "98-unknown.ipynb, cell quiz-answers: The library has no class Quiz98",
            Replace(refused.Errors),
            StringComparison.Ordinal
        );
        File.Delete(_rnn.PathOf("notebooks", "98-unknown.ipynb"));

        Write(
            "04-sharing.ipynb",
            ("title", "# 04 · Sharing\n\nSee [03](03-wishes.ipynb)."),
            ("setup", Setup),
            ("exercise-1", "// Exercise 1: count\nCheck.SharedParameterCount(null)")
        );
        var made = await _rnn.RunAsync("edition");
        Assert.True(made.ExitCode == ExitCode.Success, made.Output + made.Errors);
        var solved = NotebookReader.Read(Solved("04-sharing.ipynb"));
        Assert.Equal(["edition-with-solutions", "title", "setup", "exercise-1"], solved.Cells.Select(cell => cell.Id));
        Assert.Contains("(../04-sharing.ipynb)", solved.Cells[0].Source, StringComparison.Ordinal);
        Assert.Contains("(../03-wishes.ipynb)", solved.Cells[1].Source, StringComparison.Ordinal);
        Assert.Contains("Progress.Off();", solved.Cells[2].Source, StringComparison.Ordinal);
        Assert.Contains("H * D + K * H", solved.Cells[3].Source, StringComparison.Ordinal);
        var verdict = Verdict.Of((CodeCell)solved.Cells[3])!;
        Assert.Equal(VerdictKind.Correct, verdict.Kind);
        Assert.StartsWith("exercise 04.1", verdict.Name, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("edition", "--check")).ExitCode);
    }

    [Fact]
    public async Task The_check_names_what_differs_and_changes_nothing()
    {
        Write("04-sharing.ipynb", ("setup", Setup), ("exercise-1", "// Exercise 1: count\nnull"));
        Directory.CreateDirectory(_rnn.PathOf("notebooks", "solutions"));
        var missing = await _rnn.RunAsync("edition", "--check");
        Assert.Equal(ExitCode.CellFailed, missing.ExitCode);
        Assert.Contains("04-sharing.ipynb: The file is missing", missing.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_rnn.PathOf("notebooks", "solutions")));

        File.Copy(_rnn.PathOf("notebooks", "04-sharing.ipynb"), Solved("04-sharing.ipynb"));
        File.Copy(_rnn.PathOf("notebooks", "04-sharing.ipynb"), Solved("99-gone.ipynb"));
        var before = await File.ReadAllTextAsync(Solved("04-sharing.ipynb"), TestContext.Current.CancellationToken);
        var different = await _rnn.RunAsync("edition", "--check");
        Assert.Equal(ExitCode.CellFailed, different.ExitCode);
        Assert.Contains(
            "cell exercise-1, line 2:\n    stored:     null\n    generated:  int Count(",
            different.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "99-gone.ipynb: The lesson does not exist; delete this file",
            different.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(
            before,
            await File.ReadAllTextAsync(Solved("04-sharing.ipynb"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_lesson_whose_cell_fails_is_not_stored()
    {
        Write(
            "04-sharing.ipynb",
            ("setup", Setup),
            ("broken", "throw new InvalidOperationException(\"no\");"),
            ("exercise-1", "// Exercise 1: count\nnull")
        );
        var failed = await _rnn.RunAsync("edition");
        Assert.Equal(ExitCode.CellFailed, failed.ExitCode);
        Assert.Contains("(id broken)", failed.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Solved("04-sharing.ipynb")));
    }

    [Fact]
    public async Task A_solution_that_is_not_correct_where_it_stands_is_not_stored()
    {
        // The lesson's own class with this name takes precedence over the library's.
        Write(
            "04-sharing.ipynb",
            ("setup", Setup),
            (
                "own-check",
                "static class Check { public static string SharedParameterCount(Func<int, int, int, int> "
                    + "count) => \"✗ no\"; }"
            ),
            ("exercise-1", "// Exercise 1: count\nnull")
        );
        var failed = await _rnn.RunAsync("edition");
        Assert.Equal(ExitCode.CellFailed, failed.ExitCode);
        Assert.Contains("cell exercise-1: ✗ no", failed.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Solved("04-sharing.ipynb")));
    }

    [Fact]
    public async Task A_file_that_is_not_a_lesson_and_an_exercise_without_a_solution_are_named()
    {
        var stranger = await _rnn.RunAsync("edition", "elsewhere.ipynb");
        Assert.Equal(
            (ExitCode.Usage, "rnn: elsewhere.ipynb is not a lesson. Lessons are the .ipynb files in notebooks.\n"),
            (stranger.ExitCode, stranger.Errors)
        );

        Write("04-sharing.ipynb", ("setup", Setup), ("exercise-77", "null"));
        var unsolved = await _rnn.RunAsync("edition", "--check");
        Assert.Equal(
            (
                ExitCode.CellFailed,
                "rnn: 04-sharing.ipynb, cell exercise-77: The library has no exercise 04.77. Add it to the "
                    + "class Texts04.\n"
            ),
            (unsolved.ExitCode, unsolved.Errors)
        );

        var outside = await Rnn.RunAsync(Path.GetPathRoot(_rnn.Folder)!, "edition");
        Assert.Equal(
            (ExitCode.Usage, "rnn: The current folder is not in the course's repository. Go there.\n"),
            (outside.ExitCode, outside.Errors)
        );
    }

    [Fact]
    public async Task A_folder_of_notebooks_can_be_run_and_leaves_the_index_to_the_lessons()
    {
        _rnn.Write("01-a.ipynb", "# # 01 · A", "1");
        Directory.CreateDirectory(_rnn.PathOf("notebooks", "solutions"));
        File.Copy(_rnn.PathOf("notebooks", "01-a.ipynb"), Solved("01-a.ipynb"));
        File.Copy(_rnn.PathOf("notebooks", "01-a.ipynb"), Solved("02-b.ipynb"));

        var run = await _rnn.RunAsync("run", Path.Combine("notebooks", "solutions"));
        Assert.True(run.ExitCode == ExitCode.Success, run.Output + run.Errors);
        Assert.Contains("2 notebooks ran", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_rnn.PathOf("artifacts", "course", "solutions", "02-b.html")));
        var index = await File.ReadAllTextAsync(
            _rnn.PathOf("artifacts", "course", "index.html"),
            TestContext.Current.CancellationToken
        );
        Assert.DoesNotContain("solutions", index, StringComparison.Ordinal);
        Assert.Contains("Not run", index, StringComparison.Ordinal);

        Directory.CreateDirectory(_rnn.PathOf("empty"));
        var empty = await _rnn.RunAsync("run", "empty");
        Assert.Equal(
            (
                ExitCode.Usage,
                "rnn: There are no notebooks (.ipynb) in empty. Name another folder, or the notebooks to run.\n"
            ),
            (empty.ExitCode, empty.Errors)
        );
    }

    private static string Setup =>
        $"#r \"{Libraries}RnnCourse.dll\"\n#r \"{Libraries}RnnCourse.Exercises.dll\"\nusing RnnCourse.Exercises;";

    private string Solved(string name) => _rnn.PathOf("notebooks", "solutions", name);

    private static string Replace(string text) => text.Replace('\\', '/');

    private void Write(string name, params (string Id, string Source)[] cells) =>
        NotebookWriter.Write(
            new Notebook
            {
                Cells =
                [
                    .. cells.Select(cell =>
                        cell.Source.StartsWith("# ", StringComparison.Ordinal)
                            ? (Cell)new MarkdownCell { Id = cell.Id, Source = cell.Source }
                            : new CodeCell { Id = cell.Id, Source = cell.Source }
                    ),
                ],
            },
            _rnn.PathOf("notebooks", name)
        );
}
