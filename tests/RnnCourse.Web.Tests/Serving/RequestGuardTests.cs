using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Routing;
using RnnCourse.Web.Serving;

namespace RnnCourse.Web.Tests.Serving;

/// <summary>Who gets in. Every endpoint that exists is tried, also those that come later.</summary>
public sealed class RequestGuardTests
{
    private const string Secret = "a secret of the notebook";

    [Fact]
    public async Task Every_endpoint_refuses_a_request_without_the_token()
    {
        await AssertRefusedAsync((_, request) => request);
        await AssertRefusedAsync(
            (server, request) => With(request, "Cookie", $"rnn-{server.Port}={new string('0', server.Token.Length)}")
        );
        await AssertRefusedAsync((server, request) => With(request, "Cookie", $"rnn-{server.Port + 1}={server.Token}"));
        await AssertRefusedAsync(
            (server, request) => With(request, "Cookie", $"{RequestGuard.CookieNameOf(server.Port)}={server.Token}")
        );
        await AssertRefusedAsync(
            (server, request) =>
                With(
                    request,
                    "Cookie",
                    RequestGuard.CookieNameOf(server.Port)
                        + "="
                        + RequestGuard.CookieValueOf(server.Port + 1, server.Token)
                )
        );
        await AssertRefusedAsync((server, request) => With(request, "Authorization", $"Bearer {server.Token}"));
    }

    [Fact]
    public async Task Every_endpoint_refuses_who_has_the_cookie_and_not_the_path() =>
        await AssertRefusedAsync(
            (server, request) =>
            {
                request.RequestUri = new Uri(
                    request.RequestUri!.AbsoluteUri.Replace(server.Root, server.Origin + "/", StringComparison.Ordinal)
                );
                return With(request, "Cookie", server.Cookie);
            }
        );

    [Fact]
    public async Task What_a_proxy_says_of_the_host_is_not_believed() =>
        await AssertRefusedAsync(
            (server, request) =>
            {
                request.Headers.Host = "evil.example";
                return With(
                    With(request, "Cookie", server.Cookie),
                    "X-Forwarded-Host",
                    server.Origin["http://".Length..]
                );
            }
        );

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost.evil.example:{port}")]
    public async Task Every_endpoint_refuses_a_foreign_host_even_with_the_token(string host) =>
        await AssertRefusedAsync(
            (server, request) =>
            {
                request.Headers.Host = host.Replace("{port}", $"{server.Port}", StringComparison.Ordinal);
                return With(request, "Cookie", server.Cookie);
            }
        );

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1.evil.example:{port}")]
    [InlineData("file://")]
    [InlineData("http://evil.example/127.0.0.1:{port}")]
    public async Task Every_endpoint_refuses_a_foreign_origin_even_with_the_token(string origin) =>
        await AssertRefusedAsync(
            (server, request) =>
                With(
                    With(request, "Cookie", server.Cookie),
                    "Origin",
                    origin.Replace("{port}", $"{server.Port}", StringComparison.Ordinal)
                )
        );

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Every_endpoint_refuses_what_is_not_read_unless_a_page_of_ours_asks(string method) =>
        await AssertRefusedAsync(
            (server, request) =>
            {
                request.Method = new HttpMethod(method);
                return With(request, "Cookie", server.Cookie);
            }
        );

    [Fact]
    public async Task Every_endpoint_answers_with_token_host_and_origin()
    {
        using var folder = new TestFolder();
        folder.Write("a", $"\"{Secret}\"");
        await using var server = await TestServer.StartAsync(folder);
        foreach (var path in Paths(server))
        {
            using var request = With(
                With(new HttpRequestMessage(HttpMethod.Get, server.Root.TrimEnd('/') + path), "Cookie", server.Cookie),
                "Origin",
                server.Origin
            );
            using var answer = await SendAsync(request);
            Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_token_in_the_address_becomes_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        using var folder = new TestFolder();
        folder.Write("a", "1");
        await using var server = await TestServer.StartAsync(folder);
        using var answer = await server.Client.GetAsync(
            $"{server.Origin}/notebook/a.html?x=1&token={server.Token}",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var root = new Uri(server.Root).AbsolutePath;
        Assert.Equal($"{root}notebook/a.html?x=1", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"{server.Cookie};", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Token, cookie, StringComparison.Ordinal);
        Assert.Contains($"path={root.TrimEnd('/')};", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await server.Client.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Who_comes_by_a_link_of_another_site_gets_a_page_that_leads_on_with_the_cookie()
    {
        using var folder = new TestFolder();
        await using var server = await TestServer.StartAsync(folder);
        using var request = With(
            new HttpRequestMessage(HttpMethod.Get, server.Server.AddressOf()),
            "Sec-Fetch-Site",
            "cross-site"
        );
        using var answer = await SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.Contains("Set-Cookie"));
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Token, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_without_an_origin_is_refused()
    {
        using var folder = new TestFolder();
        folder.Write("a", "1");
        await using var server = await TestServer.StartAsync(folder);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", server.Cookie);
        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(
                new Uri(server.Root.Replace("http:", "ws:", StringComparison.Ordinal) + "live/a"),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Fact]
    public async Task A_forwarded_host_is_let_in_only_if_it_was_named()
    {
        using var folder = new TestFolder();
        await using var server = await TestServer.StartAsync(
            folder,
            options => options with { Hosts = ["course.example", "other.example:8080"] }
        );
        Assert.Equal(HttpStatusCode.OK, await FromAsync("course.example", "https://course.example"));
        Assert.Equal(HttpStatusCode.OK, await FromAsync("other.example:8080", "http://other.example:8080"));
        Assert.Equal(HttpStatusCode.OK, await FromAsync($"localhost:{server.Port}", "https://course.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync("other.example", "http://other.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync("course.example", "https://evil.example"));

        async Task<HttpStatusCode> FromAsync(string host, string origin)
        {
            using var request = With(
                With(new HttpRequestMessage(HttpMethod.Get, server.Root), "Cookie", server.Cookie),
                "Origin",
                origin
            );
            request.Headers.Host = host;
            using var answer = await SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static async Task AssertRefusedAsync(Func<TestServer, HttpRequestMessage, HttpRequestMessage> disguise)
    {
        using var folder = new TestFolder();
        folder.Write("a", $"\"{Secret}\"");
        await using var server = await TestServer.StartAsync(folder);
        var paths = Paths(server);
        Assert.True(paths.Count >= 6, "The search for endpoints found almost none; it is broken.");
        foreach (var path in paths)
        {
            using var request = disguise(
                server,
                new HttpRequestMessage(HttpMethod.Get, server.Root.TrimEnd('/') + path)
            );
            using var answer = await SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path} answers {answer.StatusCode}.");
            var words = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Secret, words, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Token, words, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    // One path for each endpoint, and one that no endpoint has.
    private static List<string> Paths(TestServer server) =>
        [
            .. server
                .Server.Endpoints.OfType<RouteEndpoint>()
                .Select(endpoint =>
                    "/"
                    + endpoint
                        .RoutePattern.RawText!.TrimStart('/')
                        .Replace("{name}", "a", StringComparison.Ordinal)
                        .Replace("{version}", "v", StringComparison.Ordinal)
                        .Replace("{**path}", "a.ipynb", StringComparison.Ordinal)
                        .Replace("{*path:nonfile}", "elsewhere", StringComparison.Ordinal)
                ),
            "/nothing/here",
        ];

    private static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
