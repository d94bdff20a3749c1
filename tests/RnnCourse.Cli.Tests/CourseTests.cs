using RnnCourse.Cli.Edition;
using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Cli.Tests;

/// <summary>The course itself: every lesson of both editions runs without errors, and gives exactly the stored outputs
/// each time.</summary>
public sealed class CourseTests(CourseExecution course)
{
    // In a run, these cells either keep their stored outputs or get entirely different ones.
    private static readonly string[] NotToCompare = [CellTags.Timing, CellTags.Slow, CellTags.SkipExecution];

    public static TheoryData<string, bool> Notebooks =>
        [
            .. CourseExecution.Lessons.Select(name => new TheoryDataRow<string, bool>(name, false)),
            .. CourseExecution.SolvedLessons.Select(row => new TheoryDataRow<string, bool>(row.Data, true)
            {
                Skip = row.Skip,
            }),
        ];

    public static TheoryData<string> SolvedLessons => [.. CourseExecution.SolvedLessons];

    [Fact]
    public async Task Every_lesson_runs_clean()
    {
        var run = await course.RunAsync();
        Assert.True(run.ExitCode == ExitCode.Success, run.Output + run.Errors);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task What_is_stored_is_what_a_run_gives(string lesson, bool isSolved)
    {
        var stored = CourseExecution.Stored(lesson, isSolved);
        var executed = await course.ExecutedAsync(lesson, isSolved);
        var cells = executed
            .Cells.OfType<CodeCell>()
            .Where(cell => cell.Source.Trim().Length > 0)
            .Select((cell, i) => new CellRun(i + 1, cell.Id, CellStatus.Passed))
            .ToList();
        Assert.NotEmpty(cells);
        var differences = NotebookComparison.Compare(
            stored,
            new NotebookRun(executed, cells, null, TimeSpan.Zero),
            new ComparisonRules()
        );
        Assert.True(
            differences.Count == 0,
            $"{CourseExecution.StoredPath(lesson, isSolved)} is stale; if the new outputs are right, "
                + "store them by 'rnn verify --update':\n"
                + string.Join(
                    '\n',
                    differences.SelectMany(difference => difference.Report.Prepend($"cell {difference.Id}:"))
                )
        );
    }

    // Two processes have executed these cells, next to different neighbours.
    [Theory]
    [MemberData(nameof(SolvedLessons))]
    public async Task Cells_that_both_editions_share_give_the_same_to_the_bit(string lesson)
    {
        var cells = new LessonCells(lesson);
        var solved = (await course.ExecutedAsync(lesson, isSolved: true))
            .Cells.OfType<CodeCell>()
            .ToDictionary(cell => cell.Id);
        var shared = (await course.ExecutedAsync(lesson, isSolved: false))
            .Cells.OfType<CodeCell>()
            .Where(cell =>
                !cells.IsAnswer(cell)
                && solved[cell.Id].Source == cell.Source
                && !CellTags.Of(cell).Any(NotToCompare.Contains)
            )
            .ToList();
        Assert.NotEmpty(shared);
        Assert.All(
            shared,
            cell =>
                Assert.True(
                    Outputs(cell) == Outputs(solved[cell.Id]),
                    $"{lesson}, cell {cell.Id}: two runs give different outputs."
                )
        );
    }

    [Fact]
    public async Task A_second_run_makes_the_same_pages()
    {
        const string Lesson = "06-recurrent-connection.ipynb";
        Assert.SkipUnless(
            CourseExecution.Lessons.Contains(Lesson),
            "RNN_LESSONS leaves out the lesson that is run twice."
        );
        var folder = Directory.CreateTempSubdirectory("pages").FullName;
        try
        {
            var run = await Rnn.RunAsync(
                Repository.Root,
                "run",
                "--output",
                folder,
                CourseExecution.StoredPath(Lesson, isSolved: false)
            );
            Assert.True(run.ExitCode == ExitCode.Success, run.Output + run.Errors);
            var again = await File.ReadAllTextAsync(
                Path.Combine(folder, Path.ChangeExtension(Lesson, ".html")),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(Content(await course.PageAsync(Lesson, isSolved: false)), Content(again));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Outputs(CodeCell cell) =>
        NotebookWriter.ToText(new Notebook { Cells = [cell with { ExecutionCount = null, Id = "same" }] });

    // Links to other lessons depend on whether these have been run into the same folder.
    private static string Content(string page)
    {
        var (start, end) = (
            page.IndexOf("<main", StringComparison.Ordinal),
            page.IndexOf("</main>", StringComparison.Ordinal)
        );
        Assert.InRange(start, 0, end);
        return page[start..end];
    }
}
