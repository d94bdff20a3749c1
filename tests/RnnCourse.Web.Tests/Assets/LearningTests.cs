using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>What a learner does on the page beside writing and running code: hints, solutions, attempts; all of
/// it by the keyboard, on a narrow screen, in the dark.</summary>
public sealed class LearningTests(Browser browser) : LessonPageTests(browser)
{
    [Fact]
    public async Task Hints_solution_and_comparison_leave_the_cell_alone_and_the_solution_asks_first()
    {
        await using var page = await OpenAsync(First);
        await RunAllAboveAsync(page, "exercise-2");
        await page.TypeAsync("exercise-2", WeightedSum("return w[0] * x[0];"));
        var typed = await SourceAsync(page, "exercise-2");
        await page.RunAsync("exercise-2");
        await page.UntilShownAsync("exercise-2", "Not yet");
        Assert.Equal(1, await CountAsync(page, "#cell-exercise-2 .hints li"));

        // On the page the reader uses buttons for help, so the text doesn't mention code for it.
        Assert.DoesNotContain(
            ".Hint()",
            await page.ReadAsync<string>("document.querySelector('#cell-exercise-2 .outputs').innerText"),
            StringComparison.Ordinal
        );
        await page.ClickWordsAsync("exercise-2", "Next hint");
        await page.UntilAsync("document.querySelectorAll('#cell-exercise-2 .hints li').length === 2");

        await page.ClickWordsAsync("exercise-2", "Solution");
        await page.UntilAsync("document.activeElement.textContent === 'Show it'");
        Assert.Equal(0, await CountAsync(page, "#cell-exercise-2 .code-view"));
        await page.ClickWordsAsync("exercise-2", "Not yet");
        Assert.Equal(0, await CountAsync(page, "#cell-exercise-2 .code-view"));
        await page.ClickWordsAsync("exercise-2", "Compare with mine");
        Assert.Equal(0, await CountAsync(page, "#cell-exercise-2 .comparison"));
        await page.ClickWordsAsync("exercise-2", "Show it");
        await page.UntilAsync("document.querySelector('#cell-exercise-2 .comparison tr.changed mark') !== null");
        await page.ScreenshotAsync("learning-compare");
        Assert.Equal(
            2,
            await page.ReadAsync<int>(
                "document.querySelector('#cell-exercise-2 .comparison tr.same').querySelectorAll('td').length"
            )
        );

        // The page asks only once; afterwards a click shows both.
        await page.ClickWordsAsync("exercise-2", "Solution");
        await page.UntilAsync(
            "document.querySelector('#cell-exercise-2 .code-view')?.textContent.includes('sum += w[k] * x[k]')"
        );
        Assert.Equal(typed, await SourceAsync(page, "exercise-2"));

        // Opened parts stay open when the same verdict arrives again.
        await page.RunAsync("exercise-2");
        await page.UntilAsync("document.querySelectorAll('#cell-exercise-2 .hints li').length === 2");
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_has_its_hints_and_its_solution_all_the_same()
    {
        await using var page = await OpenAsync(First);
        Assert.False(await IsShownAsync(page, "exercise-2", "Help"));
        await page.TypeAsync("exercise-2", WeightedSum("retrun 1"));
        await page.RunAsync("exercise-2", "failed");
        await page.ClickWordsAsync("exercise-2", "Help");
        await page.ClickWordsAsync("exercise-2", "Hint");
        await page.UntilAsync("document.querySelectorAll('#cell-exercise-2 .hints li').length === 1");
        await page.ClickWordsAsync("exercise-2", "Solution");
        await page.ClickWordsAsync("exercise-2", "Show it");
        await page.UntilAsync("document.querySelector('#cell-exercise-2 .code-view') !== null");
        Assert.Equal(WeightedSum("retrun 1"), await SourceAsync(page, "exercise-2"));

        // Also after a reload; a cell with its own verdict needs no other one.
        await page.Page.ReloadAsync();
        await page.UntilReadyAsync();
        await page.ClickWordsAsync("exercise-2", "Help");
        await RunAllAboveAsync(page, "exercise-2");
        await page.TypeAsync("exercise-2", WeightedSum("return 1;"));
        await page.RunAsync("exercise-2");
        await page.UntilShownAsync("exercise-2", "Not yet");
        await page.UntilAsync("document.querySelectorAll('#cell-exercise-2 .verdict-panel').length === 1");
        Assert.False(await IsShownAsync(page, "exercise-2", "Help"));
        Assert.Equal([], page.Problems);
    }

    [Theory]
    [InlineData("00-start-here", "exercise-2", "Make a check turn green", "Read a figure")]
    [InlineData("06-recurrent-connection", "exercise-1b", "Then, without looking above", "First the step")]
    public async Task What_an_exercise_asks_is_at_hand_at_its_cell(
        string lesson,
        string cell,
        string asked,
        string notAsked
    )
    {
        await using var page = await OpenAsync(lesson);
        await page.UntilAsync($"document.querySelector('#cell-{cell} .task') !== null");
        await page.ReadAsync<object?>($"void document.querySelector('#cell-{cell} .task summary').click()");
        var words = await page.ReadAsync<string>($"document.querySelector('#cell-{cell} .task').innerText");
        Assert.Contains(asked, words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(notAsked, words, StringComparison.OrdinalIgnoreCase);

        // Each exercise has one, and all are different.
        var all = await page.ReadAsync<string[]>(
            "[...document.querySelectorAll('[id^=cell-exercise] .task .prose')].map(task => task.textContent)"
        );
        Assert.Equal(await CountAsync(page, "[id^=cell-exercise-]"), all.Distinct().Count());
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task Indices_in_a_verdict_are_written_as_on_paper()
    {
        await using var page = await OpenAsync("06-recurrent-connection");
        const string Parameters =
            "double[] x_i, double[] s_prev, double[,] U, double[,] W, double[,] V, double[] b, double[] c";
        await page.TypeAsync(
            "exercise-1a",
            $"(double[] s_i, double[] y_i) MyStep({Parameters}) =>\n"
                + "    (b.Select((bias, h) => Math.Tanh(bias + x_i.Select((x, d) => U[h, d] * x).Sum()))"
                + ".ToArray(), c);\n"
                + "Check.StepInLoops(MyStep)"
        );
        await RunAllAboveAsync(page, "exercise-1a");
        await page.RunAsync("exercise-1a");
        await page.UntilAsync(
            "document.querySelector('#cell-exercise-1a .verdict-message sub')?.textContent === 'i−1'"
        );
        Assert.DoesNotContain(
            "_{",
            await page.ReadAsync<string>("document.querySelector('#cell-exercise-1a .outputs').innerText"),
            StringComparison.Ordinal
        );
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task A_solved_exercise_offers_what_to_do_next()
    {
        await using var page = await OpenAsync(First);
        await RunAllAboveAsync(page, "exercise-1");
        await page.TypeAsync("exercise-1", "Check.CommonestWord(counts.MaxBy(pair => pair.Value).Key)");
        await page.RunAsync("exercise-1");
        await page.UntilAsync(
            "document.querySelector('#cell-exercise-1 .next-steps')?.textContent.includes('exercise 2, make a check')"
        );
        Assert.Equal(3, await CountAsync(page, "#cell-exercise-1 .next-steps a"));
        await page.ClickWordsAsync("exercise-1", "Compare with mine");
        await page.UntilAsync("document.querySelector('#cell-exercise-1 .comparison') !== null");

        await page.ReadAsync<object?>("void document.querySelector('#cell-exercise-1 .next-steps a').click()");
        await page.UntilAsync("document.activeElement.id === 'cell-exercise-2'");
        await page.TypeAsync("exercise-2", WeightedSum("return w.Zip(x, (p, q) => p * q).Sum();"));
        await page.RunAsync("exercise-2");

        // The first one's offer follows.
        await page.UntilAsync(
            "!document.querySelector('#cell-exercise-1 .next-steps').textContent.includes('exercise 2')"
        );
        await page.UntilAsync(
            "document.querySelector('#cell-exercise-2 .next-steps a:last-child').href.endsWith('.html')"
        );
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task Attempts_outlive_a_reset_a_reload_and_the_server_and_come_back_into_the_cell()
    {
        var (one, two) = (WeightedSum("return 1;"), WeightedSum("return 2;"));
        await using (var page = await OpenAsync(First))
        {
            await RunAllAboveAsync(page, "exercise-2");
            Assert.False(await IsShownAsync(page, "exercise-2", "Start again"));
            await page.TypeAsync("exercise-2", one);
            await page.RunAsync("exercise-2");
            await page.TypeAsync("exercise-2", two);
            await page.ClickWordsAsync("exercise-2", "Start again");
            await page.UntilAsync(
                "document.querySelector('#cell-exercise-2 .cm-content').textContent.includes('NotImplemented')"
            );
            await page.UntilSavedAsync();
        }

        await Server.DisposeAsync();
        Server = await StartAsync();
        await using var again = await OpenAsync(First);
        await again.ClickWordsAsync("exercise-2", "Attempts (2)");
        await again.UntilAsync(
            "document.querySelector('#cell-exercise-2 .attempts code')?.textContent.includes('return 2;')"
        );
        await again.ClickWordsAsync("exercise-2", "Older");
        await again.UntilAsync(
            "document.querySelector('#cell-exercise-2 .attempts code').textContent.includes('return 1;')"
        );
        await again.UntilAsync("document.activeElement.closest('.attempts') !== null");
        await again.ClickWordsAsync("exercise-2", "Compare with the cell");
        await again.UntilAsync("document.querySelector('#cell-exercise-2 .attempts .comparison') !== null");
        await again.ScreenshotAsync("learning-attempts");
        await again.TypeAsync("exercise-2", "// typed meanwhile, never run");
        await again.ClickWordsAsync("exercise-2", "Bring it back");
        await again.UntilAsync(
            "document.querySelector('#cell-exercise-2 .cm-content').textContent.includes('return 1;')"
        );
        await again.UntilSavedAsync();
        Assert.Equal(one, await SourceAsync(again, "exercise-2"));
        Assert.Equal(
            one,
            NotebookReader
                .Read(Folder.PathOf("my", First + ".ipynb"))
                .Cells.Single(cell => cell.Id == "exercise-2")
                .Source
        );

        // The text that it replaced is kept, too.
        await again.ClickWordsAsync("exercise-2", "Attempts (3)");
        await again.UntilAsync(
            "document.querySelector('#cell-exercise-2 .attempts code')?.textContent.includes('typed meanwhile')"
        );
        Assert.Equal([], again.Problems);
    }

    [Fact]
    public async Task All_of_it_is_done_by_the_keyboard_alone()
    {
        await using var page = await OpenAsync("01-sequence-problems");

        // A prediction: typed, and Enter on its button.
        await page.ReadAsync<object?>($"void document.querySelector('#cell-{Predicted}').focus()");
        await TabToAsync(page, "document.activeElement.matches('.prediction textarea')");
        await page.Page.Keyboard.TypeAsync("far");
        await TabToAsync(page, "document.activeElement.textContent === 'Show the result'");
        await page.PressAsync("Enter");
        await page.UntilAsync($"document.querySelector('#cell-{Predicted} .outputs').checkVisibility()");
        await page.UntilAsync("document.activeElement.matches('.prediction.is-made')");

        // An exercise: hint, solution, comparison.
        await page.ReadAsync<object?>("void document.querySelector('[id^=cell-exercise-1]').focus()");
        await TabToAsync(page, "document.activeElement.textContent === 'Hint'");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.textContent === 'Next hint'");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.textContent === 'Solution'");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.textContent === 'Show it'");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.matches('.code-view')");

        // A quiz: Enter on the cell leads to the choices, arrows choose, Enter takes, Escape leads back.
        await page.ReadAsync<object?>($"void document.querySelector('#cell-{Quiz}').focus()");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.matches('[name$=first][value=a]')");
        await page.PressAsync("ArrowDown");
        await page.UntilAsync("document.activeElement.matches('[name$=first][value=b]:checked')");
        Assert.Equal(0, await CountAsync(page, $"#cell-{Quiz} .said:not([hidden])"));
        await page.PressAsync("Enter");
        await page.UntilAsync($"document.querySelectorAll('#cell-{Quiz} .said:not([hidden])').length === 1");
        await page.UntilAsync("document.activeElement.getAttribute('aria-describedby')?.endsWith('said')");
        await page.UntilAsync(
            "document.getElementById('announcements').textContent"
                + " === document.querySelector('.said:not([hidden])').textContent"
        );
        await page.PressAsync("Escape");
        await page.UntilAsync($"document.activeElement.id === 'cell-{Quiz}'");
        Assert.Equal([], page.Problems);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Axe_finds_nothing_serious_with_everything_open(int width, bool isDark)
    {
        AxeCore.SkipWithoutIt();

        await using var page = await Browser.OpenAsync(Server.Server.AddressOf(First), width, 900, isDark);
        await RunAllAboveAsync(page, "exercise-2");
        await page.TypeAsync("exercise-2", WeightedSum("return 1;"));
        await page.RunAsync("exercise-2");
        await page.ClickWordsAsync("exercise-2", "Compare with mine");
        await page.ClickWordsAsync("exercise-2", "Show it");
        await page.ClickWordsAsync("exercise-2", "Attempts (1)");
        await page.UntilAsync("document.querySelector('.attempts .code-view') !== null");
        foreach (var (question, letter) in new[] { ("first", "a"), ("second", "b") })
        {
            await page.ReadAsync<object?>(
                $"void document.querySelector('#cell-{Quiz} input[name$={question}][value={letter}]').click()"
            );
            await page.ClickWordsAsync(Quiz, "Check");
            await page.UntilAsync(
                $"document.querySelector('#cell-{Quiz} [name$={question}]:checked').getAttribute('aria-describedby')"
            );
        }

        foreach (var place in new[] { "cell-exercise-2", "cell-quiz" })
        {
            await page.ReadAsync<object?>($"void document.getElementById('{place}').scrollIntoView()");
            await page.ScreenshotAsync($"learning-{place}-{width}{(isDark ? "-dark" : "")}");
        }

        await AxeCore.AssertNothingSeriousAsync(
            page,
            "[...document.querySelectorAll('.output')]"
                + ".every(o => o.scrollWidth <= o.clientWidth + 1 || o.tabIndex === 0)"
        );
    }

    private static string WeightedSum(string body) =>
        "// Exercise 2: make a check turn green\ndouble WeightedSum(double[] w, double[] x)\n{\n    "
        + body
        + "\n}\nCheck.WeightedSum(WeightedSum)";

    private static async Task TabToAsync(BrowserPage page, string holds)
    {
        for (var i = 0; i < 60 && !await page.ReadAsync<bool>(holds); i++)
        {
            await page.PressAsync("Tab");
        }

        Assert.True(await page.ReadAsync<bool>(holds), holds);
    }

    private static Task<bool> IsShownAsync(BrowserPage page, string cell, string words) =>
        page.ReadAsync<bool>(
            $"[...document.querySelectorAll('#cell-{cell} button')]"
                + $".some(b => b.textContent.includes('{words}') && b.checkVisibility())"
        );
}
