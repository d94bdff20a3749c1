using System.ComponentModel;
using System.Diagnostics;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>The core cycle in another family of browsers: Firefox.</summary>
public sealed class FirefoxTests
{
    private static readonly string[] Places =
    [
        "/usr/bin/firefox-esr",
        "/usr/bin/firefox",
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        @"C:\Program Files\Mozilla Firefox\firefox.exe",
    ];

    private static readonly string Script = Repository.PathOf("tests", "RnnCourse.Web.Tests", "Npm", "firefox.mjs");

    [Fact]
    public async Task A_cell_is_changed_run_interrupted_and_saved()
    {
        var firefox = Places.FirstOrDefault(File.Exists);
        var driver = Path.Combine(Path.GetDirectoryName(Script)!, "node_modules", "puppeteer-core");
        if (firefox is null || !Directory.Exists(driver) || !HasNode())
        {
            const string Reason =
                "For this test: Firefox (apt-get install firefox-esr), Node.js, and npm ci in "
                + "tests/RnnCourse.Web.Tests/Npm";
            Assert.False(Browser.IsRequired, Reason);
            Assert.Skip(Reason);
        }

        using var folder = new TestFolder();
        var path = folder.Write("a", "1", "while (true) { }", "# text");
        await using var server = await TestServer.StartAsync(folder);
        using var node = Process.Start(
            new ProcessStartInfo(
                "node",
                [
                    Script,
                    firefox,
                    server.Server.AddressOf("a").AbsoluteUri,
                    Path.Combine(Browser.Screenshots, "firefox.png"),
                ]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, errors);
        Assert.Equal("1 + 41", NotebookReader.Read(path).Cells[0].Source);
    }

    private static bool HasNode()
    {
        try
        {
            using var node = Process.Start(
                new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true }
            )!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
