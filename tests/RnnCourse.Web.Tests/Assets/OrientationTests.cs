using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>A reader's progress: exercises, which of them are solved, and which cells to run first.</summary>
public sealed class OrientationTests(Browser browser) : ServedPageTests(browser)
{
    private const string Correct =
        "\"{\\\"verdict\\\": \\\"correct\\\"}\".DisplayAs(\"application/vnd.rnncourse.verdict+json\");";

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task The_exercises_of_a_lesson_stand_in_one_list_with_what_is_solved(int width)
    {
        var notebook = TestFolder.Make(
            "# Lesson\n\n## One\n\n## Two",
            "// Exercise 1: the first\n" + Correct,
            "// Exercise 2: the second\n1"
        );
        NotebookWriter.Write(
            notebook with
            {
                Cells =
                [
                    .. notebook.Cells.Select(cell =>
                        cell is CodeCell
                            ? cell with
                            {
                                Metadata = new JsonObject { ["tags"] = new JsonArray("exercise") },
                            }
                            : cell
                    ),
                ],
            },
            Path.Combine(Folder.Notebooks, "e.ipynb")
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("e"), width: width);
        await page.RunAsync("c2");
        await page.RunAsync("c3");
        if (width > 1200)
        {
            await page.UntilAsync(
                "document.querySelector('.contents .exercises')?.textContent.includes('1 of 2 solved')"
            );
            await page.UntilAsync(
                "document.querySelector('.exercises .is-solved').textContent === '✓1 the first (solved)'"
            );
            await page.ClickAsync(".exercises li:last-child a");
        }
        else
        {
            await page.ClickWordsAsync("Contents");
            await page.UntilAsync(
                "[...document.querySelectorAll('[role=menuitem]')].some(item => "
                    + "item.textContent === '✓ 1 the first (solved)')"
            );
            await page.ScreenshotAsync("exercises-400");
            await page.PressAsync("End");
            await page.PressAsync("Enter");
        }

        await page.UntilAsync("document.activeElement.id === 'cell-c3'");
        Assert.Equal([], page.Problems);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task A_cell_that_lacks_what_others_declare_says_so_and_runs_them(int width, bool isDark)
    {
        Folder.Write("a", "var a = 1;", "var b = a + 1;", "b * 10");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"), width: width, isDark: isDark);
        await page.RunAsync("c3", "failed");
        await page.UntilAsync(
            "document.querySelector('#cell-c3 .needs p')?.textContent === "
                + "'b comes from cell 2, which has not run in this session.'"
        );
        await page.ScreenshotAsync($"needs-{width}");
        Assert.Equal(
            0,
            await page.ReadAsync<int>(
                "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
            )
        );
        await page.ClickWordsAsync("Run cells 1, 2 and this one");
        await page.UntilShownAsync("c3", "20");
        await page.UntilAsync("document.querySelector('.needs') === null");
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task A_scratch_cell_is_added_by_a_key_and_looks_like_one()
    {
        Folder.Write("a", "1");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1");
        await page.PressAsync("s");
        await page.UntilAsync("document.querySelectorAll('.cell.is-scratch .scratch-note').length === 1");
        await page.Page.Keyboard.TypeAsync("1 + 1");
        await page.UntilSavedAsync();
        await page.ScreenshotAsync("scratch");
        await page.ClickWordsAsync("More");
        await page.UntilAsync(
            "[...document.querySelectorAll('[role=menuitem]')].filter(item => "
                + "item.textContent.startsWith('Hand in')).length === 2"
        );
        Assert.Equal([], page.Problems);
    }

    [Theory]
    [InlineData("a page (.html)", "a.html", "<!doctype html>")]
    [InlineData("a notebook (.ipynb)", "a.ipynb", "\"nbformat\": 4")]
    public async Task What_is_handed_in_is_downloaded_with_what_was_typed_last(string kind, string file, string inside)
    {
        Folder.Write("a", "1 + 1", "2");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        var folder = Directory.CreateDirectory(Folder.PathOf("downloads-" + file)).FullName;
        var client = await page.Page.CreateCDPSessionAsync();
        await client.SendAsync(
            "Browser.setDownloadBehavior",
            new
            {
                behavior = "allow",
                browserContextId = page.Page.BrowserContext.Id,
                downloadPath = folder,
            }
        );
        await page.MenuAsync("c2", "Make this a scratch cell");
        await page.UntilAsync("document.querySelectorAll('.cell.is-scratch').length === 1");
        await page.TypeAsync("c1", "var answer = 40 + 2;");
        await page.ClickWordsAsync("More");
        await page.Page.EvaluateExpressionAsync(
            "[...document.querySelectorAll('[role=menuitem]')].find(item => item.textContent.includes("
                + $"'Hand in: {kind}')).click()"
        );
        var path = Path.Combine(folder, file);
        while (!File.Exists(path))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(inside, text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("answer", text, StringComparison.Ordinal);
        Assert.Contains("40", text, StringComparison.Ordinal);
        Assert.DoesNotContain("scratch", text, StringComparison.Ordinal);
        Assert.Equal([], page.Problems);
    }
}
