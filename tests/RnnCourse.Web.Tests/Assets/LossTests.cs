using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Tests.Live;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Nothing that was typed is lost, whatever dies: the browser, the connection, the network.</summary>
public sealed class LossTests(Browser browser) : ServedPageTests(browser)
{
    [Fact]
    public async Task A_browser_that_is_killed_loses_nothing_that_is_in_the_file_which_follows_the_typing()
    {
        var path = Folder.Write("a", "// ");
        await using var killed = await Browser.StartAnotherAsync(Folder.PathOf("profile"));
        var page = await killed.OpenAsync(Server.AddressOf("a"));
        await page.Page.FocusAsync("#cell-c1 .cm-content");
        await page.PressAsync("Control", "End");

        // Without a pause; a program that waited for a pause would store nothing.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var typing = TypeWithoutPauseAsync(page, stop.Token);
        while (SourceIn(path).Length < 20)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        killed.Kill();
        await stop.CancelAsync();
        await typing;
        var stored = SourceIn(path);
        await using var again = await Browser.StartAnotherAsync(Folder.PathOf("profile"));
        var reopened = await again.OpenAsync(Server.AddressOf("a"));
        await reopened.UntilSavedAsync();
        var shown = await reopened.ReadAsync<string>("document.querySelector('#cell-c1 .cm-content').textContent");
        Assert.StartsWith(stored, shown, StringComparison.Ordinal);
        Assert.Equal(shown, SourceIn(path));
        Assert.Single(NotebookReader.Read(path).Cells);
    }

    [Fact]
    public async Task Without_network_what_is_typed_is_kept_and_saved_once_it_is_back()
    {
        var path = Folder.Write("a", "old", "# A text");
        using var forwarder = new Forwarder(Server.Port);
        await ServeThroughAsync(forwarder);
        await using var page = await Browser.OpenAsync(forwarder.Through(Server.AddressOf("a")));
        await page.UntilSavedAsync();

        // The browser's emulation keeps sockets open; a real loss of the network doesn't.
        await page.Page.SetOfflineModeAsync(true);
        forwarder.Cut();
        await page.UntilAsync("document.querySelector('.session').textContent === 'not connected'");
        await page.TypeAsync("c1", "typed without network");
        await page.UntilAsync("document.querySelector('.saving').textContent === 'Not saved'");
        await TypeTextAsync(page);
        await page.ScreenshotAsync("offline");
        Assert.Equal("old", SourceIn(path));
        await page.Page.SetOfflineModeAsync(false);
        await AssertSavedAsync(page, path, "typed without network");
    }

    [Fact]
    public async Task Without_network_a_controls_value_is_kept_and_runs_its_cell_once_it_is_back()
    {
        const string Cell = """
            var word = Ask("{\"control\":\"text\",\"name\":\"word\",\"maxLength\":80,\"default\":\"cat\"}");
            $"the {word}"
            """;
        Folder.Write("a", LiveControlsTests.Library, Cell);
        using var forwarder = new Forwarder(Server.Port);
        await ServeThroughAsync(forwarder);
        await using var page = await Browser.OpenAsync(forwarder.Through(Server.AddressOf("a")));
        await page.RunAsync("c1");
        await page.RunAsync("c2");
        await page.UntilShownAsync("c2", "the \"cat\"");
        await page.Page.SetOfflineModeAsync(true);
        forwarder.Cut();
        await page.UntilAsync("document.querySelector('.session').textContent === 'not connected'");
        await page.Page.FocusAsync("#cell-c2 input[type=text]");
        await page.PressAsync("End");
        await page.Page.Keyboard.TypeAsync("fish");
        await page.UntilAsync("document.querySelector('[data-subject=unreachable]') !== null");
        await page.Page.SetOfflineModeAsync(false);
        await page.UntilShownAsync("c2", "the \"catfish\"");
        Assert.Equal("catfish", await page.ReadAsync<string>("document.activeElement.value"));
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_noticed_and_what_was_typed_meanwhile_is_saved()
    {
        var path = Folder.Write("a", "old", "# A text");
        using var forwarder = new Forwarder(Server.Port);
        await ServeThroughAsync(forwarder);
        await using var page = await Browser.OpenAsync(forwarder.Through(Server.AddressOf("a")));
        await page.UntilSavedAsync();
        forwarder.FallSilent();
        await page.TypeAsync("c1", "typed into the silence");
        await page.UntilAsync("document.querySelector('.saving').textContent === 'Not saved'");

        // Actions that need the server say so, and typing continues to work.
        await page.ClickWordsAsync("Run all");
        await page.UntilAsync("document.querySelector('[data-subject=unreachable]') !== null");
        await TypeTextAsync(page);
        await page.ScreenshotAsync("silence");
        forwarder.Recover();
        await AssertSavedAsync(page, path, "typed into the silence");
    }

    [Fact]
    public async Task A_forwarded_port_of_another_number_works_once_it_is_named_and_not_before()
    {
        Folder.Write("a", "40 + 2");
        using var forwarder = new Forwarder(Server.Port);
        await using (var refused = await Browser.OpenAnythingAsync(forwarder.Through(Server.AddressOf("a"))))
        {
            var words = await refused.ReadAsync<string>("document.body.textContent");
            Assert.Contains($"--host localhost:{forwarder.Port}", words, StringComparison.Ordinal);
        }

        await ServeThroughAsync(forwarder);
        await using var page = await Browser.OpenAsync(forwarder.Through(Server.AddressOf("a")));
        await page.RunAsync("c1");
        await page.UntilShownAsync("c1", "42");
        Assert.Equal([], page.Problems);
    }

    private static async Task TypeWithoutPauseAsync(BrowserPage page, CancellationToken stop)
    {
        try
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await page.Page.Keyboard.TypeAsync($"{i % 10}");
                await Task.Delay(20, stop);
            }
        }
        catch (Exception e) when (e is PuppeteerSharp.PuppeteerException or OperationCanceledException)
        {
            // The browser was killed, as intended.
        }
    }

    private static string SourceIn(string path) => NotebookReader.Read(path).Cells[0].Source;

    // The same server again, which now accepts the forwarded port's host name.
    private async Task ServeThroughAsync(Forwarder forwarder)
    {
        await Server.DisposeAsync();
        Server = await TestServer.StartAsync(
            Folder,
            options => options with { Hosts = [$"localhost:{forwarder.Port}"] }
        );
    }

    private static async Task TypeTextAsync(BrowserPage page)
    {
        await page.Page.FocusAsync("#cell-c2");
        await page.PressAsync("Enter");
        await page.PressAsync("Control", "End");
        await page.Page.Keyboard.TypeAsync(", changed");
        await page.PressAsync("Escape");

        // The server renders the text; until it has done so, the text stays in its editor.
        await page.UntilAsync("document.querySelector('#cell-c2 .cm-content').checkVisibility()");
    }

    private static async Task AssertSavedAsync(BrowserPage page, string path, string code)
    {
        await page.UntilSavedAsync();
        await page.Page.FocusAsync("#cell-c2 .cm-content");
        await page.PressAsync("Escape");
        await page.UntilShownAsync("c2", "A text, changed");
        Assert.Equal([code, "# A text, changed"], NotebookReader.Read(path).Cells.Select(cell => cell.Source));
    }
}
