using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Pages.Words;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Serving;

/// <summary>The notebooks that a server offers, and how it can be reached.</summary>
/// <param name="Notebooks">The notebooks.</param>
/// <param name="Session">How the process of a session is started.</param>
/// <param name="StateFolder">The folder in which the port and the token are stored.</param>
public sealed record NotebookServerOptions(INotebookSource Notebooks, SessionCommand Session, string StateFolder)
{
    /// <summary>The port; 0 for the port of the folder's last server, or any free port if there was none.</summary>
    public int Port { get; init; }

    /// <summary>Further host names under which a forwarded port is reached, with the port unless it is the default
    /// one.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>How long an unused session is kept.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What a reader should do when a <c>#r</c> line names a library that doesn't exist; one
    /// sentence.</summary>
    public string? MissingLibraryHint { get; init; }

    /// <summary>Environment variables that are passed to cells in addition to those that every session needs.</summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];
}

/// <summary>Another server serves the same folder.</summary>
/// <param name="address">Its address, with the token.</param>
public sealed class ServerRunsException(Uri address) : Exception("Another server serves this folder.")
{
    /// <summary>Its address, with the token.</summary>
    public Uri Address => address;
}

/// <summary>Serves notebooks to browsers on this machine. Each open notebook has one <see cref="LiveNotebook"/>,
/// however many pages show it.</summary>
public sealed class NotebookServer : IAsyncDisposable
{
    private readonly NotebookServerOptions _options;
    private readonly ServerStateFile _stateFile;
    private readonly ServerKey _key;
    private readonly string _root;
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, Lazy<LiveNotebook>> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    private NotebookServer(NotebookServerOptions options, ServerStateFile stateFile, ServerKey key)
    {
        (_options, _stateFile, _key, _root) = (options, stateFile, key, RequestGuard.RootOf(key.Token));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, key.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        _application = builder.Build();

        // Before the routing, so that no endpoint, however it is added, is reached unchecked.
        var guard = new RequestGuard(key.Port, key.Token, options.Hosts);
        _application.Use((context, next) => guard.InvokeAsync(context, () => next(context)));
        _application.UseWebSockets();
        _application.UseRouting();
        Map(_application);
#pragma warning disable ASP0014 // endpoints by routes need this one, as the builder is empty
        _application.UseEndpoints(_ => { });
#pragma warning restore ASP0014
    }

    /// <summary>All endpoints, for tests of the guard.</summary>
    internal IReadOnlyList<Endpoint> Endpoints =>
        [.. ((IEndpointRouteBuilder)_application).DataSources.SelectMany(source => source.Endpoints)];

    /// <summary>Checks whether the port and the token can be stored in a folder.</summary>
    /// <param name="folder">The folder; it is created if it is missing.</param>
    /// <exception cref="IOException">The folder can't be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be created or written.</exception>
    public static void CheckStateFolder(string folder) => ServerStateFile.Check(folder);

    /// <summary>Starts a server.</summary>
    /// <param name="options">Its options.</param>
    /// <returns>The server, listening.</returns>
    /// <exception cref="ServerRunsException">Another server serves the folder.</exception>
    /// <exception cref="IOException">The port is in use, or the folder's state file can't be written.</exception>
    public static async Task<NotebookServer> StartAsync(NotebookServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var stateFile =
            ServerStateFile.Claim(options.StateFolder, options.Notebooks.Folder, out var running)
            ?? throw new ServerRunsException(AddressOf(running!, "/"));
        try
        {
            var token = stateFile.Known?.Token ?? ServerStateFile.NewToken();
            var port =
                options.Port > 0 ? options.Port
                : stateFile.Known is { Port: var known } && IsFree(known) ? known
                : FreePort();
            var key = new ServerKey(port, token);
            var server = new NotebookServer(options, stateFile, key);
            await StartListeningAsync(server._application, port).ConfigureAwait(false);
            stateFile.Save(key);
            return server;
        }
        catch
        {
            stateFile.Dispose();
            throw;
        }
    }

    /// <summary>The address of a notebook, or of the list of all, with the token; only the user may see it.</summary>
    /// <param name="notebook">The notebook's name; null for the list.</param>
    public Uri AddressOf(string? notebook = null) => AddressOf(_key, PathOf(notebook));

    /// <summary>The path of a notebook's page on any server.</summary>
    /// <param name="notebook">The notebook's name; null for the list of all.</param>
    public static string PathOf(string? notebook) => notebook is null ? "/" : LivePage.AddressOf(notebook);

