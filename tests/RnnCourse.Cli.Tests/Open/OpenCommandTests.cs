using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace RnnCourse.Cli.Tests.Open;

public sealed partial class OpenCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    private Dictionary<string, string?> Variables =>
        new()
        {
            ["RNN_SERVERS"] = _rnn.PathOf("servers"),
            ["DISPLAY"] = null,
            ["WAYLAND_DISPLAY"] = null,
            ["BROWSER"] = null,
        };

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task It_prints_an_address_that_opens_the_lesson_in_a_copy_and_ends_when_it_is_asked_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no way to ask one process to stop.");
        var lesson = _rnn.Write("06-a.ipynb", "# A lesson", "1 + 1");
        using var server = Rnn.Start(_rnn.Folder, Variables, "open", "6");
        var address = await AddressAsync(server);
        Assert.Equal("127.0.0.1", address.Host);
        Assert.Equal("/notebook/06-a.html", address.AbsolutePath);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        var page = await browser.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.Contains("A lesson", page, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(lesson, TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(_rnn.PathOf("my", "06-a.ipynb"), TestContext.Current.CancellationToken)
        );

        var second = await _rnn.RunAsync(Variables, "open");
        Assert.Equal(ExitCode.Success, second.ExitCode);
        Assert.Contains($"http://127.0.0.1:{address.Port}/?token=", second.Output, StringComparison.Ordinal);

        Rnn.AskToStop(server);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Success, server.ExitCode);
    }

    [Fact]
    public async Task A_dib_file_is_imported_into_a_notebook_beside_it_once()
    {
        var file = _rnn.PathOf("old.dib");
        await File.WriteAllTextAsync(file, "#!csharp\n\n1 + 1\n", TestContext.Current.CancellationToken);
        foreach (var expected in new[] { "1 + 1", "changed" })
        {
            using var server = Rnn.Start(_rnn.Folder, Variables, "open", "old.dib");
            var address = await AddressAsync(server);
            Assert.Equal("/notebook/old.html", address.AbsolutePath);
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
            var path = _rnn.PathOf("old.ipynb");
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            Assert.Contains(expected, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                path,
                text.Replace("1 + 1", "changed", StringComparison.Ordinal),
                TestContext.Current.CancellationToken
            );
        }
    }

    [Theory]
    [InlineData("77")]
    [InlineData("nothing.ipynb")]
    [InlineData("")]
    public async Task What_is_not_there_is_refused(string name)
    {
        _rnn.Write("06-a.ipynb", "1");
        var result = await _rnn.RunAsync(Variables, "open", name);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.NotEmpty(result.Errors);
    }

    [Theory]
    [InlineData("--port", "0")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "x")]
    [InlineData("--host", "")]
    [InlineData("--host", "http://example.org/")]
    [InlineData("--host", "example.org/path")]
    [InlineData("--host", "user@example.org")]
    public async Task What_is_not_a_port_or_a_host_is_refused(params string[] options)
    {
        var result = await _rnn.RunAsync(Variables, ["open", .. options]);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_reported()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var result = await _rnn.RunAsync(Variables, "open", "--port", $"{port}");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains($"Port {port} is in use", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"cells\": [")]
    [InlineData("")]
    public async Task A_file_that_holds_no_notebook_is_told_before_an_address_is(string text)
    {
        await File.WriteAllTextAsync(_rnn.PathOf("x.ipynb"), text, TestContext.Current.CancellationToken);
        var result = await _rnn.RunAsync(Variables, "open", "x.ipynb");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains("x.ipynb", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("token", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_for_the_next_server_it_works_all_the_same()
    {
        _rnn.Write("06-a.ipynb", "1");
        var file = _rnn.PathOf("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var variables = Variables;
        variables["RNN_SERVERS"] = Path.Combine(file, "servers");
        using var server = Rnn.Start(_rnn.Folder, variables, "open");
        var first = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("can't be stored", first, StringComparison.Ordinal);
        var address = await AddressAsync(server);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        var page = await browser.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.Contains("06-a", page, StringComparison.Ordinal);
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Address().Match(line) is { Success: true } found)
            {
                return new Uri(found.Value);
            }
        }

        throw new InvalidOperationException(
            await server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
