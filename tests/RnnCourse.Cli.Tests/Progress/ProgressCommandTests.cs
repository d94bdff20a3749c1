using System.Text.Json.Nodes;
using RnnCourse.Exercises.Recording;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Progress;

public sealed class ProgressCommandTests : IDisposable
{
    private const string Lesson = "06-cell.ipynb";
    private const string First = "// Exercise 2b: catch the forgotten state\n";
    private const string Blank = First + "Check.MendedPredict(null)";
    private const string Wrong =
        First + "Check.MendedPredict((rnn, x) => x.Select(x_i => rnn.Step(x_i, rnn.s_0).y_i).ToList())";
    private const string Right = First + "Check.MendedPredict((rnn, x) => rnn.Predict(x))";

    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    private string NotesPath => _rnn.PathOf("notes", "progress.jsonl");

    private Dictionary<string, string?> Noting => new() { ["RNN_PROGRESS"] = NotesPath };

    [Fact]
    public async Task A_lesson_that_is_run_by_its_name_counts_and_the_best_answer_is_kept()
    {
        Write(Wrong, "a");
        await RunAsync(Noting, "run", Path.Combine("notebooks", Lesson));
        var first = await StandingAsync();
        Assert.Equal(
            ("06", 4, 4, true),
            ((string)first["lesson"]!, (int)first["cells"]!, (int)first["reached"]!, (bool)first["run"]!)
        );
        Assert.Equal(
            ("06.2b", "catch the forgotten state", "not yet"),
            (
                (string)first["exercises"]![0]!["id"]!,
                (string)first["exercises"]![0]!["title"]!,
                (string)first["exercises"]![0]!["state"]!
            )
        );
        Assert.Equal("exercise 2b, catch the forgotten state", (string)first["next"]!);

        Write(Right, "b");
        await RunAsync(Noting, "run", Path.Combine("notebooks", Lesson));
        Write(Blank, "");
        await RunAsync(Noting, "run", Path.Combine("notebooks", Lesson));
        var second = await StandingAsync();
        Assert.Equal("correct", (string)second["exercises"]![0]!["state"]!);
        Assert.Equal((3, 1), ((int)second["quiz"]!["questions"]!, (int)second["quiz"]!["right"]!));
        Assert.Equal("the quiz", (string)second["next"]!);

        var lines = await RunAsync(Noting, "progress");
        Assert.Equal(
            "06 Cell: run all cells; exercises: 1 solved, 1 attempted, of 1; quiz 1 of 3; next: the quiz\nNext: "
                + $"06 Cell: the quiz.  {Path.Combine("notebooks", Lesson)}\nRecorded in {NotesPath}\n",
            lines.Output
        );
    }

    [Fact]
    public async Task A_run_of_the_whole_course_counts_answers_only()
    {
        Write(Blank, "");
        await RunAsync(Noting, "run");
        Assert.False(File.Exists(NotesPath));
        Assert.Equal("open it", (string)(await StandingAsync())["next"]!);

        Write(Right, "");
        await RunAsync(Noting, "run");
        Assert.IsType<ExerciseEntry>(Assert.Single(ProgressFile.Read(NotesPath)));
    }

