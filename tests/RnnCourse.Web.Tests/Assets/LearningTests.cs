using System.Text.Json;
using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>What a learner does on the page beside writing and running code: hints, solutions, attempts, quizzes,
/// predictions; with the mouse, by the keyboard, on a narrow screen, in the dark.</summary>
[Collection(InBrowser.Name)]
public sealed class LearningTests(Browser browser) : IAsyncLifetime
{
    private const string First = "00-start-here";
    private const string Quiz = "quiz-answers";
    private const string Predicted = "far-back";

    private const string Draft = $"document.querySelector('#cell-{Predicted} textarea')?.value";

    private readonly TestFolder _folder = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

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

        await _server.DisposeAsync();
        _server = await StartAsync();
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
                .Read(_folder.PathOf("my", First + ".ipynb"))
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
    public async Task A_quiz_is_answered_by_choices_that_write_the_code_and_each_is_explained_once_taken()
    {
        await using var page = await OpenAsync(First);
        Assert.Equal(3, await CountAsync(page, $"#cell-{Quiz} fieldset legend"));
        Assert.Equal(12, await CountAsync(page, $"#cell-{Quiz} input[type=radio]"));
        Assert.False(await page.ReadAsync<bool>($"document.querySelector('#cell-{Quiz} .source').checkVisibility()"));

        // The questions occur there once.
        Assert.Equal(
            1,
            await page.ReadAsync<int>(
                "[...document.querySelectorAll('#cells li, #cells label')]"
                    + ".filter(each => each.checkVisibility() && each.textContent.includes('approved of it')).length"
            )
        );

        // No cell has been run before: the cells that the check needs are run with it.
        await page.ClickAsync($"#cell-{Quiz} input[name$=first][value=a]");
        Assert.Equal(0, await CountAsync(page, $"#cell-{Quiz} .said:not([hidden])"));
        await page.ClickWordsAsync(Quiz, "Check");
        await page.UntilAsync(
            $"document.querySelector('#cell-{Quiz} .choice.is-wrong .said')?.textContent.length > 40"
        );
        await page.ClickAsync($"#cell-{Quiz} input[name$=second][value=b]");
        Assert.Equal(1, await CountAsync(page, $"#cell-{Quiz} .said:not([hidden])"));
        await page.ClickAsync($"#cell-{Quiz} input[name$=first][value=c]");
        Assert.Equal(0, await CountAsync(page, $"#cell-{Quiz} .said:not([hidden])"));
        await page.ClickWordsAsync(Quiz, "Check");
        await page.UntilAsync($"document.querySelectorAll('#cell-{Quiz} .choice.is-right').length === 1");
        await page.ScreenshotAsync("learning-quiz");
        await page.ClickAsync($"#cell-{Quiz} input[name$=third][value=a]");
        await page.ClickWordsAsync(Quiz, "Check");
        await page.UntilAsync($"document.querySelectorAll('#cell-{Quiz} .choice.is-right').length === 2");
        await page.ClickWordsAsync(Quiz, "Check");
        await page.UntilAsync($"document.querySelectorAll('#cell-{Quiz} .choice.is-right').length === 3");
        await page.UntilAsync($"document.querySelector('#cell-{Quiz} .next-steps a') !== null");
        await page.UntilSavedAsync();
        Assert.Equal(
            "// Type the letter of your answer between the quotes, such as \"b\"\n"
                + "Quiz.Answers(\"00\", first: \"c\", second: \"b\", third: \"a\")",
            NotebookReader.Read(_folder.PathOf("my", First + ".ipynb")).Cells.Single(cell => cell.Id == Quiz).Source
        );

        // After a reload the answers are chosen and explained as before.
        await page.Page.ReloadAsync();
        await page.UntilReadyAsync();
        await page.UntilAsync($"document.querySelectorAll('#cell-{Quiz} .choice.is-right :checked').length === 3");
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task Code_that_the_reader_wrote_in_another_form_is_shown_and_stays()
    {
        await using var page = await OpenAsync(First);
        await page.ClickWordsAsync(Quiz, "Show the code");
        const string Own = "var mine = \"c\";\nQuiz.Answers(\"00\", mine, \"b\", \"a\")";
        await page.TypeAsync(Quiz, Own);
        await page.UntilAsync($"!document.querySelector('#cell-{Quiz}').classList.contains('has-choices')");
        await page.UntilAsync($"document.querySelector('#cell-{Quiz} .other-form').checkVisibility()");
        await page.UntilSavedAsync();
        await page.Page.ReloadAsync();
        await page.UntilReadyAsync();
        await page.UntilAsync($"document.querySelector('#cell-{Quiz} .cm-content').checkVisibility()");
        Assert.Equal(Own, await SourceAsync(page, Quiz));

        // The questions are in the text again; and with the usual form the choices come back, comments stay.
        Assert.True(await page.ReadAsync<bool>("document.querySelector('#cell-quiz ul').checkVisibility()"));
        await page.TypeAsync(
            Quiz,
            "// my note\nQuiz.Answers(\"00\",\n  first: \"(C)\",\n  second: \"\", third: \"\");"
        );
        await page.UntilAsync($"document.querySelector('#cell-{Quiz} input[name$=first][value=c]').checked");
        await page.ReadAsync<object?>(
            $"void document.querySelector('#cell-{Quiz} input[name$=second][value=d]').click()"
        );
        await page.UntilAsync(
            $"document.querySelector('#cell-{Quiz} .cm-content').textContent.includes('second: \"d\"')"
        );
        Assert.Equal(
            "// my note\nQuiz.Answers(\"00\",\n  first: \"(C)\",\n  second: \"d\", third: \"\");",
            await SourceAsync(page, Quiz)
        );
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task An_output_waits_until_its_reader_has_predicted_it_and_both_are_shown_then()
    {
        const string Lesson = "01-sequence-problems";
        await using (var page = await OpenAsync(Lesson))
        {
            Assert.False(await HasOutputAsync(page));

            // The text below mentions the result, so it is hidden as well.
            Assert.False(await SaysAnswerAsync(page));
            await RunAllAboveAsync(page, Predicted);
            await page.RunAsync(Predicted);
            Assert.False(await HasOutputAsync(page));
            await page.Page.TypeAsync($"#cell-{Predicted} textarea", "Three steps <i>at most</i>");
            await page.ScreenshotAsync("learning-prediction");
            await page.ClickWordsAsync(Predicted, "Show the result");
            await page.UntilAsync($"document.querySelector('#cell-{Predicted} .outputs').checkVisibility()");
            Assert.True(await SaysAnswerAsync(page));
            Assert.Equal(
                "Three steps <i>at most</i>",
                await page.ReadAsync<string>(
                    $"document.querySelector('#cell-{Predicted} .prediction-words').textContent"
                )
            );
        }

        await _server.DisposeAsync();
        _server = await StartAsync();
        await using var again = await OpenAsync(Lesson);
        Assert.True(await HasOutputAsync(again));
        await again.ClickWordsAsync(Predicted, "Predict again");
        await again.UntilAsync($"!document.querySelector('#cell-{Predicted} .outputs').checkVisibility()");
        await again.ClickWordsAsync(Predicted, "Skip");
        await again.UntilAsync($"document.querySelector('#cell-{Predicted} .outputs').checkVisibility()");

        // An error isn't an answer: it is shown with or without a prediction.
        await again.ClickWordsAsync(Predicted, "Predict after all");
        await again.TypeAsync(Predicted, "nonsense(");
        await again.RunAsync(Predicted, "failed");
        await again.UntilAsync($"document.querySelector('#cell-{Predicted} .outputs .error')?.checkVisibility()");
        Assert.Equal([], again.Problems);
    }

    [Fact]
    public async Task A_prediction_that_is_being_written_outlives_a_reload_a_skip_and_the_server()
    {
        const string Lesson = "01-sequence-problems";
        await using (var page = await OpenAsync(Lesson))
        {
            await page.Page.TypeAsync($"#cell-{Predicted} textarea", "Three steps, becau");
            await page.Page.ReloadAsync();
            await page.UntilReadyAsync();
            await page.UntilAsync($"{Draft} === 'Three steps, becau'");
            await page.ClickWordsAsync(Predicted, "Skip");
            await page.ClickWordsAsync(Predicted, "Predict after all");
            await page.UntilAsync($"{Draft} === 'Three steps, becau'");

            // Another page of the same lesson is quicker; the draft on this page is kept.
            await using (var other = await OpenAsync(Lesson))
            {
                await other.Page.EvaluateExpressionAsync(
                    $"document.querySelector('#cell-{Predicted} textarea').value = 'Two'"
                );
                await other.ClickWordsAsync(Predicted, "Show the result");
            }

            await page.UntilAsync(
                $"document.querySelector('#cell-{Predicted} .prediction').innerText.includes('is kept')"
            );
            await page.ClickWordsAsync(Predicted, "Predict again");
            await page.UntilAsync($"{Draft} === 'Three steps, becau'");

            // The server doesn't receive it now; the text stays in its field.
            await _server.DisposeAsync();
            await page.ClickWordsAsync(Predicted, "Show the result");
            await page.UntilAsync($"{Draft} === 'Three steps, becau'");
        }

        _server = await StartAsync();
        await using var again = await OpenAsync(Lesson);
        await again.Page.TypeAsync($"#cell-{Predicted} textarea", "Four");
        await again.ClickWordsAsync(Predicted, "Show the result");
        await again.UntilAsync($"document.querySelector('#cell-{Predicted} .prediction-words') !== null");
        await again.Page.ReloadAsync();
        await again.UntilReadyAsync();

        // A reader who predicts again begins with the earlier prediction.
        await again.ClickWordsAsync(Predicted, "Predict again");
        await again.UntilAsync($"{Draft}?.endsWith('Four')");
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

        await using var page = await browser.OpenAsync(_server.Server.AddressOf(First), width, 900, isDark);
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

    private Task<BrowserPage> OpenAsync(string lesson) => browser.OpenAsync(_server.Server.AddressOf(lesson));

    private Task<TestServer> StartAsync() =>
        TestServer.StartAsync(
            new CourseNotebooks("Course", Repository.PathOf("notebooks"), _folder.PathOf("my"), Repository.Root),
            _folder
        );

    private static async Task RunAllAboveAsync(BrowserPage page, string cell)
    {
        await page.MenuAsync(cell, "Run all above");
        await page.UntilAsync(
            $"[...document.querySelectorAll('#cells > .code')].filter(c => c.compareDocumentPosition("
                + $"document.querySelector('#cell-{cell}')) & 4)"
                + ".every(c => ['fresh', 'failed'].includes(c.dataset.state))"
        );
    }

    private static async Task TabToAsync(BrowserPage page, string holds)
    {
        for (var i = 0; i < 60 && !await page.ReadAsync<bool>(holds); i++)
        {
            await page.PressAsync("Tab");
        }

        Assert.True(await page.ReadAsync<bool>(holds), holds);
    }

    private static Task<int> CountAsync(BrowserPage page, string selector) =>
        page.ReadAsync<int>($"document.querySelectorAll({JsonSerializer.Serialize(selector)}).length");

    private static Task<bool> SaysAnswerAsync(BrowserPage page) =>
        page.ReadAsync<bool>("document.querySelector('#cell-sentiment-text p').checkVisibility()");

    private static Task<bool> HasOutputAsync(BrowserPage page) =>
        page.ReadAsync<bool>($"document.querySelector('#cell-{Predicted} .outputs').checkVisibility()");

    private static Task<bool> IsShownAsync(BrowserPage page, string cell, string words) =>
        page.ReadAsync<bool>(
            $"[...document.querySelectorAll('#cell-{cell} button')]"
                + $".some(b => b.textContent.includes('{words}') && b.checkVisibility())"
        );

    private static Task<string> SourceAsync(BrowserPage page, string cell) =>
        page.ReadAsync<string>(
            $"[...document.querySelectorAll('#cell-{cell} .cm-line')].map(line => line.textContent).join('\\n')"
        );
}
