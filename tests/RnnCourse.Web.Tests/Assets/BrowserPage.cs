using PuppeteerSharp;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>A notebook's page in a browser, used as a reader uses it.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    /// <summary>A day, in milliseconds. The driver always has a limit, and no test may depend on how busy the machine
    /// is. The gate ends a program in which no test ends for long.</summary>
    public const int Patience = 86_400_000;

    private readonly List<string> _problems = [];

    private BrowserPage(IPage page)
    {
        Page = page;
        page.PageError += (_, e) => Note(e.Message);
        page.Console += (_, e) =>
        {
            if (e.Message.Type == ConsoleType.Error && !IsLostConnection(e.Message.Text))
            {
                Note(e.Message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the page complained of, lost connections aside.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
            {
                return [.. _problems];
            }
        }
    }

    public static async Task<BrowserPage> OpenAsync(IPage page, Uri address, int width, int height, bool isDark)
    {
        var opened = await OpenAnythingAsync(page, address, width, height, isDark);
        await opened.UntilReadyAsync();
        return opened;
    }

    public static async Task<BrowserPage> OpenAnythingAsync(IPage page, Uri address, int width, int height, bool isDark)
    {
        page.DefaultTimeout = Patience;
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        if (isDark)
        {
            await page.EmulateMediaFeaturesAsync([
                new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = "dark" },
            ]);
        }

        var opened = new BrowserPage(page);
        await page.GoToAsync(address.AbsoluteUri);
        return opened;
    }

    /// <summary>A second tab in the same profile.</summary>
    public async Task<BrowserPage> OpenAnotherAsync(Uri address) =>
        await OpenAsync(await Page.BrowserContext.NewPageAsync(), address, 1280, 900, isDark: false);

    /// <summary>Waits until the page has received its first messages and made its editors, except those of distant
    /// cells.</summary>
    public Task UntilReadyAsync() =>
        UntilAsync(
            "(document.querySelector('#cells > .code') === null "
                + "|| document.querySelector('#cells > .code').dataset.state !== undefined) && "
                + "document.querySelectorAll('#cells > .code .cm-content').length "
                + ">= Math.min(100, document.querySelectorAll('#cells > .code').length)"
        );

    /// <summary>Waits until a JavaScript expression is true.</summary>
    public Task UntilAsync(string expression) =>
        Page.WaitForFunctionAsync(
            $"() => {expression}",
            new WaitForFunctionOptions { Timeout = Patience, PollingInterval = 50 }
        );

    /// <summary>Waits until a cell is in a state, such as <c>fresh</c> or <c>running</c>.</summary>
    public Task UntilCellAsync(string cell, string state) =>
        UntilAsync($"document.querySelector('#cell-{cell}')?.dataset.state === '{state}'");

    public Task UntilShownAsync(string cell, string text) =>
        UntilAsync($"document.querySelector('#cell-{cell} .outputs')?.textContent.includes({Quote(text)})");

    public Task UntilSavedAsync() => UntilAsync("document.querySelector('.saving').textContent === 'Saved'");

    /// <summary>Waits until the editors contain these texts, in this order.</summary>
    public Task UntilTextsAsync(params string[] texts) =>
        UntilAsync(
            "JSON.stringify([...document.querySelectorAll('.cell .cm-content')].map(editor => "
                + "[...editor.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n'))) === "
                + $"JSON.stringify({System.Text.Json.JsonSerializer.Serialize(texts)})"
        );

    /// <summary>Chooses an entry of a cell's menu.</summary>
    public async Task MenuAsync(string cell, string words)
    {
        await Page.EvaluateExpressionAsync($"document.querySelector('#cell-{cell} button.menu').click()");
        await ClickWordsAsync(words);
    }

    public Task<T> ReadAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Replaces the text of a cell by typing.</summary>
    public async Task TypeAsync(string cell, string text)
    {
        await Page.ClickAsync($"#cell-{cell} .cm-content");
        await PressAsync("Control", "a");
        await Page.Keyboard.PressAsync("Delete");
        // As pasted text, since text that is typed letter by letter would be completed and indented.
        await Page.Keyboard.SendCharacterAsync(text);
    }

    /// <summary>Presses keys together, such as Shift and Enter.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys[..^1])
        {
            await Page.Keyboard.DownAsync(key);
        }

        await Page.Keyboard.PressAsync(keys[^1]);
        foreach (var key in keys[..^1].Reverse())
        {
            await Page.Keyboard.UpAsync(key);
        }
    }

    /// <summary>Runs the cell that has the cursor, by keys, and waits for its end.</summary>
    public async Task RunAsync(string cell, string endsAs = "fresh")
    {
        await Page.FocusAsync($"#cell-{cell} .cm-content");
        await PressAsync("Control", "Enter");
        await UntilCellAsync(cell, endsAs);
    }

    public Task ClickAsync(string selector) => Page.ClickAsync(selector);

    /// <summary>Clicks a button by its words.</summary>
    public async Task ClickWordsAsync(string words)
    {
        var find = $"[...document.querySelectorAll('button')].find(b => b.textContent.includes({Quote(words)}))";
        await UntilAsync($"{find} !== undefined");
        await Page.EvaluateExpressionAsync($"{find}.click()");
    }

    /// <summary>Clicks a button of a cell by its words.</summary>
    public async Task ClickWordsAsync(string cell, string words)
    {
        var find =
            $"[...document.querySelectorAll('#cell-{cell} button')]"
            + $".find(b => b.textContent.includes({Quote(words)}) && b.checkVisibility() && !b.disabled)";
        await UntilAsync($"{find} !== undefined");
        await Page.EvaluateExpressionAsync($"{find}.click()");
    }

    public async Task<string> ScreenshotAsync(string name)
    {
        var path = Path.Combine(Browser.Screenshots, name + ".png");
        await Page.ScreenshotAsync(path);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        // The first one ends with the browser.
        if (Page.BrowserContext != Page.Browser.DefaultContext)
        {
            await Page.BrowserContext.CloseAsync();
        }
    }

    private static bool IsLostConnection(string text) =>
        text.Contains("WebSocket connection", StringComparison.Ordinal)
        || text.Contains("net::ERR_CONNECTION_REFUSED", StringComparison.Ordinal);

    private void Note(string problem)
    {
        lock (_problems)
        {
            _problems.Add(problem);
        }
    }

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
