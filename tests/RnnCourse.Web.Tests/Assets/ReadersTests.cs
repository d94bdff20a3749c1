using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>What a reader does on the page, in a real browser: a lesson and its exercise, mistakes,
/// accidents.</summary>
public sealed class ReadersTests(Browser browser) : ServedPageTests(browser)
{
    [Fact]
    public async Task An_exercise_is_answered_wrong_then_right_on_the_lessons_own_page()
    {
        using var folder = new TestFolder();
        var notebooks = new CourseNotebooks(
            "Course",
            Repository.PathOf("notebooks"),
            folder.PathOf("my"),
            Repository.Root
        );
        await using var server = await TestServer.StartAsync(notebooks, folder);
        await using var page = await Browser.OpenAsync(server.Server.AddressOf("00-start-here"));
        await page.ClickWordsAsync("Run all");
        await page.UntilCellAsync("exercise-1", "fresh");
        await page.ScreenshotAsync("lesson-run");
        await page.TypeAsync("exercise-1", "Check.CommonestWord(\"cook\")");
        await page.PressAsync("Shift", "Enter");
        await page.UntilShownAsync("exercise-1", "Not yet");
        await page.ClickWordsAsync("exercise-1", "Next hint");
        await page.UntilAsync("document.querySelectorAll('#cell-exercise-1 .hints li').length === 2");
        await page.ScreenshotAsync("exercise-wrong");
        await page.TypeAsync("exercise-1", "Check.CommonestWord(counts.MaxBy(pair => pair.Value).Key)");
        await page.PressAsync("Shift", "Enter");
        await page.UntilShownAsync("exercise-1", "✓");
        await page.ScreenshotAsync("exercise-right");
        await page.UntilSavedAsync();
        var mine = NotebookReader.Read(folder.PathOf("my", "00-start-here.ipynb"));
        Assert.Equal(
            "Check.CommonestWord(counts.MaxBy(pair => pair.Value).Key)",
            mine.Cells.Single(cell => cell.Id == "exercise-1").Source
        );
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task What_is_typed_is_completed_explained_and_underlined()
    {
        Folder.Write("a", "int Twice(int number) => 2 * number;", "1");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.TypeAsync("c2", "");
        await page.Page.Keyboard.TypeAsync("Twi");
        await page.UntilAsync("document.querySelector('.cm-tooltip-autocomplete')?.textContent.includes('Twice')");
        await page.ScreenshotAsync("completion");
        // The editor ignores keys for a list that has just appeared (75 ms), since the key was meant for the text.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("(");
        await page.UntilAsync("document.querySelector('.signature')?.textContent.includes('int number')");
        await page.ScreenshotAsync("signature");
        await page.Page.Keyboard.TypeAsync("unknown");
        await page.UntilAsync("document.querySelector('#cell-c2 .cm-lintRange-error')?.textContent === 'unknown'");
        await page.Page.HoverAsync("#cell-c2 .cm-lintRange-error");
        await page.UntilAsync("document.querySelector('.cm-tooltip-lint')?.textContent.includes('unknown')");
        await page.ScreenshotAsync("mistake");
        Assert.Equal(
            "Twice(unknown)",
            await page.ReadAsync<string>("document.querySelector('#cell-c2 " + ".cm-content').textContent")
        );
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task A_loop_of_LINQ_without_end_is_stopped_and_what_was_set_stays()
    {
        Folder.Write(
            "a",
            "var kept = 41;",
            "Enumerable.Range(0, int.MaxValue).SelectMany(_ => Enumerable.Range(0, int.MaxValue)).Count(i => i < 0)",
            "kept + 1"
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.Page.FocusAsync("#cell-c2 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.UntilCellAsync("c2", "running");
        await page.ClickWordsAsync("Stop");
        await page.UntilCellAsync("c2", "failed");
        await page.RunAsync("c3");
        await page.UntilShownAsync("c3", "42");
    }

    [Fact]
    public async Task A_cell_that_ends_its_process_leaves_a_page_that_helps()
    {
        Folder.Write("a", "var x = 5;", "Environment.FailFast(\"on purpose\");", "x");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.Page.FocusAsync("#cell-c2 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.UntilAsync("document.querySelector('[data-subject=session]') !== null");
        await page.ScreenshotAsync("crash");
        await page.ClickWordsAsync("Run all cells above again");
        await page.UntilCellAsync("c1", "fresh");
        await page.RunAsync("c3");
        await page.UntilShownAsync("c3", "5");
    }

    [Fact]
    public async Task A_reload_while_a_cell_runs_loses_neither_output_nor_text()
    {
        var gate = Folder.PathOf("gate");
        Folder.Write(
            "a",
            $"Console.WriteLine(\"before\"); while (!System.IO.File.Exists(@\"{gate}\")) "
                + "System.Threading.Thread.Sleep(20); Console.WriteLine(\"after\");",
            "1"
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.UntilShownAsync("c1", "before");
        await page.TypeAsync("c2", "typed just before the reload");
        await page.Page.ReloadAsync();
        await page.UntilReadyAsync();
        await page.UntilAsync(
            "document.querySelector('#cell-c2 .cm-content').textContent === 'typed just " + "before the reload'"
        );
        await page.UntilCellAsync("c1", "running");
        await page.UntilShownAsync("c1", "before");
        File.WriteAllText(gate, "");
        await page.UntilShownAsync("c1", "after");
        await page.UntilCellAsync("c1", "fresh");
    }

    [Fact]
    public async Task Two_tabs_show_the_same()
    {
        Folder.Write("a", "var x = 1;", "x");
        await using var one = await Browser.OpenAsync(Server.AddressOf("a"));
        var two = await one.OpenAnotherAsync(Server.AddressOf("a"));
        await one.Page.BringToFrontAsync();
        await one.TypeAsync("c1", "var x = 7;");
        await two.UntilAsync("document.querySelector('#cell-c1 .cm-content').textContent === 'var x = 7;'");
        await one.RunAsync("c1");
        await two.Page.BringToFrontAsync();
        await two.RunAsync("c2");
        await one.UntilShownAsync("c2", "7");
    }

    [Fact]
    public async Task A_change_from_outside_while_a_cell_runs_appears_and_the_other_version_is_kept()
    {
        var gate = Folder.PathOf("gate");
        var path = Folder.Write(
            "a",
            $"while (!System.IO.File.Exists(@\"{gate}\")) " + "System.Threading.Thread.Sleep(20);",
            "two",
            "three"
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.UntilCellAsync("c1", "running");
        await page.TypeAsync("c2", "mine");
        await page.UntilSavedAsync();

        // Where the page is slow, the change from outside is on it before the next letter is typed. Nothing has to be
        // kept then, so both change the cell once more.
        var isKept = false;
        var theirs = "";
        for (var attempt = 1; !isKept && attempt <= 50; attempt++)
        {
            theirs = $"theirs {attempt}";
            var before = NotebookReader.Read(path);
            NotebookWriter.Write(
                before with
                {
                    Cells =
                    [
                        before.Cells[0],
                        before.Cells[1] with
                        {
                            Source = theirs,
                        },
                        before.Cells[2] with
                        {
                            Source = "3",
                        },
                    ],
                },
                path
            );
            await page.TypeAsync("c2", $"mine, later {attempt}");
            await page.UntilSavedAsync();
            isKept = IsKept(theirs);
        }

        await page.UntilAsync("document.querySelector('[data-subject=outside]') !== null");
        File.WriteAllText(gate, "");
        await page.UntilCellAsync("c1", "fresh");
        await page.UntilSavedAsync();
        await page.ScreenshotAsync("changed-outside");
        Assert.StartsWith("mine, later", NotebookReader.Read(path).Cells[1].Source, StringComparison.Ordinal);
        Assert.True(IsKept(theirs), "The version of the other program is not beside the notebook.");

        bool IsKept(string source) =>
            Directory
                .EnumerateFiles(Folder.Notebooks, "*.ipynb")
                .Where(file => file != path)
                .Select(NotebookReader.Read)
                .Any(notebook => notebook.Cells.Any(cell => cell.Source == source));
    }

    [Fact]
    public async Task Nothing_typed_is_lost_when_the_server_is_killed_and_started_again()
    {
        var path = Folder.Write("k", "old", "other");
        await Server.DisposeAsync();
        using var first = ServerProcess.Start(Folder);
        await using var page = await Browser.OpenAsync(first.AddressOf("k"));
        await page.TypeAsync("c1", "typed and saved");
        await page.UntilSavedAsync();
        await page.TypeAsync("c1", "typed, and then the server was killed");
        first.Kill();
        await page.TypeAsync("c2", "typed while there was no server");
        await page.UntilAsync("document.querySelector('.saving').textContent === 'Not saved'");
        await page.UntilAsync("document.querySelector('[data-subject=connection]') !== null");
        await page.ScreenshotAsync("server-gone");

        using var second = ServerProcess.Start(Folder);
        Assert.Equal(first.Address, second.Address);
        await page.UntilSavedAsync();
        Assert.Equal(
            ["typed, and then the server was killed", "typed while there was no server"],
            NotebookReader.Read(path).Cells.Select(cell => cell.Source)
        );
        second.Kill();
        Server = await TestServer.StartAsync(Folder);
    }

    [Fact]
    public async Task What_was_typed_without_a_server_survives_even_the_end_of_the_page()
    {
        var path = Folder.Write("k", "old");
        await Server.DisposeAsync();
        using var first = ServerProcess.Start(Folder);
        var target = first.AddressOf("k");
        await using var page = await Browser.OpenAsync(target);
        await page.UntilSavedAsync();
        first.Kill();
        await page.TypeAsync("c1", "typed while there was no server");
        await page.UntilAsync("document.querySelector('.saving').textContent === 'Not saved'");
        await page.Page.GoToAsync("about:blank");
        using var second = ServerProcess.Start(Folder);
        await page.Page.GoToAsync(target.AbsoluteUri);
        await page.UntilReadyAsync();
        await page.UntilAsync(
            "document.querySelector('#cell-c1 .cm-content').textContent === 'typed while " + "there was no server'"
        );
        await page.UntilSavedAsync();
        Assert.Equal("typed while there was no server", NotebookReader.Read(path).Cells[0].Source);
        second.Kill();
        Server = await TestServer.StartAsync(Folder);
    }

    [Fact]
    public async Task Scripts_in_outputs_and_texts_do_not_run()
    {
        Folder.Write(
            "a",
            "HTML(\"<img src=x onerror='window.bad=1'><script>window.bad=2</script><a "
                + "href='javascript:window.bad=3' id=link>link</a><b>shown</b>\")",
            "# <img src=x onerror='window.bad=4'> <svg onload='window.bad=5'></svg>"
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.UntilShownAsync("c1", "shown");
        await page.ReadAsync<object>("document.getElementById('link')?.click()");
        // The policy stops anything that the sanitiser might let through one day.
        await page.ReadAsync<object>(
            "document.querySelector('#cell-c1 .outputs').insertAdjacentHTML('beforeend', '<img src=y "
                + "onerror=\"window.bad=6\">')"
        );
        await page.UntilAsync("[...document.images].every(image => image.complete)");
        Assert.Null(await page.ReadAsync<object?>("window.bad ?? null"));
    }

    [Fact]
    public async Task A_figure_is_explored_in_a_frame_that_reaches_nothing_else()
    {
        var notebook = TestFolder.Make("1");
        var figure = new DisplayOutput(
            new MimeBundle([
                KeyValuePair.Create<string, MimeValue>(
                    "application/vnd.plotly.v1+json",
                    new MimeJson(
                        System.Text.Json.Nodes.JsonNode.Parse(
                            """{"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], "layout": {"title": {"text": "T"}}}"""
                        )
                    )
                ),
                KeyValuePair.Create<string, MimeValue>("text/html", new MimeText("<b>the still picture</b>")),
            ])
        );
        NotebookWriter.Write(
            notebook with
            {
                Cells = [((CodeCell)notebook.Cells[0]) with { Outputs = [figure] }],
            },
            Path.Combine(Folder.Notebooks, "f.ipynb")
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("f"));
        await page.UntilShownAsync("c1", "the still picture");
        await page.ClickWordsAsync("Explore");
        var frame = await page.Page.WaitForSelectorAsync("#cell-c1 iframe");
        var inside = (await frame.ContentFrameAsync())!;
        await inside.WaitForSelectorAsync(".bars .point");
        await page.ScreenshotAsync("explore");
        Assert.Equal("null", await inside.EvaluateExpressionAsync<string>("self.origin"));
        Assert.Equal(
            "refused",
            await inside.EvaluateExpressionAsync<string>(
                "(() => { try { return parent.document.title; } catch { return 'refused'; } })()"
            )
        );
        await page.ClickWordsAsync("Still picture");
        await page.UntilShownAsync("c1", "the still picture");
        Assert.Equal([], page.Problems);
    }
}
