using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Web.Tests;

/// <summary>A page that communicates with the server as the script does, and keeps the messages that it
/// receives.</summary>
internal sealed class TestPage : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _told = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Dictionary<string, List<string>> _blocks = [];
    private readonly Dictionary<string, (string Activity, string Freshness)> _states = [];
    private Task _receiving = Task.CompletedTask;
    private int _question;

    private TestPage() { }

    /// <summary>The ids of the cells in order.</summary>
    public List<string> Cells { get; } = [];

    /// <summary>The cells' texts as received from the server.</summary>
    public Dictionary<string, string> Sources { get; } = [];

    public static async Task<TestPage> OpenAsync(TestServer server, string notebook)
    {
        var page = new TestPage();
        page._socket.Options.SetRequestHeader("Cookie", server.Cookie);
        page._socket.Options.SetRequestHeader("Origin", server.Origin);
        var address = new Uri(
            $"{server.Root.Replace("http:", "ws:", StringComparison.Ordinal)}live/{Uri.EscapeDataString(notebook)}"
        );
        await page._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        page._receiving = Task.Run(page.ReceiveAsync);
        await page.TellAsync("hello", new { versions = new Dictionary<string, string>() });
        await page.WaitForAsync("notebook");
        return page;
    }

    public Task TellAsync(string ask, object? fields = null)
    {
        var message = fields is null ? [] : JsonSerializer.SerializeToNode(fields)!.AsObject();
        message["ask"] = ask;
        return SendAsync(message.ToJsonString());
    }

    /// <summary>Sends whatever is given.</summary>
    public Task SendAsync(string text) =>
        _socket.SendAsync(
            Encoding.UTF8.GetBytes(text),
            WebSocketMessageType.Text,
            true,
            TestContext.Current.CancellationToken
        );

    /// <summary>Changes a text as a reader does, and waits until it is in the file.</summary>
    public async Task EditAsync(string cell, string source, long sequence)
    {
        await TellAsync(
            "edit",
            new
            {
                sequence,
                cell,
                @base = Sources[cell],
                source,
            }
        );
        Sources[cell] = source;
        await WaitForAsync("saved", told => (long)told["sequence"]! >= sequence);
    }

    /// <summary>Runs a cell and waits for its end.</summary>
    public async Task RunAsync(string cell)
    {
        var begun = Count("states", told => StateIn(told, cell)?.Activity is "Running" or "Waiting");
        await TellAsync("run", new { range = "Cell", cell });
        await WaitForAsync(() =>
            Count("states", told => StateIn(told, cell)?.Activity is "Running" or "Waiting") > begun
        );
        await WaitForIdleAsync(cell);
    }

    public Task WaitForIdleAsync(string cell) => WaitForAsync(() => StateOf(cell).Activity == "Idle");

    public Task WaitForRunningAsync(string cell) => WaitForAsync(() => StateOf(cell).Activity == "Running");

    public (string Activity, string Freshness) StateOf(string cell)
    {
        lock (_told)
        {
            return _states.GetValueOrDefault(cell, ("Idle", "Stored"));
        }
    }

    /// <summary>What a cell shows, as HTML.</summary>
    public string Shown(string cell)
    {
        lock (_told)
        {
            return string.Concat(_blocks.GetValueOrDefault(cell, []));
        }
    }

    /// <summary>Asks about code.</summary>
    public async Task<JsonNode> AskAsync(string ask, string cell, string source, int? position = null)
    {
        var id = Interlocked.Increment(ref _question);
        await TellAsync(
            ask,
            position is { } at
                ? new
                {
                    id,
                    cell,
                    source,
                    position = at,
                }
                : (object)
                    new
                    {
                        id,
                        cell,
                        source,
                    }
        );
        return await WaitForAsync("reply", told => (int)told["id"]! == id);
    }

    /// <summary>Moves a control as a reader does, and waits until the server has received its value.</summary>
    public async Task MoveAsync(string cell, string name, object value)
    {
        var id = Interlocked.Increment(ref _question);
        await TellAsync(
            "control",
            new
            {
                id,
                cell,
                name,
                value,
            }
        );
        await WaitForAsync("reply", told => (int)told["id"]! == id);
    }

    /// <summary>The last message of a kind; null if none came.</summary>
    public JsonNode? Last(string tell)
    {
        lock (_told)
        {
            return _told.FindLast(told => (string?)told["tell"] == tell);
        }
    }

    public async Task<JsonNode> WaitForAsync(string tell, Func<JsonNode, bool>? isRight = null)
    {
        JsonNode? found = null;
        await WaitForAsync(() =>
            (found = _told.FindLast(told => (string?)told["tell"] == tell && isRight?.Invoke(told) != false))
                is not null
        );
        return found!;
    }

    /// <summary>Waits until the received messages satisfy a condition; the test's own limit ends a wait in
    /// vain.</summary>
    public async Task WaitForAsync(Func<bool> holds)
    {
        while (true)
        {
            lock (_told)
            {
                if (holds())
                {
                    return;
                }
            }

            await _arrived.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _arrived.Dispose();
    }

    private int Count(string tell, Func<JsonNode, bool> isRight)
    {
        lock (_told)
        {
            return _told.Count(told => (string?)told["tell"] == tell && isRight(told));
        }
    }

    private static (string Activity, string Freshness)? StateIn(JsonNode told, string cell) =>
        told["cells"]!.AsArray().FirstOrDefault(state => (string?)state!["cell"] == cell) is { } found
            ? ((string)found["activity"]!, (string)found["freshness"]!)
            : null;

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                message.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of the test, also between two messages, or of the server.
        }
    }

    private void Take(JsonNode told)
    {
        lock (_told)
        {
            switch ((string)told["tell"]!)
            {
                case "notebook":
                    Cells.Clear();
                    foreach (var cell in told["cells"]!.AsArray())
                    {
                        var id = (string)cell!["cell"]!;
                        Cells.Add(id);
                        Sources[id] = (string)cell["source"]!;
                        if (cell["blocks"] is JsonArray blocks)
                        {
                            _blocks[id] = [.. blocks.Select(block => (string)block!)];
                        }
                    }

                    break;
                case "source":
                    Sources[(string)told["cell"]!] = (string)told["source"]!;
                    break;
                case "shown":
                    var known = _blocks.GetValueOrDefault((string)told["cell"]!, []);
                    _blocks[(string)told["cell"]!] =
                    [
                        .. known.Take((int)told["from"]!),
                        .. told["blocks"]!.AsArray().Select(block => (string)block!),
                    ];
                    break;
                case "printed":
                    _blocks[(string)told["cell"]!].Add((string)told["html"]!);
                    break;
                case "states":
                    foreach (var state in told["cells"]!.AsArray())
                    {
                        _states[(string)state!["cell"]!] = ((string)state["activity"]!, (string)state["freshness"]!);
                    }

                    break;
            }

            _told.Add(told);
        }

        _arrived.Release();
    }
}
