using System.Net;
using RnnCourse.Web.Serving;

namespace RnnCourse.Web.Tests.Serving;

public sealed class NotebookServerTests
{
    [Fact]
    public async Task A_server_that_is_started_again_has_the_same_address()
    {
        using var folder = new TestFolder();
        Uri address;
        await using (var first = await TestServer.StartAsync(folder))
        {
            address = first.Server.AddressOf();
        }

        await using var second = await TestServer.StartAsync(folder);
        Assert.Equal(address, second.Server.AddressOf());
    }

    [Fact]
    public async Task A_second_server_of_a_folder_tells_the_address_of_the_first()
    {
        using var folder = new TestFolder();
        await using var first = await TestServer.StartAsync(folder);
        var refused = await Assert.ThrowsAsync<ServerRunsException>(() => TestServer.StartAsync(folder));
        Assert.Equal(first.Server.AddressOf(), refused.Address);
    }

    [Fact]
    public async Task Only_this_machine_can_reach_it()
    {
        using var folder = new TestFolder();
        await using var server = await TestServer.StartAsync(folder);
        var others = Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address)).ToList();
        foreach (var address in others)
        {
            using var socket = new System.Net.Sockets.Socket(
                address.AddressFamily,
                System.Net.Sockets.SocketType.Stream,
                System.Net.Sockets.ProtocolType.Tcp
            );
            await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() =>
                socket.ConnectAsync(address, server.Port, TestContext.Current.CancellationToken).AsTask()
            );
        }

        Assert.Equal("127.0.0.1", server.Server.AddressOf().Host);
    }

    [Theory]
    [InlineData("notebook/b.html")]
    [InlineData("notebook/..%2Fa.html")]
    [InlineData("notebook/%2e%2e%2f%2e%2e%2fetc%2fpasswd.html")]
    [InlineData("file/../state")]
    [InlineData("file/%2e%2e/secret.txt")]
    [InlineData("file/..%2Fsecret.txt")]
    [InlineData("file/.hidden.txt")]
    [InlineData("file//etc/passwd")]
    [InlineData("file/%2Fetc%2Fpasswd")]
    [InlineData("file/link.txt")]
    [InlineData("file/program.exe")]
    [InlineData("file/a%00.txt")]
    [InlineData("assets/x/main.js.map")]
    [InlineData("assets/x/..%2F..%2Fsecret.txt")]
    [InlineData("live/a")]
    public async Task What_is_not_offered_is_not_shown(string path)
    {
        using var folder = new TestFolder();
        folder.Write("a", "1");
        File.WriteAllText(folder.PathOf("secret.txt"), "the secret");
        File.WriteAllText(Path.Combine(folder.Notebooks, ".hidden.txt"), "the secret");
        File.WriteAllText(Path.Combine(folder.Notebooks, "program.exe"), "the secret");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(folder.Notebooks, "link.txt"), folder.PathOf("secret.txt"));
        }

        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        using var answer = await server.Client.GetAsync(
            new Uri(server.Root + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
            TestContext.Current.CancellationToken
        );
        Assert.True(
            answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest,
            $"{path}: {answer.StatusCode}"
        );
        Assert.DoesNotContain(
            "the secret",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_page_shows_the_stored_notebook_before_any_script_runs()
    {
        using var folder = new TestFolder();
        folder.Write("a", "# A title", "1 + 1 // <b>");
        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        var html = await server.Client.GetStringAsync("notebook/a.html", TestContext.Current.CancellationToken);
        Assert.Contains("<h1 id=\"a-title\">A title", html, StringComparison.Ordinal);
        Assert.Contains("// &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("data-cell=\"c2\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_leads_to_the_notebooks_before_and_behind_it_and_to_the_list()
    {
        using var folder = new TestFolder();
        folder.Write("a", "# First");
        folder.Write("b", "# Second");
        folder.Write("c", "# Third");
        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        var html = await server.Client.GetStringAsync("notebook/b.html", TestContext.Current.CancellationToken);
        var links = System
            .Text.RegularExpressions.Regex.Matches(html, "<a (?:rel=\"\\w+\" )?href=\"(/[^\"]*)\"")
            .Select(match => match.Groups[1].Value)
            .ToList();
        Assert.Equal(3, links.Count);
        foreach (var (link, expected) in links.Zip(["a.html", "First", "Third"]))
        {
            var page = await server.Client.GetStringAsync(link, TestContext.Current.CancellationToken);
            Assert.Contains(expected, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_policy_of_the_page_allows_no_inline_script_and_nothing_from_elsewhere()
    {
        using var folder = new TestFolder();
        folder.Write("a", "1");
        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        using var answer = await server.Client.GetAsync("notebook/a.html", TestContext.Current.CancellationToken);
        var policy = Assert
            .Single(answer.Headers.GetValues("Content-Security-Policy"))
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(part => part.Split(' ')[0], part => part.Split(' ')[1..]);
        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.Equal(["'self'"], policy["script-src"]);
        Assert.Equal(["'none'"], policy["frame-ancestors"]);
        Assert.Equal(["'none'"], policy["base-uri"]);
        Assert.All(
            policy["connect-src"][1..],
            source => Assert.EndsWith($"127.0.0.1:{server.Port}", source, StringComparison.Ordinal)
        );
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("<script(?![^>]* src=)", html);
        Assert.DoesNotMatch(" on[a-z]+=\"", html);
    }

    [Fact]
    public async Task The_frame_of_a_figure_is_cut_off_from_everything()
    {
        using var folder = new TestFolder();
        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        using var answer = await server.Client.GetAsync("figure", TestContext.Current.CancellationToken);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox allow-scripts; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("connect-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_notebooks_link_to_are_shown_as_texts_and_never_as_pages_of_their_own()
    {
        using var folder = new TestFolder();
        folder.Write("a", "1");
        File.WriteAllText(Path.Combine(folder.Notebooks, "notes.md"), "# Notes\n\n<script>alert(1)</script>");
        File.WriteAllText(Path.Combine(folder.Notebooks, "code.cs"), "<script>alert(1)</script>");
        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        var notes = await server.Client.GetStringAsync("file/notes.md", TestContext.Current.CancellationToken);
        Assert.Contains("<h1 id=\"notes\">", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", notes, StringComparison.Ordinal);
        using var code = await server.Client.GetAsync("file/code.cs", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", code.Content.Headers.ContentType?.MediaType);
        Assert.Contains("nosniff", code.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_file_that_holds_no_notebook_is_told_in_words()
    {
        using var folder = new TestFolder();
        File.WriteAllText(Path.Combine(folder.Notebooks, "a.ipynb"), "{ not a notebook");
        await using var server = await TestServer.StartAsync(folder);
        await server.AdmitAsync();
        using var answer = await server.Client.GetAsync("notebook/a.html", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains(
            "a.ipynb",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}
