using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Live;

/// <summary>Attempts at exercises and predictions are kept by the server, for every page and beyond its own
/// life.</summary>
public sealed class AttemptsTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private TestServer _server = null!;

    private CourseNotebooks Course => new("Course", _folder.Notebooks, _folder.PathOf("my"), _folder.PathOf());

    public async ValueTask InitializeAsync()
    {
        var lesson = TestFolder.Make("0", "// Exercise 1: a blank", "\"shown later\"", "# text");
        NotebookWriter.Write(
            lesson with
            {
                Cells =
                [
                    lesson.Cells[0],
                    lesson.Cells[1] with
                    {
                        Metadata = new JsonObject { ["tags"] = new JsonArray("exercise") },
                    },
                    lesson.Cells[2] with
                    {
                        Metadata = new JsonObject { ["rnn"] = new JsonObject { ["predict"] = "What <comes>?" } },
                    },
                    lesson.Cells[3],
                ],
            },
            Path.Combine(_folder.Notebooks, "a.ipynb")
        );
        _server = await TestServer.StartAsync(Course, _folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_text_of_an_exercise_that_was_run_is_kept_with_its_verdict_also_by_the_next_server()
    {
        await using (var page = await _server.OpenAsync("a"))
        {
            await page.EditAsync("c2", Verdict("not yet"), 1);
            await page.RunAsync("c2");
            await page.RunAsync("c2");
            await page.EditAsync("c2", "nonsense(", 2);
            await page.RunAsync("c2");
            await page.EditAsync("c2", Verdict("correct"), 3);
            await page.RunAsync("c2");
            await page.WaitForAsync("learning", told => LearningOf(told, "c2") is { } c && (bool)c["isSolved"]!);
            Assert.Equal(3, (int)LearningOf(page.Last("learning")!, "c2")!["attempts"]!);

            // Cells that aren't exercises keep no attempts.
            await page.RunAsync("c1");
            Assert.Null(LearningOf(page.Last("learning")!, "c1"));
        }

        await RestartAsync();
        await using var again = await _server.OpenAsync("a");
        await again.WaitForAsync("learning");
        var attempts = await AttemptsAsync(again, "c2");
        Assert.Equal(
            [Verdict("not yet"), "nonsense(", Verdict("correct")],
            attempts.Select(attempt => (string)attempt!["source"]!)
        );
        Assert.Equal(["not yet", "failed", "correct"], attempts.Select(attempt => (string?)attempt!["verdict"]));
    }

    [Fact]
    public async Task A_reset_keeps_what_was_there_even_if_it_never_ran()
    {
        await using var page = await _server.OpenAsync("a");
        await page.EditAsync("c2", "half an answer", 1);
        await page.TellAsync("reset", new { cell = "c2" });
        await page.WaitForAsync(() => page.Sources["c2"] == "// Exercise 1: a blank");
        var kept = Assert.Single(await AttemptsAsync(page, "c2"))!;
        Assert.Equal(("half an answer", "Reset"), ((string)kept["source"]!, (string)kept["why"]!));

        // A reset restores the lesson's own text at any time, so it isn't kept as an attempt.
        await page.TellAsync("reset", new { cell = "c2" });
        await page.RunAsync("c2");
        Assert.Single(await AttemptsAsync(page, "c2"));
    }

    [Fact]
    public async Task A_reset_of_the_whole_lesson_keeps_every_cell_that_the_reader_had_changed()
    {
        await using var page = await _server.OpenAsync("a");
        await page.EditAsync("c1", "my own first line", 1);
        await page.EditAsync("c2", "my answer", 2);
        await page.TellAsync("reset");
        await page.WaitForAsync(() => page.Sources["c2"] == "// Exercise 1: a blank");
        Assert.Equal("my own first line", (string)Assert.Single(await AttemptsAsync(page, "c1"))!["source"]!);
        Assert.Equal("my answer", (string)Assert.Single(await AttemptsAsync(page, "c2"))!["source"]!);
    }

    [Fact]
    public async Task What_an_earlier_attempt_replaces_is_kept()
    {
        await using var page = await _server.OpenAsync("a");
        await page.EditAsync("c2", "just typed", 1);
        await page.TellAsync("keep", new { cell = "c2" });
        await page.WaitForAsync("learning", told => (int)LearningOf(told, "c2")!["attempts"]! == 1);
        Assert.Equal("Replaced", (string)Assert.Single(await AttemptsAsync(page, "c2"))!["why"]!);
    }

    [Fact]
    public async Task A_prediction_is_told_to_every_page_and_known_to_the_next_server()
    {
        await using (var one = await _server.OpenAsync("a"))
        {
            await using var two = await _server.OpenAsync("a");
            await two.WaitForAsync("learning", told => !(bool)LearningOf(told, "c3")!["hasPredicted"]!);
            await one.TellAsync("predict", new { cell = "c3", words = "  a <b>bold</b> guess " });
            var told = await two.WaitForAsync("learning", told => (bool)LearningOf(told, "c3")!["hasPredicted"]!);
            Assert.Equal("a <b>bold</b> guess", (string)LearningOf(told, "c3")!["prediction"]!);
            Assert.Equal("What <comes>?", (string)LearningOf(told, "c3")!["question"]!);
        }

        await RestartAsync();
        await using var again = await _server.OpenAsync("a");
        var known = await again.WaitForAsync("learning");
        Assert.Equal("a <b>bold</b> guess", (string)LearningOf(known, "c3")!["prediction"]!);
        await again.TellAsync("predict", new { cell = "c3", again = true });
        await again.WaitForAsync("learning", told => !(bool)LearningOf(told, "c3")!["hasPredicted"]!);
        await again.TellAsync("predict", new { cell = "c3" });
        await again.WaitForAsync(
            "learning",
            told => (bool)LearningOf(told, "c3")!["hasPredicted"]! && LearningOf(told, "c3")!["prediction"] is null
        );
    }

    [Fact]
    public async Task The_page_is_served_with_what_is_to_be_predicted_folded()
    {
        await _server.AdmitAsync();
        Assert.Contains(
            """<section class="code awaits-prediction" id="cell-c3" """,
            await HtmlAsync(),
            StringComparison.Ordinal
        );
        await using var page = await _server.OpenAsync("a");
        await page.TellAsync("predict", new { cell = "c3", words = "seven" });
        await page.WaitForAsync("learning", told => (bool)LearningOf(told, "c3")!["hasPredicted"]!);
        Assert.DoesNotContain("awaits-prediction", await HtmlAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ask":"predict","cell":"c1","words":"no question was asked here"}""")]
    [InlineData("""{"ask":"predict","cell":"unknown","words":"x"}""")]
    [InlineData("""{"ask":"predict"}""")]
    [InlineData("""{"ask":"keep","cell":"c4"}""")]
    [InlineData("""{"ask":"keep","cell":"../../x"}""")]
    [InlineData("""{"ask":"keep","cell":null}""")]
    [InlineData("""{"ask":"attempts","id":1}""")]
    public async Task Messages_that_do_not_fit_leave_nothing_behind(string message)
    {
        await using var page = await _server.OpenAsync("a");
        await page.SendAsync(message);
        Assert.Empty(await AttemptsAsync(page, "unknown"));
        Assert.False(Directory.Exists(_folder.PathOf("my", ".learning")));
    }

    [Fact]
    public async Task A_long_prediction_is_cut_and_not_refused()
    {
        await using var page = await _server.OpenAsync("a");
        await page.TellAsync("predict", new { cell = "c3", words = new string('x', 1_000_000) });
        var told = await page.WaitForAsync("learning", told => (bool)LearningOf(told, "c3")!["hasPredicted"]!);
        Assert.Equal(10_000, ((string)LearningOf(told, "c3")!["prediction"]!).Length);
    }

    [Fact]
    public async Task The_page_that_types_learns_whether_the_cell_can_be_reset()
    {
        await using var page = await _server.OpenAsync("a");
        await page.EditAsync("c2", "changed", 1);
        await page.WaitForAsync("resettable", told => (bool)told["canReset"]!);
        await page.EditAsync("c2", "// Exercise 1: a blank", 2);
        await page.WaitForAsync("resettable", told => !(bool)told["canReset"]!);
    }

    // A cell that shows the verdict of a check in the form for programs.
    private static string Verdict(string verdict) =>
        $$"""""
            """{"exercise":"00.1","verdict":"{{verdict}}","hints":[]}""".DisplayAs("application/vnd.rnncourse.verdict+json");
            """"";

    private static JsonNode? LearningOf(JsonNode told, string cell) =>
        told["cells"]!.AsArray().FirstOrDefault(known => (string?)known!["cell"] == cell);

    private static async Task<JsonArray> AttemptsAsync(TestPage page, string cell) =>
        (await page.AskAsync("attempts", cell, ""))["attempts"]!.AsArray();

    private async Task<string> HtmlAsync() =>
        await _server.Client.GetStringAsync("notebook/a.html", TestContext.Current.CancellationToken);

    private async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _server = await TestServer.StartAsync(Course, _folder);
    }
}
