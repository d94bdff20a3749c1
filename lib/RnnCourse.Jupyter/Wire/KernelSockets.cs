using NetMQ;
using NetMQ.Sockets;

namespace RnnCourse.Jupyter.Wire;

/// <summary>The kernel's five sockets. They belong to one thread; messages to be sent are queued for it, in
/// order.</summary>
internal sealed class KernelSockets : IDisposable
{
    private const long LargestFrame = 64L << 20;
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    private readonly RouterSocket _shell = new();
    private readonly RouterSocket _control = new();
    private readonly RouterSocket _stdin = new();
    private readonly PublisherSocket _ioPub = new();
    private readonly RouterSocket _heartbeat = new();
    private readonly NetMQQueue<(Channel Channel, IReadOnlyList<byte[]> Frames)> _outgoing = new();
    private readonly NetMQPoller _poller;
    private readonly WireFormat _format;
    private readonly Action<Channel, Message> _received;
    private readonly Action<string> _log;

    /// <summary>Opens the sockets and begins to listen.</summary>
    /// <param name="connection">The address, the ports and the key.</param>
    /// <param name="received">Receives each valid message; called on the sockets' thread, so it must be quick.</param>
    /// <param name="log">Receives one line for each message that is dropped.</param>
    /// <exception cref="ConnectionFileException">A port is not available.</exception>
    public KernelSockets(ConnectionInfo connection, Action<Channel, Message> received, Action<string> log)
    {
        (_received, _log) = (received, log);
        _format = new WireFormat(new MessageSigner(connection.Key));
        Bind(_shell, connection, connection.ShellPort);
        Bind(_control, connection, connection.ControlPort);
        Bind(_stdin, connection, connection.StdinPort);
        Bind(_ioPub, connection, connection.IoPubPort);
        Bind(_heartbeat, connection, connection.HeartbeatPort);

        // A client that is slow to read must not lose outputs.
        _ioPub.Options.SendHighWatermark = 0;

        _shell.ReceiveReady += (_, _) => Receive(Channel.Shell, _shell);
        _control.ReceiveReady += (_, _) =>
        {
            // An interrupt means the cells that the client sent before it.
            Receive(Channel.Shell, _shell);
            Receive(Channel.Control, _control);
        };
        _stdin.ReceiveReady += (_, _) => Receive(Channel.Stdin, _stdin);
        _heartbeat.ReceiveReady += (_, _) => Echo();
        _outgoing.ReceiveReady += (_, _) => SendQueued();
        _poller = [_shell, _control, _stdin, _heartbeat, _outgoing];
        _poller.RunAsync("sockets");
    }

    /// <summary>Queues a message. May be called from any thread.</summary>
    public void Send(Channel channel, Message message) => _outgoing.Enqueue((channel, _format.Write(message)));

    /// <summary>Runs an action on the sockets' thread, after the requests that have arrived by now have been
    /// received.</summary>
    public void AfterReceiving(Action action) =>
        _poller.Run(() =>
        {
            Receive(Channel.Shell, _shell);
            action();
        });

    /// <summary>Sends the queued messages and closes the sockets.</summary>
    public void Dispose()
    {
        // NetMQ's own clean-up can wait forever; the process ends soon anyway.
        using var sent = new ManualResetEventSlim();
        _poller.Run(() =>
        {
            SendQueued();
            sent.Set();
        });
        sent.Wait(SendTimeout);
        Thread.Sleep(DeliveryTime);
        _poller.Stop();
        foreach (
            IDisposable socket in (IDisposable[])[_shell, _control, _stdin, _ioPub, _heartbeat, _poller, _outgoing]
        )
        {
            socket.Dispose();
        }
    }

    private static void Bind(NetMQSocket socket, ConnectionInfo connection, int port)
    {
        socket.Options.Linger = DeliveryTime;
        socket.Options.MaxMsgSize = LargestFrame;
        try
        {
            socket.Bind(connection.Endpoint(port));
        }
        catch (NetMQException e)
        {
            throw new ConnectionFileException(
                $"Cannot listen on {connection.Endpoint(port)}: {e.Message}. Is it in use?",
                e
            );
        }
    }

    private void Receive(Channel channel, RouterSocket socket)
    {
        // At most one turn's worth, so that the other sockets get theirs.
        for (var i = 0; i < 100; i++)
        {
            var message = new NetMQMessage();
            if (!socket.TryReceiveMultipartMessage(ref message))
            {
                return;
            }

            try
            {
                _received(channel, _format.Read([.. message.Select(frame => frame.ToByteArray())]));
            }
            catch (WireException e)
            {
                _log($"dropped a message on {channel}: {e.Message}");
            }
        }
    }

    private void Echo()
    {
        var message = new NetMQMessage();
        if (_heartbeat.TryReceiveMultipartMessage(ref message))
        {
            _heartbeat.TrySendMultipartMessage(message);
        }
    }

    private void SendQueued()
    {
        while (_outgoing.TryDequeue(out var next, TimeSpan.Zero))
        {
            IOutgoingSocket socket = next.Channel switch
            {
                Channel.Shell => _shell,
                Channel.Control => _control,
                Channel.Stdin => _stdin,
                _ => _ioPub,
            };
            for (var i = 0; i < next.Frames.Count; i++)
            {
                socket.SendFrame(next.Frames[i], more: i < next.Frames.Count - 1);
            }
        }
    }
}