    /// <summary>Opens a notebook before its page is requested, so that its session is ready by then.</summary>
    /// <param name="notebook">Its name.</param>
    /// <returns>Whether there is such a notebook.</returns>
    /// <exception cref="NotebookFormatException">The file isn't a notebook.</exception>
    /// <exception cref="NotebookFileException">A file can't be read or written.</exception>
    public bool Prepare(string notebook)
    {
        if (Open(notebook) is not { } live)
        {
            return false;
        }

        live.WarmUp();
        return true;
    }

    /// <summary>Why notebooks could not be stored when the server stopped, one sentence for each. Pages that are still
    /// open keep the unsaved changes.</summary>
    public IReadOnlyList<string> Unsaved =>
        [
            .. _open
                .Values.Where(notebook => notebook.IsValueCreated)
                .Select(notebook => notebook.Value.Unsaved)
                .OfType<string>(),
        ];

    /// <summary>Stores everything that can be stored, ends the sessions, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var notebook in _open.Values)
        {
            await notebook.Value.DisposeAsync().ConfigureAwait(false);
        }

        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _stateFile.Dispose();
        _stopping.Dispose();
    }

    private static async Task StartListeningAsync(WebApplication application, int port)
    {
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new IOException(
                $"Port {port} is in use by another program. Choose another one with --port, or leave --port out.",
                e
            );
        }
    }

    private void Map(WebApplication application)
    {
        application.MapGet("/", ShowIndexAsync);
        application.MapGet("/notebook/{name}.html", ShowNotebookAsync);
        application.MapGet("/hand-in/{name}.html", context => HandInAsync(context, asPage: true));
        application.MapGet("/hand-in/{name}.ipynb", context => HandInAsync(context, asPage: false));
        application.MapGet("/live/{name}", ConnectAsync);
        application.MapGet("/assets/{version}/{name}", ShowAssetAsync);
        application.MapGet("/file/{**path}", ShowFileAsync);
        application.MapGet("/figure", ShowFigureAsync);
        application.MapGet(
            "/favicon.ico",
            context =>
            {
                context.Response.Redirect($"{context.Request.PathBase}/assets/{Assets.Version}/icon.svg");
                return Task.CompletedTask;
            }
        );
        application.MapFallback(context => ShowMissingAsync(context, "This server has no such page."));
    }

    private Task ShowIndexAsync(HttpContext context)
    {
        WithPolicy(context, StaticPolicy);
        return WriteHtmlAsync(context, IndexPage.Render(_options.Notebooks, _root));
    }

    private async Task ShowNotebookAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        try
        {
            if (Open(name) is not { } notebook)
            {
                await ShowMissingAsync(context, $"There is no notebook “{name}” here.").ConfigureAwait(false);
                return;
            }

            notebook.WarmUp();
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
            WithPolicy(context, LivePage.Policy(nonce, context.Request.Host.Value!));
            await WriteHtmlAsync(context, LivePage.Render(notebook, _options.Notebooks, name, nonce, _root))
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            await ShowMissingAsync(context, e.Message, StatusCodes.Status500InternalServerError).ConfigureAwait(false);
        }
    }

    private async Task HandInAsync(HttpContext context, bool asPage)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (Find(name) is not { } notebook)
        {
            await ShowMissingAsync(context, $"There is no notebook “{name}” here.").ConfigureAwait(false);
            return;
        }

        var text = asPage
            ? NotebookForHandIn.ToPage(notebook.Notebook, notebook.Name, notebook.Words)
            : NotebookWriter.ToText(NotebookForHandIn.Of(notebook.Notebook));
        var file = Path.ChangeExtension(notebook.Name, asPage ? ".html" : ".ipynb");
        WithPolicy(context, StaticPolicy);
        context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file)}";
        context.Response.ContentType = asPage ? "text/html; charset=utf-8" : "application/x-ipynb+json; charset=utf-8";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        await WriteAsync(context, bytes, () => Compression.Gzip(bytes)).ConfigureAwait(false);
    }

    private async Task ConnectAsync(HttpContext context)
    {
        if (
            !context.WebSockets.IsWebSocketRequest
            || Find((string)context.Request.RouteValues["name"]!) is not { } notebook
        )
        {
            await ShowMissingAsync(context, "Only the page of a notebook connects here.").ConfigureAwait(false);
            return;
        }

        using var socket = await context
            .WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext
                {
                    KeepAliveInterval = TimeSpan.FromSeconds(20),
                    KeepAliveTimeout = TimeSpan.FromSeconds(60),
                }
            )
            .ConfigureAwait(false);
        using var page = new PageConnection(socket);
        await page.ServeAsync(notebook, _stopping.Token).ConfigureAwait(false);
    }

    private static async Task ShowAssetAsync(HttpContext context)
    {
        if (Assets.Find((string)context.Request.RouteValues["name"]!) is not { } asset)
        {
            await ShowMissingAsync(context, "This server has no such file.").ConfigureAwait(false);
            return;
        }

        var response = context.Response;
        response.ContentType = asset.ContentType;
        if ((string)context.Request.RouteValues["version"]! == Assets.Version)
        {
            response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        await WriteAsync(context, asset.Bytes, () => asset.Compressed).ConfigureAwait(false);
    }

    private static Task ShowFigureAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        WithPolicy(context, FigureFrame.Policy(nonce));
        context.Response.Headers["X-Frame-Options"] = "SAMEORIGIN";
        return WriteHtmlAsync(context, FigureFrame.Render(nonce));
    }

    private async Task ShowFileAsync(HttpContext context)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        if (_options.Notebooks.FindLinked(path) is not { } file)
        {
            await ShowMissingAsync(context, "This file doesn't exist, or may not be shown.").ConfigureAwait(false);
            return;
        }

        await LinkedFile.ShowAsync(context, _options.Notebooks, path, file, WithPolicy).ConfigureAwait(false);
    }

    private LiveNotebook? Find(string name)
    {
        try
        {
            return Open(name);
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return null;
        }
    }

    private LiveNotebook? Open(string name)
    {
        if (_open.TryGetValue(name, out var known))
        {
            return known.Value;
        }

        if (!_options.Notebooks.Has(name))
        {
            return null;
        }

        var opened = _open.GetOrAdd(name, asked => new Lazy<LiveNotebook>(() => Start(asked)));
        try
        {
            return opened.Value;
        }
        catch
        {
            _open.TryRemove(name, out _);
            throw;
        }
    }

    private LiveNotebook Start(string name)
    {
        var notebook =
            _options.Notebooks.Open(name)
            ?? throw new NotebookFileException($"There is no notebook {name} any more.", name);
        var settings = new SessionSettings(_options.Session, notebook.Folder)
        {
            LibraryFolder = notebook.LibraryFolder,
            MissingLibraryHint = _options.MissingLibraryHint,
            RestartsAfterEnd = true,
            PassedVariables = _options.PassedVariables,
        };
        return LiveNotebook.Open(
            notebook.Path,
            new LiveNotebookOptions(() => new ProcessSession(settings))
            {
                ResolveLink = address => LinkedFile.AddressOf(_options.Notebooks, address, _root),
                Original = notebook.Original,
                Words = WordBook.InFolder(notebook.LibraryFolder ?? notebook.Folder),
                Notes = notebook.Notes,
                LibraryFolder = notebook.LibraryFolder,
                Greeting = notebook.Greeting,
                Offer = notebook.Offer,
                SessionIdleTime = _options.SessionIdleTime,
            }
        );
    }

    /// <summary>The content security policy of pages without scripts.</summary>
    internal const string StaticPolicy =
        "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; "
        + "base-uri 'none'; form-action 'none'";

    private static void WithPolicy(HttpContext context, string policy) =>
        context.Response.Headers.ContentSecurityPolicy = policy;

    private static Task ShowMissingAsync(HttpContext context, string words, int status = StatusCodes.Status404NotFound)
    {
        context.Response.StatusCode = status;
        WithPolicy(context, StaticPolicy);
        return WriteHtmlAsync(context, IndexPage.RenderMessage(words, context.Request.PathBase));
    }

    private static Task WriteHtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        var bytes = System.Text.Encoding.UTF8.GetBytes(html);
        return WriteAsync(context, bytes, () => Compression.Gzip(bytes));
    }

    private static async Task WriteAsync(HttpContext context, byte[] bytes, Func<byte[]> compressed)
    {
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            bytes = compressed();
        }

        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static Uri AddressOf(ServerKey key, string path) =>
        new(FormattableString.Invariant($"http://127.0.0.1:{key.Port}{path}?token={key.Token}"));

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
