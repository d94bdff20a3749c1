using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Quizzes and predictions on the page.</summary>
public sealed class QuizAndPredictionTests(Browser browser) : LessonPageTests(browser)
{
    private const string Draft = $"document.querySelector('#cell-{Predicted} textarea')?.value";

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
            NotebookReader.Read(Folder.PathOf("my", First + ".ipynb")).Cells.Single(cell => cell.Id == Quiz).Source
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

        await Server.DisposeAsync();
        Server = await StartAsync();
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
            await Server.DisposeAsync();
            await page.ClickWordsAsync(Predicted, "Show the result");
            await page.UntilAsync($"{Draft} === 'Three steps, becau'");
        }

        Server = await StartAsync();
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

    private static Task<bool> SaysAnswerAsync(BrowserPage page) =>
        page.ReadAsync<bool>("document.querySelector('#cell-sentiment-text p').checkVisibility()");

    private static Task<bool> HasOutputAsync(BrowserPage page) =>
        page.ReadAsync<bool>($"document.querySelector('#cell-{Predicted} .outputs').checkVisibility()");
}
