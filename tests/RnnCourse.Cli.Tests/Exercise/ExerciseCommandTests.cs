using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Exercise;

public sealed class ExerciseCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public ExerciseCommandTests()
    {
        File.WriteAllText(_rnn.PathOf("RnnCourse.sln"), "");
        Directory.CreateDirectory(_rnn.PathOf("notebooks"));
        foreach (var folder in (string[])["Lesson04", "Lesson07"])
        {
            Directory.CreateDirectory(_rnn.PathOf("lib", "RnnCourse.Exercises", folder));
        }

        File.WriteAllText(Api, "#nullable enable\n");
        File.WriteAllText(Texts, "internal static class Texts07\n{\n    // \"07.2b\"\n}\n");
        File.WriteAllText(
            Lesson,
            """
            {
             "cells": [
              {"cell_type": "code", "id": "exercise-2b", "metadata": {"tags": ["exercise"]}, "source": "1", "outputs": [], "execution_count": null},
              {"cell_type": "code", "id": "exercise-3", "metadata": {"tags": ["exercise"]}, "source": "2", "outputs": [], "execution_count": null},
              {"cell_type": "markdown", "id": "quiz", "metadata": {}, "source": "Three questions"}
             ],
             "metadata": {},
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """
        );
    }

    private string Lesson => _rnn.PathOf("notebooks", "07-loss.ipynb");

    private string Texts => _rnn.PathOf("lib", "RnnCourse.Exercises", "Lesson07", "Texts07.cs");

    private string Api => _rnn.PathOf("lib", "RnnCourse.Exercises", "PublicAPI.Unshipped.txt");

    private string Check => _rnn.PathOf("lib", "RnnCourse.Exercises", "Check.07.CountTheWords.cs");

    private string Tests => _rnn.PathOf("tests", "RnnCourse.Exercises.Tests", "Lesson07", "CountTheWordsTests.cs");

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task The_stubs_of_an_exercise_are_written_where_they_belong()
    {
        var result = await _rnn.RunAsync("exercise", "new", "07.2c", "count the words");
        Assert.True(result.ExitCode == ExitCode.Success, result.Errors);

        var cells = NotebookReader.Read(Lesson).Cells;
        Assert.Equal(["exercise-2b", "exercise-2c", "exercise-3", "quiz"], cells.Select(cell => cell.Id));
        Assert.Equal(
            "// Exercise 2c: count the words\ndouble MyCountTheWords(double x) => throw new "
                + "NotImplementedException();\nCheck.CountTheWords(MyCountTheWords)",
            cells[1].Source
        );
        Assert.Equal("exercise", (string?)cells[1].Metadata["tags"]![0]);

        var texts = Read(Texts);
        Assert.Contains("    public static Exercise CountTheWords { get; } =\n", texts, StringComparison.Ordinal);
        Assert.Contains("            \"07.2c\",\n            \"count the words\",\n", texts, StringComparison.Ordinal);
        Assert.EndsWith("\n        };\n}\n", texts, StringComparison.Ordinal);
        Assert.Contains(
            "public static Feedback CountTheWords(Func<double, double>? answer) =>",
            Read(Check),
            StringComparison.Ordinal
        );
        Assert.Contains("class CountTheWordsTests : AnswersTests<", Read(Tests), StringComparison.Ordinal);
        Assert.Contains(
            "static RnnCourse.Exercises.Check.CountTheWords(System.Func<double, double>? answer) -> ",
            Read(Api),
            StringComparison.Ordinal
        );
        Assert.Contains("rnn edition notebooks/07-*.ipynb", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stubs_compile_and_their_answers_are_judged_as_their_tests_say()
    {
        // In a lesson of the course, beside its real texts.
        var own = Path.Combine("lib", "RnnCourse.Exercises", "Lesson07", "Texts07.cs");
        File.Copy(Path.Combine(Repository.Root, own), Texts, overwrite: true);
        var result = await _rnn.RunAsync("exercise", "new", "07.9", "count the words");
        Assert.True(result.ExitCode == ExitCode.Success, result.Errors);

        var answers = StubCompilation
            .Load(Texts, Check, Tests)
            .GetType("RnnCourse.Exercises.Tests.Lesson07.CountTheWordsTests", throwOnError: true)!;
        var wrong = Answers(answers, "Wrong");
        Assert.Equal(["differs", "unchanged"], wrong.Keys.Order(StringComparer.Ordinal));
        Assert.All(wrong, answer => Assert.Equal(FeedbackState.NotYet, answer.Value().State));
        Assert.NotEqual(wrong["differs"]().Message, wrong["unchanged"]().Message);
        Assert.Equal(FeedbackState.Correct, Assert.Single(Answers(answers, "Right")).Value().State);
        var blanks = (IReadOnlyList<Feedback>)answers.GetProperty("Blanks")!.GetValue(null)!;
        Assert.NotEmpty(blanks);
        Assert.All(blanks, blank => Assert.Equal(FeedbackState.NotAttempted, blank.State));

        // The solution is the whole cell: the stub's first and last line, with other lines between.
        var cell = NotebookReader.Read(Lesson).Cells.Single(cell => cell.Id == "exercise-9").Source.Split('\n');
        var solution = blanks[0].Solution().Code!.Split('\n');
        Assert.Equal((cell[0], cell[^1]), (solution[0], solution[^1]));
        Assert.DoesNotContain("NotImplementedException", blanks[0].Solution().Code, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, Func<Feedback>> Answers(Type tests, string kind) =>
        (IReadOnlyDictionary<string, Func<Feedback>>)tests.GetProperty(kind)!.GetValue(null)!;

    [Theory]
    [InlineData("7.2", "sum", "'7.2' is not an exercise's id. Write it like 07.2c or 07.3.")]
    [InlineData("07.2C", "sum", "'07.2C' is not an exercise's id.")]
    [InlineData("07.4", "say \"x\"", "cannot be a title.")]
    [InlineData("07.4", "2 sums", "cannot be a title.")]
    [InlineData("08.1", "sum", "There is no lesson 08 in notebooks. Write the lesson first.")]
    [InlineData("07.2b", "sum", "has an exercise 07.2b already. Choose another number or title.")]
    [InlineData("07.3", "sum", "has a cell exercise-3 already. Choose another number or title.")]
    public async Task What_cannot_be_added_is_refused_and_changes_nothing(string id, string title, string message)
    {
        var before = (Read(Lesson), Read(Texts), Read(Api));
        var result = await _rnn.RunAsync("exercise", "new", id, title);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, (Read(Lesson), Read(Texts), Read(Api)));
        Assert.False(Directory.Exists(_rnn.PathOf("tests")));
    }

    [Fact]
    public async Task A_check_that_exists_is_never_replaced()
    {
        await File.WriteAllTextAsync(Check, "mine", TestContext.Current.CancellationToken);
        var result = await _rnn.RunAsync("exercise", "new", "07.2c", "count the words");
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("Check.07.CountTheWords.cs exists already", result.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", Read(Check));
    }

    private static string Read(string path) => File.ReadAllText(path);
}
