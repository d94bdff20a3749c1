using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>What a reader does with cells: divide, join, move and delete them, take that back, run several of
/// them.</summary>
public sealed class CellsTests(Browser browser) : ServedPageTests(browser)
{
    [Fact]
    public async Task A_cell_is_split_at_the_cursor_joined_again_and_all_of_it_is_taken_back()
    {
        var path = Folder.Write("a", "var x = 1;\nvar y = 2;");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Home");
        await page.PressAsync("ArrowDown");
        await page.PressAsync("Control", "Shift", "-");
        await page.UntilTextsAsync("var x = 1;", "var y = 2;");

        // The cursor is in the lower part; typed text is inserted there.
        await page.UntilAsync("document.activeElement.closest('.cell')?.id !== 'cell-c1'");
        await page.PressAsync("Control", "End");
        await page.Page.Keyboard.TypeAsync(" // below");
        await page.PressAsync("Escape");
        await page.PressAsync("k");
        await page.UntilAsync("document.activeElement.id === 'cell-c1'");
        await page.PressAsync("Shift", "M");
        await page.UntilTextsAsync("var x = 1;\nvar y = 2; // below");
        await page.PressAsync("z");
        await page.UntilTextsAsync("var x = 1;", "var y = 2; // below");
        await page.PressAsync("Shift", "Z");
        await page.UntilTextsAsync("var x = 1;\nvar y = 2; // below");
        while (NotebookReader.Read(path).Cells is not [{ Source: "var x = 1;\nvar y = 2; // below" }])
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task What_was_deleted_or_moved_comes_back_with_its_output()
    {
        Folder.Write("a", "1 + 1", "2", "3");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.UntilShownAsync("c1", "2");
        await page.PressAsync("Escape");
        await page.PressAsync("Alt", "ArrowDown");
        await page.UntilTextsAsync("2", "1 + 1", "3");
        await page.PressAsync("d");
        await page.PressAsync("d");
        await page.UntilTextsAsync("2", "3");
        await page.ScreenshotAsync("deleted");
        await page.ClickWordsAsync("Bring it back");
        await page.UntilTextsAsync("2", "1 + 1", "3");
        await page.UntilShownAsync("c1", "2");
        await page.UntilAsync("document.activeElement.id === 'cell-c1'");
        await page.PressAsync("z");
        await page.UntilTextsAsync("1 + 1", "2", "3");

        // The keyboard focus has not moved.
        await page.UntilAsync("document.activeElement.id === 'cell-c1'");
    }

    [Fact]
    public async Task Text_is_found_and_replaced_in_a_cell()
    {
        Folder.Write("a", "var one = 1;\nvar two = one + one;");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "f");
        await page.Page.WaitForSelectorAsync("#cell-c1 .cm-search input[name=search]");
        await page.Page.Keyboard.TypeAsync("one");
        await page.UntilAsync("document.querySelectorAll('#cell-c1 .cm-searchMatch').length === 3");
        await page.ScreenshotAsync("search");
        await page.Page.FocusAsync("#cell-c1 input[name=replace]");
        await page.Page.Keyboard.TypeAsync("uno");
        await page.ClickAsync("#cell-c1 button[name=replaceAll]");
        await page.UntilTextsAsync("var uno = 1;\nvar two = uno + uno;");
        await page.PressAsync("Escape");
        await page.UntilAsync("document.querySelector('.cm-search') === null");
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task All_above_run_a_restart_forgets_and_can_run_everything()
    {
        Folder.Write("a", "var runs = 0;", "runs++;", "Console.WriteLine($\"runs: {runs}\");", "runs = 100;");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.MenuAsync("c3", "Run all above");
        await page.UntilCellAsync("c2", "fresh");
        await page.RunAsync("c3");
        await page.UntilShownAsync("c3", "runs: 1");
        await page.UntilCellAsync("c4", "stored");
        await page.RunAsync("c2");
        await page.RunAsync("c3");
        await page.UntilShownAsync("c3", "runs: 2");

        await page.ClickWordsAsync("Restart");
        await page.UntilCellAsync("c3", "stored");
        await page.RunAsync("c3", "failed");
        await page.ClickWordsAsync("More");
        await page.ClickWordsAsync("Restart and run all");
        await page.UntilCellAsync("c4", "fresh");
        await page.UntilShownAsync("c3", "runs: 1");
    }

    [Fact]
    public async Task Progress_is_shown_in_place_while_the_cell_runs()
    {
        var gate = Folder.PathOf("gate");
        string Wait(int step) =>
            $"while (!System.IO.File.Exists(@\"{gate}{step}\")) System.Threading.Thread.Sleep(20);";
        Folder.Write(
            "a",
            "var shown = display(\"step 0\"); Console.Write(\"0 %\");"
                + $"{Wait(1)} shown.Update(\"step 1\"); Console.Write(\"\\r50 %\");"
                + $"{Wait(2)} shown.Update(\"step 2\"); Console.Write(\"\\r100 %\");"
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Enter");
        string[] percents = ["0 %", "50 %", "100 %"];
        for (var step = 0; step <= 2; step++)
        {
            await page.UntilAsync(
                $"document.querySelector('#cell-c1 .outputs').innerText.replace(/\\s+/g, ' ').trim() === "
                    + $"'step {step} {percents[step]}'"
            );
            await File.WriteAllTextAsync($"{gate}{step + 1}", "", TestContext.Current.CancellationToken);
        }

        await page.UntilCellAsync("c1", "fresh");
    }

    [Fact]
    public async Task A_list_of_headings_is_at_hand_on_narrow_screens_too_and_follows_the_texts()
    {
        Folder.Write("a", "# The title", "# Not the title\n\n## First", "1", "# Another\n\n## Second");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"), width: 400);
        await page.ClickWordsAsync("Contents");
        await page.UntilAsync(
            "[...document.querySelectorAll('[role=menuitem]')].map(item => item.textContent).join() === "
                + "'Not the title,First,Another,Second'"
        );
        await page.ScreenshotAsync("contents-400");
        await page.PressAsync("End");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.id === 'cell-c4'");
        await page.PressAsync("Enter");
        await page.PressAsync("Control", "End");
        await page.Page.Keyboard.TypeAsync(" thoughts");
        await page.PressAsync("Escape");
        await page.UntilShownAsync("c4", "Second thoughts");
        await page.ClickWordsAsync("Contents");
        await page.UntilAsync(
            "[...document.querySelectorAll('[role=menuitem]')].at(-1)?.textContent === 'Second thoughts'"
        );
    }
}
