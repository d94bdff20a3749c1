using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(RnnCourse.Web.Tests.Assets.Browser))]

namespace RnnCourse.Web.Tests.Assets;

/// <summary>A real browser, started once for all tests that need one. Without one on the machine they are skipped, and
/// say so; where browsers are required, as in the gate, they fail.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string RequiredVariable = "RNN_BROWSERS";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private IBrowser? _browser;

    /// <summary>Whether a missing browser is a failure.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable(RequiredVariable) == "required";

    /// <summary>The folder of screenshots, which are for people to look at.</summary>
    public static string Screenshots { get; } =
        Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is { } program)
        {
            _browser = await LaunchAsync(program, profile: null);
        }
    }

    /// <summary>Skips the test without a browser; where browsers are required, fails it.</summary>
    public void Require()
    {
        if (_browser is null)
        {
            const string Reason = "No Chromium was found. Install one to run this test: apt-get install chromium";
            if (IsRequired)
            {
                Assert.Fail(Reason);
            }

            Assert.Skip(Reason);
        }
    }

    /// <summary>Starts a second browser, which keeps what it stores in a folder, and can be killed.</summary>
    internal async Task<KilledBrowser> StartAnotherAsync(string profile)
    {
        Require();
        return new KilledBrowser(await LaunchAsync(Places.First(File.Exists), profile));
    }

    /// <summary>Opens a page in a separate profile.</summary>
    internal async Task<BrowserPage> OpenAsync(Uri address, int width = 1280, int height = 900, bool isDark = false)
    {
        var page = await NewPageAsync();
        return await BrowserPage.OpenAsync(page, address, width, height, isDark);
    }

    /// <summary>Opens a page that may be something else than a notebook.</summary>
    internal async Task<BrowserPage> OpenAnythingAsync(
        Uri address,
        int width = 1280,
        int height = 900,
        bool isDark = false
    )
    {
        var page = await NewPageAsync();
        return await BrowserPage.OpenAnythingAsync(page, address, width, height, isDark);
    }

    private async Task<IPage> NewPageAsync()
    {
        Require();
        return await (await _browser!.CreateBrowserContextAsync()).NewPageAsync();
    }

    private static Task<IBrowser> LaunchAsync(string program, string? profile) =>
        Puppeteer.LaunchAsync(
            new LaunchOptions
            {
                ExecutablePath = program,
                Headless = true,
                UserDataDir = profile,
                // In a container no sandbox is available, and little shared memory.
                Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
                Timeout = BrowserPage.Patience,
                ProtocolTimeout = BrowserPage.Patience,
            }
        );

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }
}

/// <summary>A browser of one test.</summary>
internal sealed class KilledBrowser(IBrowser browser) : IAsyncDisposable
{
    public async Task<BrowserPage> OpenAsync(Uri address) =>
        await BrowserPage.OpenAsync(await browser.NewPageAsync(), address, 1280, 900, isDark: false);

    /// <summary>Ends it without a warning, with all its processes.</summary>
    public void Kill()
    {
        browser.Process.Kill(entireProcessTree: true);
        browser.Process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!browser.Process.HasExited)
        {
            await browser.CloseAsync();
        }

        await browser.DisposeAsync();
    }
}
