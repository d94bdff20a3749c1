using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests;

/// <summary>Rules for every lesson as it is stored.</summary>
public sealed partial class LessonRulesTests
{
    private const int MaximumBytes = 250_000;
    private const int MaximumLines = 25;

    public static TheoryData<string> Lessons => [.. Repository.Lessons.Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_is_stored_in_the_writers_own_form(string lesson)
    {
        var stored = File.ReadAllText(PathOf(lesson));
        Assert.True(
            stored == NotebookWriter.ToText(NotebookReader.Parse(stored)),
            $"{lesson} is not as the writer stores it: store it again by 'rnn run --in-place'."
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_stays_small(string lesson) =>
        Assert.InRange(new FileInfo(PathOf(lesson)).Length, 1, MaximumBytes);

    [Theory]
    [MemberData(nameof(Lessons))]
    public void No_code_cell_is_long(string lesson)
    {
        var tooLong = CodeCells(lesson)
            .Where(cell => cell.Source.Split('\n').Length > MaximumLines)
            .Select(cell => cell.Id);
        Assert.True(
            !tooLong.Any(),
            $"{lesson}: cells of over {MaximumLines} lines, whose code belongs into lib: {string.Join(", ", tooLong)}"
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_code_cell_was_run_and_none_failed(string lesson)
    {
        var cells = CodeCells(lesson).ToList();
        Assert.Equal(Enumerable.Range(1, cells.Count).Select(n => (int?)n), cells.Select(cell => cell.ExecutionCount));
        Assert.DoesNotContain(cells, cell => cell.Outputs.Any(output => output is ErrorOutput));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_verdict_names_the_cell_on_the_page_that_it_is_about(string lesson)
    {
        var cells = CodeCells(lesson).ToList();
        var anchors = cells
            .SelectMany(cell => cell.Outputs.OfType<RichOutput>())
            .Select(output => output.Data["application/vnd.rnncourse.verdict+json"])
            .OfType<MimeJson>()
            .Select(verdict => (string)verdict.Json!["anchor"]!)
            .ToList();
        Assert.NotEmpty(anchors);
        Assert.Subset(cells.Select(cell => $"cell-{cell.Id}").ToHashSet(), anchors.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_picture_has_a_text_that_says_what_it_shows(string lesson)
    {
        foreach (Match picture in Picture().Matches(File.ReadAllText(PathOf(lesson))))
        {
            Assert.Matches(Alternative(), picture.Value);
        }
    }

    [Fact]
    public void The_readmes_figure_is_the_one_in_the_lesson()
    {
        var figure = Convert.ToBase64String(
            File.ReadAllBytes(Path.Combine(Repository.Root, "notebooks", "figures", "unrolled-network.svg"))
        );
        var lesson = File.ReadAllText(PathOf("06-recurrent-connection.ipynb"));
        Assert.True(
            lesson.Contains(figure, StringComparison.Ordinal),
            "Lesson 06 draws the unrolled network differently: store its SVG as notebooks/figures/unrolled-network.svg."
        );
    }

    private static string PathOf(string lesson) => Path.Combine(Repository.Root, "notebooks", lesson);

    private static IEnumerable<CodeCell> CodeCells(string lesson) =>
        NotebookReader.Read(PathOf(lesson)).Cells.OfType<CodeCell>();

    // As in the file: inside a JSON string.
    [GeneratedRegex("""<img [^>]*>""")]
    private static partial Regex Picture();

    [GeneratedRegex("""alt=\\"[^"]{40,}\\""")]
    private static partial Regex Alternative();
}
