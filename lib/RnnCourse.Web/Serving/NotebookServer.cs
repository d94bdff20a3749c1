using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Words;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Serving;

/// <summary>Another server serves the same folder.</summary>
/// <param name="address">Its address, with the token.</param>
public sealed class ServerRunsException(Uri address) : Exception("Another server serves this folder.")
{
    /// <summary>Its address, with the token.</summary>
    public Uri Address => address;
}

/// <summary>Serves notebooks to browsers on this machine. Each open notebook has one <see cref="LiveNotebook"/>,
/// however many pages show it.</summary>
public sealed partial class NotebookServer : IAsyncDisposable
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
