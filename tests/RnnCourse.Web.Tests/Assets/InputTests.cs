namespace RnnCourse.Web.Tests.Assets;

/// <summary>Cells that ask their reader: each way of asking gives a field on the page.</summary>
public sealed class InputTests(Browser browser) : ServedPageTests(browser)
{
    [Theory]
    [InlineData("var text = Console.ReadLine();", "waits for a line", "text", "ab 12")]
    [InlineData("var text = Input(\"Your number?\");", "Your number?", "text", "Your number? ab 12")]
    [InlineData("#!set --name text --value @input:\"Your word\"", "Your word", "text", "Your word ab 12")]
    [InlineData("var text = Password(\"Your secret?\");", "Your secret?", "password", "Your secret? •••")]
    [InlineData("#!set --name text --value @password:\"The key\"", "The key", "password", "The key •••")]
    public async Task A_question_is_a_field_that_has_the_focus_and_the_answer_arrives(
        string code,
        string label,
        string type,
        string printed
    )
    {
        var path = Folder.Write("a", code, "Console.WriteLine(text.Length);");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.UntilAsync("document.activeElement === document.querySelector('#cell-c1 .question input')");
        Assert.Equal(type, await page.ReadAsync<string>("document.activeElement.type"));
        Assert.Contains(
            label,
            await page.ReadAsync<string>("document.activeElement.labels[0].textContent"),
            StringComparison.Ordinal
        );
        await page.ScreenshotAsync($"question-{type}");
        await page.Page.Keyboard.TypeAsync("ab 12");
        await page.PressAsync("Enter");
        await page.UntilCellAsync("c1", "fresh");
        await page.UntilAsync("document.querySelector('.question') === null");
        await page.UntilShownAsync("c1", printed);
        await page.RunAsync("c2");
        await page.UntilShownAsync("c2", "5");
        await page.UntilSavedAsync();
        if (type == "password")
        {
            Assert.DoesNotContain(
                "ab 12",
                await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_question_survives_a_reload_and_can_be_left_by_an_interrupt()
    {
        Folder.Write("a", "Input(\"Still there?\")", "var x = 3;", "x");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c2");
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.Page.WaitForSelectorAsync("#cell-c1 .question input");
        await page.Page.TypeAsync("#cell-c1 .question input", "I was just abo");
        await page.Page.ReloadAsync();
        await page.UntilReadyAsync();
        await page.UntilAsync("document.querySelector('#cell-c1 .question input')?.value === 'I was just abo'");
        await page.ClickWordsAsync("Stop");
        await page.UntilCellAsync("c1", "failed");
        await page.UntilAsync("document.querySelector('.question') === null");

        // An answer to a question that has disappeared doesn't answer the next one.
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "Enter");
        await page.UntilAsync("document.querySelector('#cell-c1 .question input')?.value === ''");
        await page.ClickWordsAsync("Stop");
        await page.UntilAsync("document.querySelector('.question') === null");
        await page.RunAsync("c3");
        await page.UntilShownAsync("c3", "3");
    }
}
