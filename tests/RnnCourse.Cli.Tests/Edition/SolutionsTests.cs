using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Scripting;

namespace RnnCourse.Cli.Tests.Edition;

/// <summary>Every solution that the library shows is the source of a cell which runs and whose check says "correct".</summary>
public sealed class SolutionsTests
{
    private const string Setup = """
        #r "../artifacts/bin/RnnCourse.Plotting/release/MathNet.Numerics.dll"
        #r "../artifacts/bin/RnnCourse.Plotting/release/RnnCourse.dll"
        using MathNet.Numerics.LinearAlgebra;
        using RnnCourse.Core;
        using RnnCourse.Datasets;
        using RnnCourse.Exercises;
        using static RnnCourse.Datasets.TinySentences;
        """;

    public static TheoryData<string> Lessons => [.. Solutions.Exercises.Select(id => id[..2]).Distinct()];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task The_solutions_of_a_lesson_are_correct_where_they_stand(string lesson)
    {
        var file = Repository.Lessons.SingleOrDefault(path => Path.GetFileName(path).StartsWith(lesson, StringComparison.Ordinal));
        var cells = file is null ? [] : NotebookReader.Read(file).Cells.OfType<CodeCell>().ToList();
        var placed = cells.Select(cell => IdOf(lesson, cell)).OfType<string>().ToList();

        // A solution whose lesson has no cell for it yet has to stand on its own.
        await RunAsync([("setup", Setup, null), .. Solutions.Exercises.Where(id => id.StartsWith(lesson, StringComparison.Ordinal) && !placed.Contains(id)).Select(id => (id, Solutions.Of(id)!, (string?)id))]);
        await RunAsync(cells.Select(cell => (cell.Id, IdOf(lesson, cell) is { } id ? Solutions.Of(id)! : cell.Source, IdOf(lesson, cell))));
    }

    [Fact]
    public void The_cell_of_an_exercise_and_its_solution_begin_with_the_same_line() => Assert.All(
        Repository.Lessons.SelectMany(path => NotebookReader.Read(path).Cells.OfType<CodeCell>().Select(cell => (Cell: cell, Id: IdOf(Path.GetFileName(path)[..2], cell)))).Where(pair => pair.Id is not null),
        pair => Assert.Equal(pair.Cell.Source.Split('\n')[0], Solutions.Of(pair.Id!)?.Split('\n')[0]));

    private static string? IdOf(string lesson, CodeCell cell) =>
        cell.Id.StartsWith("exercise-", StringComparison.Ordinal) ? $"{lesson}.{cell.Id["exercise-".Length..]}" : null;

    private static async Task RunAsync(IEnumerable<(string Name, string Source, string? Exercise)> cells)
    {
        using var session = new ScriptSession(new ScriptSessionOptions(Path.Combine(Repository.Root, "notebooks")));
        foreach (var (name, source, exercise) in cells)
        {
            var outcome = await session.ExecuteAsync(new CellSource(name, source));
            Assert.True(outcome.Error is null, $"{name}: {string.Join('\n', outcome.Error?.Traceback ?? [])}");
            if (exercise is not null)
                Assert.Matches($"^✓ Exercise {exercise}, .*: correct\n", outcome.Result?.ToString() ?? "no result");
        }
    }
}
