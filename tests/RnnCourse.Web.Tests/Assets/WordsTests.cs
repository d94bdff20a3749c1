namespace RnnCourse.Web.Tests.Assets;

/// <summary>The meaning of words and symbols, by mouse, keyboard and touch.</summary>
public sealed class WordsTests(Browser browser) : ServedPageTests(browser)
{
    private const string Card = "document.querySelector('#word-card')";

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task A_word_a_statement_and_a_formula_tell_what_they_mean(int width, bool isDark)
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder.Notebooks, "GLOSSARY.md"),
            "| term | meaning | lesson |\n|---|---|---|\n| loss | Says how bad the outputs are. | [04](x.ipynb) |\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(Folder.Notebooks, "NOTATION.md"),
            "| symbol | meaning |\n|---|---|\n| $W$ | from state to state |\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(Folder.Notebooks, "CLAIMS.md"),
            "| | The lecture states |\n|---|---|\n| **L07** | Sharing makes it agnostic to the length. |\n",
            TestContext.Current.CancellationToken
        );
        Folder.Write(
            "a",
            "# The loss\n\nIts loss falls (**L07**), as $W x$ says.",
            "1",
            "# Again\n\nThe loss, $W$, and L07."
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"), width: width, isDark: isDark);

        // Once in the notebook; the statement each time.
        Assert.Equal(
            "loss,L07,symbols,L07",
            await page.ReadAsync<string>(
                "[...document.querySelectorAll('#cells [tabindex=\"0\"]:is(abbr, span)')]"
                    + ".map(mark => mark.className === 'symbols'"
                    + " ? 'symbols' : mark.textContent).join()"
            )
        );
        await page.Page.FocusAsync("#cell-c1");
        await page.Page.EvaluateExpressionAsync("document.querySelector('#cell-c1 button.menu').focus()");

        // First comes the heading's link to itself.
        await page.PressAsync("Tab");
        await page.PressAsync("Tab");
        await page.UntilAsync(
            $"!{Card}.hidden && {Card}.textContent === 'loss Says how bad the outputs are.Lesson 04 introduces it.'"
        );
        await page.UntilAsync("document.activeElement.getAttribute('aria-describedby') === 'word-card'");
        await page.ScreenshotAsync($"words-{width}");
        await page.PressAsync("Tab");
        await page.UntilAsync($"{Card}.textContent === 'The lecture states Sharing makes it agnostic to the length.'");
        await page.PressAsync("Tab");
        await page.UntilAsync($"{Card}.textContent === 'W from state to state'");
        await page.PressAsync("Escape");
        await page.UntilAsync($"{Card}.hidden");

        // With the mouse, also where it isn't the first occurrence.
        await page.Page.HoverAsync("#cell-c3 .symbols");
        await page.UntilAsync($"!{Card}.hidden && {Card}.textContent === 'W from state to state'");
        await page.Page.HoverAsync("#toolbar");
        await page.UntilAsync($"{Card}.hidden");
        await page.ClickAsync("#cell-c1 abbr.word");
        await page.UntilAsync($"!{Card}.hidden");
        Assert.Equal(
            0,
            await page.ReadAsync<int>(
                "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
            )
        );
        Assert.Equal([], page.Problems);
    }
}
