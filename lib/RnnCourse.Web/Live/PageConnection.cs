using System.Net.WebSockets;
using System.Threading.Channels;

namespace RnnCourse.Web.Live;

/// <summary>The connection to one page that shows a notebook. Sending never waits: a page that doesn't keep up is
/// disconnected; it reconnects by itself and receives the present state.</summary>
internal sealed class PageConnection : IDisposable
{
    private const int MaxWaiting = 5_000;
    private const int LongestMessage = 16 * 1024 * 1024;

    private readonly WebSocket _socket;
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(MaxWaiting);
    private readonly CancellationTokenSource _tooSlow = new();
    private long _saved;

    public PageConnection(WebSocket socket) => _socket = socket;

    /// <summary>The version of each cell's outputs that the page shows.</summary>
    public Dictionary<string, string> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>The text of each cell that the page sent last.</summary>
    public Dictionary<string, string> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of the last change that came from the page.</summary>
    public long Received { get; set; }

    /// <summary>Sends a message.</summary>
    public void Send(ServerMessage message) => Send(PageJson.Write(message));

    /// <summary>Sends a message that has already been serialized.</summary>
    public void Send(byte[] message)
    {
        if (!_outgoing.Writer.TryWrite(message))
        {
            _tooSlow.Cancel();
        }
    }

    /// <summary>Tells the page up to which change its text is stored.</summary>
    public void SendSaved(long sequence)
    {
        if (sequence > _saved)
        {
            _saved = sequence;
            Send(new SavedMessage(sequence));
        }
    }

    /// <summary>Serves the page until it disconnects or the server stops.</summary>
    /// <param name="notebook">What it shows.</param>
    /// <param name="stop">Cancelled when the server stops.</param>
    public async Task ServeAsync(LiveNotebook notebook, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, _tooSlow.Token);
        var sending = SendAsync(ended.Token);
        try
        {
            await ReceiveAsync(notebook, ended.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The page has been closed, or the server is stopping.
        }
        finally
        {
            notebook.Leave(this);
            await ended.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tooSlow.Dispose();

    private async Task ReceiveAsync(LiveNotebook notebook, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), stop).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop).ConfigureAwait(false);
                return;
            }

            message.Write(buffer, 0, received.Count);
            if (message.Length > LongestMessage)
            {
                await _socket
                    .CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "The message is too long.", stop)
                    .ConfigureAwait(false);
                return;
            }

            if (!received.EndOfMessage)
            {
                continue;
            }

            var request = PageJson.Read(message.GetBuffer().AsSpan(0, (int)message.Length));
            message.SetLength(0);
            Handle(notebook, request);
        }
    }

    private void Handle(LiveNotebook notebook, PageRequest? request)
    {
        switch (request)
        {
            case null:
                Send(
                    new NoticeMessage("The page sent a message that this server doesn't know. Reload the page.", true)
                );
                break;
            case PingRequest:
                Send(new PongMessage());
                break;
            case HelloRequest hello:
                notebook.Join(this, hello.Versions);
                break;
            case CodeRequest or RestartRequest:
                // These may take a while and must not delay what is being typed.
                _ = Task.Run(() => notebook.HandleAsync(this, request));
                break;
            default:
                notebook.HandleAsync(this, request).GetAwaiter().GetResult();
                break;
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(stop).ConfigureAwait(false))
            {
                await _socket.SendAsync(message, WebSocketMessageType.Text, true, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
