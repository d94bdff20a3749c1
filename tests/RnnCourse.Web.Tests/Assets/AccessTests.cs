using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Whether everybody can use the page: by the keyboard alone, with a screen reader, on a narrow screen, in the
/// dark.</summary>
public sealed class AccessTests(Browser browser) : ServedPageTests(browser)
{
    [Fact]
    public async Task A_notebook_is_worked_through_by_the_keyboard_alone()
    {
        var path = Folder.Write("a", "var x = 1;", "x", "# A text");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));

        // From the top of the page into the first editor.
        for (var i = 0; i < 40; i++)
        {
            await page.PressAsync("Tab");
            if (await page.ReadAsync<bool>("document.activeElement.id === 'cell-c1'"))
            {
                break;
            }
        }

        await page.PressAsync("Enter");

        await page.PressAsync("Control", "End");
        await page.Page.Keyboard.TypeAsync(" // changed");
        await page.PressAsync("Shift", "Enter");
        await page.UntilCellAsync("c1", "fresh");
        await page.PressAsync("Shift", "Enter");
        await page.UntilShownAsync("c2", "1");

        // The text has the focus now; Enter edits it, Escape leaves it.
        await page.UntilAsync("document.activeElement.id === 'cell-c3'");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.closest('#cell-c3 .cm-content') !== null");
        await page.PressAsync("Control", "End");
        await page.Page.Keyboard.TypeAsync(", changed");
        await page.PressAsync("Escape");
        await page.UntilShownAsync("c3", "A text, changed");

        // A new cell below, deleted, and brought back.
        await page.Page.Keyboard.PressAsync("b");
        await page.UntilAsync(
            "document.querySelectorAll('.cell').length === 4 && document.activeElement.closest('.cm-content') !== null"
        );
        await page.Page.Keyboard.TypeAsync("3");
        await page.PressAsync("Escape");
        await page.UntilSavedAsync();
        await page.Page.Keyboard.PressAsync("d");
        await page.Page.Keyboard.PressAsync("d");
        await page.UntilAsync("document.querySelectorAll('.cell').length === 3");
        await page.Page.Keyboard.PressAsync("z");
        await page.UntilAsync("document.querySelectorAll('.cell').length === 4");
        await page.UntilSavedAsync();
        string[] expected = ["var x = 1; // changed", "x", "# A text, changed", "3"];
        while (!NotebookReader.Read(path).Cells.Select(cell => cell.Source).SequenceEqual(expected))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_lesson_with_its_exercises_wrong_then_right_is_done_by_the_keyboard_alone()
    {
        const string Lesson = "00-start-here";
        var solved = NotebookReader
            .Read(Repository.PathOf("notebooks", "solutions", Lesson + ".ipynb"))
            .Cells.ToDictionary(cell => cell.Id, cell => cell.Source);
        var notebooks = new CourseNotebooks(
            "Course",
            Repository.PathOf("notebooks"),
            Folder.PathOf("my"),
            Repository.Root
        );
        await using var server = await TestServer.StartAsync(notebooks, Folder);
        await using var page = await Browser.OpenAsync(server.Server.AddressOf(Lesson));
        while (!await page.ReadAsync<bool>("document.activeElement.classList.contains('cell')"))
        {
            await page.PressAsync("Tab");
        }

        var done = 0;
        foreach (var cell in NotebookReader.Read(Repository.PathOf("notebooks", Lesson + ".ipynb")).Cells)
        {
            // From cell to cell, text and code, the focus leads on by itself.
            await page.UntilAsync($"document.activeElement.closest('.cell')?.id === 'cell-{cell.Id}'");
            if (!cell.Id.StartsWith("exercise-", StringComparison.Ordinal))
            {
                await page.PressAsync("Shift", "Enter");
                if (cell is CodeCell)
                {
                    await page.UntilCellAsync(cell.Id, "fresh");
                }

                continue;
            }

            if (!await page.ReadAsync<bool>("document.activeElement.closest('.cm-content') !== null"))
            {
                await page.PressAsync("Enter");
            }

            await page.UntilAsync("document.activeElement.closest('.cm-content') !== null");
            await page.PressAsync("Control", "a");
            await page.Page.Keyboard.SendCharacterAsync("nonsense(");
            await page.PressAsync("Control", "Enter");
            await page.UntilCellAsync(cell.Id, "failed");
            await page.PressAsync("Control", "a");
            await page.Page.Keyboard.SendCharacterAsync(solved[cell.Id]);
            await page.PressAsync("Shift", "Enter");
            await page.UntilCellAsync(cell.Id, "fresh");
            await page.UntilShownAsync(cell.Id, "✓");
            done++;
        }

        Assert.Equal(2, done);
        await page.UntilSavedAsync();
    }

    [Fact]
    public async Task Escape_leads_out_of_an_editor_and_Tab_from_one_end_of_the_page_to_the_other()
    {
        Folder.Write("a", "1", "2");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Tab");
        Assert.Equal(
            "    1",
            await page.ReadAsync<string>("document.querySelector('#cell-c1 .cm-content').textContent")
        );
        await page.PressAsync("Escape");
        await page.UntilAsync("document.activeElement.id === 'cell-c1'");
        var seen = new List<string>();
        for (var i = 0; i < 30 && !seen.Contains("BODY"); i++)
        {
            await page.PressAsync("Tab");
            seen.Add(await page.ReadAsync<string>("document.activeElement.id || document.activeElement.tagName"));
        }

        Assert.Contains("cell-c2", seen);
        Assert.Contains("BODY", seen);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(1600, false)]
    public async Task Axe_finds_nothing_serious_in_a_lesson(int width, bool isDark)
    {
        AxeCore.SkipWithoutIt();

        var notebooks = new CourseNotebooks(
            "Course",
            Repository.PathOf("notebooks"),
            Folder.PathOf("my"),
            Repository.Root
        );
        await using var server = await TestServer.StartAsync(notebooks, Folder);
        await using var page = await Browser.OpenAsync(
            server.Server.AddressOf("06-recurrent-connection"),
            width,
            900,
            isDark
        );
        await page.ScreenshotAsync($"lesson-{width}{(isDark ? "-dark" : "")}");
        await page.Page.WaitForSelectorAsync("[id^=cell-exercise] .cm-content");
        await page.Page.FocusAsync("[id^=cell-exercise] .cm-content");
        await page.ScreenshotAsync($"exercise-{width}{(isDark ? "-dark" : "")}");
        await AxeCore.AssertNothingSeriousAsync(
            page,
            "document.querySelector('#cells [tabindex=\"0\"]:is(.output, .scroll, .formula, pre)') || innerWidth > 400"
        );
    }
}
