using RnnCourse.Cli.Edition;
using RnnCourse.Cli.Run;
using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Edition;

/// <summary>Every solution that the library shows is the source of a cell which runs and whose check says "correct",
/// and the stored edition holds it.</summary>
public sealed class SolutionsTests(CourseExecution course)
{
    public static TheoryData<string> Lessons => [.. Repository.Lessons.Select(path => Path.GetFileName(path)!)];

    public static TheoryData<string> SolvedLessons => [.. CourseExecution.SolvedLessons];

    [Theory]
    [MemberData(nameof(SolvedLessons))]
    public async Task Every_exercise_and_quiz_of_a_lesson_comes_out_right(string lesson)
    {
        var cells = new LessonCells(lesson);
        var answers = (await course.ExecutedAsync(lesson, isSolved: true))
            .Cells.OfType<CodeCell>()
            .Where(cells.IsAnswer)
            .ToList();
        Assert.NotEmpty(answers);
        Assert.All(
            answers,
            cell =>
            {
                var verdict = Verdict.Of(cell);
                Assert.Equal(VerdictKind.Correct, verdict?.Kind);
                Assert.StartsWith(
                    LessonCells.IsQuiz(cell) ? $"quiz {cells.Number}" : $"exercise {cells.ExerciseOf(cell)}, ",
                    verdict!.Name,
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void The_stored_edition_is_what_the_lesson_gives(string lesson)
    {
        var path = Path.Combine(Repository.Root, "notebooks", "solutions", lesson);
        var solved = Solved(lesson);
        Assert.True(
            solved is null != File.Exists(path),
            $"{path} is {(solved is null ? "there, but the lesson has nothing to solve" : "missing: rnn edition")}"
        );
        if (solved is null)
        {
            return;
        }

        var stored = NotebookReader.Read(path);
        Assert.Empty(SourceDifference.Between(solved, stored));
        Assert.Empty(SolvedOutputs.Problems(stored));
        Assert.True(new FileInfo(path).Length <= 250_000, $"{path} is larger than 250 KB.");
        Assert.All(
            stored.Cells.OfType<CodeCell>(),
            cell =>
                Assert.True(
                    cell.Source.Split('\n').Length <= 25,
                    $"{lesson}, cell {cell.Id}: its solution has over 25 lines."
                )
        );
    }

    [Fact]
    public void Every_exercise_has_a_cell() =>
        Assert.Empty(Solutions.Exercises.Except(Repository.Lessons.SelectMany(ExercisesOf)));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void The_cell_of_an_exercise_and_its_solution_begin_with_the_same_line(string lesson)
    {
        var cells = new LessonCells(lesson);
        Assert.All(
            CodeCells(lesson).Where(cell => cells.ExerciseOf(cell) is not null),
            cell => Assert.Equal(cell.Source.Split('\n')[0], cells.SolutionOf(cell).Split('\n')[0])
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Cells_that_ask_for_an_answer_carry_a_tag_and_no_others_do(string lesson)
    {
        var cells = new LessonCells(lesson);
        Assert.All(
            CodeCells(lesson),
            cell =>
            {
                var tags =
                    (cell.Metadata["tags"] as System.Text.Json.Nodes.JsonArray)?.Select(tag => (string?)tag).ToList()
                    ?? [];
                Assert.True(
                    tags.Contains("exercise") == cells.ExerciseOf(cell) is not null,
                    $"{lesson}, cell {cell.Id}: the tag 'exercise' and an id such as exercise-2 belong together."
                );
                Assert.True(
                    tags.Contains("quiz") == LessonCells.IsQuiz(cell),
                    $"{lesson}, cell {cell.Id}: the tag 'quiz' and the id {LessonCells.QuizId} belong together."
                );
            }
        );
    }

    private static Notebook? Solved(string lesson) => SolvedNotebook.Of(NotebookReader.Read(PathOf(lesson)), lesson);

    private static IEnumerable<CodeCell> CodeCells(string lesson) =>
        NotebookReader.Read(PathOf(lesson)).Cells.OfType<CodeCell>();

    private static IEnumerable<string> ExercisesOf(string path) =>
        NotebookReader
            .Read(path)
            .Cells.OfType<CodeCell>()
            .Select(new LessonCells(Path.GetFileName(path)).ExerciseOf)
            .OfType<string>();

    private static string PathOf(string lesson) => Path.Combine(Repository.Root, "notebooks", lesson);
}
