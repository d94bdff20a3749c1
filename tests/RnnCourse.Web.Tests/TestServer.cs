using System.Net;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Serving;

namespace RnnCourse.Web.Tests;

/// <summary>A server of a folder of notebooks.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly HttpClientHandler _handler = new()
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
    };

    private TestServer(NotebookServer server)
    {
        Server = server;
        Client = new HttpClient(_handler) { BaseAddress = new Uri(Root) };
    }

    public NotebookServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Scheme, host and port.</summary>
    public string Origin => Server.AddressOf().GetLeftPart(UriPartial.Authority);

    /// <summary>The address without token, below which all pages are.</summary>
    public string Root => $"{Origin}{RequestGuard.RootOf(Token)}/";

    public string Token => Server.AddressOf().Query["?token=".Length..];

    public int Port => Server.AddressOf().Port;

    /// <summary>The cookie that admits, as a header.</summary>
    public string Cookie => $"{RequestGuard.CookieNameOf(Port)}={RequestGuard.CookieValueOf(Port, Token)}";

    public static Task<TestServer> StartAsync(
        TestFolder folder,
        Func<NotebookServerOptions, NotebookServerOptions>? change = null
    ) => StartAsync(new FolderNotebooks(folder.Notebooks), folder, change);

    public static async Task<TestServer> StartAsync(
        INotebookSource notebooks,
        TestFolder folder,
        Func<NotebookServerOptions, NotebookServerOptions>? change = null
    )
    {
        var options = new NotebookServerOptions(notebooks, TestedProgram.Session, folder.State);
        return new TestServer(await NotebookServer.StartAsync(change?.Invoke(options) ?? options));
    }

    /// <summary>The address of a notebook, with the token.</summary>
    public Uri AddressOf(string notebook) => Server.AddressOf(notebook);

    /// <summary>Lets the client in.</summary>
    public async Task AdmitAsync()
    {
        using var answer = await Client.GetAsync(Server.AddressOf(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    public Task<TestPage> OpenAsync(string notebook) => TestPage.OpenAsync(this, notebook);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _handler.Dispose();
        await Server.DisposeAsync();
    }
}