    [Fact]
    public async Task Neither_the_edition_with_solutions_nor_a_build_machine_counts()
    {
        Write(Blank, null);
        await RunAsync(Noting, "edition");
        await RunAsync(Noting, "run", Path.Combine("notebooks", "solutions"));
        Assert.False(File.Exists(NotesPath));

        var home = _rnn.PathOf("home");
        var builder = new Dictionary<string, string?>
        {
            ["RNN_PROGRESS"] = null,
            ["CI"] = "true",
            ["HOME"] = home,
            ["XDG_DATA_HOME"] = home,
            ["LOCALAPPDATA"] = home,
        };
        await RunAsync(builder, "run", Path.Combine("notebooks", Lesson));
        Assert.False(Directory.Exists(Path.Combine(home, "RnnCourse")));
        Assert.Contains(
            "Nothing is recorded: this is a build machine",
            (await RunAsync(builder, "progress")).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "RNN_PROGRESS is off",
            (await RunAsync(new() { ["RNN_PROGRESS"] = "off" }, "progress")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_variable_the_folder_for_local_data_is_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux can a test say where that folder is.");
        Write(Blank, "");
        var home = _rnn.PathOf("home");
        await RunAsync(
            new()
            {
                ["RNN_PROGRESS"] = null,
                ["CI"] = null,
                ["HOME"] = _rnn.Folder,
                ["XDG_DATA_HOME"] = home,
            },
            "run",
            Path.Combine("notebooks", Lesson)
        );
        Assert.NotEmpty(ProgressFile.Read(Path.Combine(home, "RnnCourse", "progress.jsonl")));
    }

    [Fact]
    public async Task Where_nothing_can_be_noted_a_lesson_runs_with_the_same_outputs()
    {
        Write(Wrong, "c");
        await File.WriteAllTextAsync(_rnn.PathOf("a-file"), "", TestContext.Current.CancellationToken);
        await RunAsync(new() { ["RNN_PROGRESS"] = "off" }, "run", Path.Combine("notebooks", Lesson));
        var executed = await File.ReadAllTextAsync(
            _rnn.PathOf("artifacts", "course", Lesson),
            TestContext.Current.CancellationToken
        );
        foreach (
            var variables in new[]
            {
                Noting,
                new() { ["RNN_PROGRESS"] = _rnn.PathOf("a-file", "progress.jsonl") },
                new() { ["RNN_PROGRESS"] = _rnn.PathOf("notebooks") },
            }
        )
        {
            await RunAsync(variables, "run", Path.Combine("notebooks", Lesson));
            Assert.Equal(
                executed,
                await File.ReadAllTextAsync(
                    _rnn.PathOf("artifacts", "course", Lesson),
                    TestContext.Current.CancellationToken
                )
            );
        }
    }

    [Fact]
    public async Task Forgetting_needs_a_yes()
    {
        Assert.Equal("There is no progress to delete.\n", (await RunAsync(Noting, "progress", "--reset")).Output);
        Directory.CreateDirectory(Path.GetDirectoryName(NotesPath)!);
        await File.WriteAllTextAsync(NotesPath, "", TestContext.Current.CancellationToken);
        var asked = await _rnn.RunAsync(Noting, "progress", "--reset");
        Assert.Equal(ExitCode.Usage, asked.ExitCode);
        Assert.Contains("Add --yes", asked.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(NotesPath));
        Assert.Equal("All progress was deleted.\n", (await RunAsync(Noting, "progress", "--reset", "--yes")).Output);
        Assert.False(File.Exists(NotesPath));
    }

    private async Task<JsonNode> StandingAsync() =>
        JsonNode.Parse((await RunAsync(Noting, "progress", "--json")).Output)!["lessons"]![0]!;

    private async Task<Result> RunAsync(Dictionary<string, string?> variables, params string[] arguments)
    {
        var result = await _rnn.RunAsync(variables, arguments);
        Assert.True(result.ExitCode == ExitCode.Success, result.Output + result.Errors);
        return result;
    }

    private void Write(string exercise, string? letter)
    {
        var folder = AppContext.BaseDirectory.Replace('\\', '/');
        var setup =
            $"#r \"{folder}MathNet.Numerics.dll\"\n#r \"{folder}RnnCourse.dll\"\n#r "
            + $"\"{folder}RnnCourse.Exercises.dll\"\nusing "
            + "MathNet.Numerics.LinearAlgebra;\nusing RnnCourse.Core;\nusing RnnCourse.Exercises;";
        List<Cell> cells =
        [
            new MarkdownCell { Id = "title", Source = "# 06 · Cell" },
            new CodeCell { Id = "setup", Source = setup },
            new CodeCell { Id = "claim", Source = "Claim.Holds(\"L05\", true, \"one is one\");" },
            new CodeCell { Id = "exercise-2b", Source = exercise },
        ];
        if (letter is not null)
        {
            cells.Add(
                new CodeCell
                {
                    Id = "quiz-answers",
                    Source = $"Quiz.Answers(\"06\", first: \"{letter}\", second: \"\", third: \"\")",
                }
            );
        }

        NotebookWriter.Write(new Notebook { Cells = cells }, _rnn.PathOf("notebooks", Lesson));
    }
}
