using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests;

/// <summary>A client of a kernel, on real sockets.</summary>
internal sealed class Client : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DealerSocket _shell = new();
    private readonly DealerSocket _control = new();
    private readonly DealerSocket _stdin = new();
    private readonly SubscriberSocket _ioPub = new();
    private readonly WireFormat _read;
    private readonly WireFormat _write;
    private readonly ConnectionInfo _connection;

    public Client(ConnectionInfo connection)
    {
        _connection = connection;
        _read = new WireFormat(new MessageSigner(connection.Key));
        _write = new WireFormat(new MessageSigner(connection.Key));
        var identity = Guid.NewGuid().ToByteArray();

        // Questions find the client by the identity of its request.
        _shell.Options.Identity = identity;
        _stdin.Options.Identity = identity;
        _shell.Connect(connection.Endpoint(connection.ShellPort));
        _control.Connect(connection.Endpoint(connection.ControlPort));
        _stdin.Connect(connection.Endpoint(connection.StdinPort));
        _ioPub.Connect(connection.Endpoint(connection.IoPubPort));
        _ioPub.SubscribeToAnyTopic();
    }

    /// <summary>Waits until the kernel answers and its outputs arrive.</summary>
    public Client Ready()
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; )
        {
            _ = Ask("kernel_info_request", []);
            var message = new NetMQMessage();
            while (_ioPub.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(200), ref message))
            {
                if (
                    _read.Read(Frames(message)) is { Type: "status" } status
                    && status.Text("execution_state") == "idle"
                )
                {
                    return this;
                }
            }
        }

        throw new TimeoutException("The kernel's outputs don't arrive.");
    }

    /// <summary>Sends a request; gives its id.</summary>
    public string Send(string type, JsonObject content, Channel channel = Channel.Shell)
    {
        var id = Guid.NewGuid().ToString();
        SendFrames(Frames(id, type, content), channel);
        return id;
    }

    /// <summary>The frames of a request, signed.</summary>
    public IReadOnlyList<byte[]> Frames(
        string id,
        string type,
        JsonObject content,
        string date = "2026-01-01T00:00:00Z"
    ) =>
        _write.Write(
            new Message(
                [],
                new JsonObject
                {
                    ["msg_id"] = id,
                    ["session"] = "test",
                    ["username"] = "tester",
                    ["date"] = date,
                    ["msg_type"] = type,
                    ["version"] = "5.3",
                },
                [],
                [],
                content,
                []
            )
        );

    public void SendFrames(IEnumerable<byte[]> frames, Channel channel = Channel.Shell)
    {
        var message = new NetMQMessage(frames.Select(frame => new NetMQFrame(frame)));
        SocketOf(channel).SendMultipartMessage(message);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    public Message Ask(string type, JsonObject content, Channel channel = Channel.Shell)
    {
        var id = Send(type, content, channel);
        while (true)
        {
            var reply = Receive(channel);
            if ((string?)reply.Parent["msg_id"] == id)
            {
                return reply;
            }
        }
    }

    /// <summary>The next message on a channel.</summary>
    public Message Receive(Channel channel)
    {
        var message = new NetMQMessage();
        return SocketOf(channel).TryReceiveMultipartMessage(Patience, ref message)
            ? _read.Read(Frames(message))
            : throw new TimeoutException($"Nothing came on {channel}.");
    }

    /// <summary>What was published for a request, until the kernel is idle again; the states left out.</summary>
    public IReadOnlyList<Message> Published(string id)
    {
        var found = new List<Message>();
        while (true)
        {
            var message = Receive(Channel.IoPub);
            if ((string?)message.Parent["msg_id"] != id)
            {
                continue;
            }

            if (message.Type != "status")
            {
                found.Add(message);
            }
            else if (message.Text("execution_state") == "idle")
            {
                return found;
            }
        }
    }

    /// <summary>What was published until the kernel is idle again after a request, whatever it was published
    /// for.</summary>
    public IReadOnlyList<Message> PublishedDuring(string id, Func<Message, bool> isWanted)
    {
        var found = new List<Message>();
        while (true)
        {
            var message = Receive(Channel.IoPub);
            if (isWanted(message))
            {
                found.Add(message);
            }

            if (
                (string?)message.Parent["msg_id"] == id
                && message.Type == "status"
                && message.Text("execution_state") == "idle"
            )
            {
                return found;
            }
        }
    }

    /// <summary>The first message published of this type for any request.</summary>
    public Message AwaitPublished(string type)
    {
        while (true)
        {
            if (Receive(Channel.IoPub) is var message && message.Type == type)
            {
                return message;
            }
        }
    }

    /// <summary>Executes code; returns the reply and the published messages, without the echo of the code.</summary>
    public (Message Reply, IReadOnlyList<Message> Published) Execute(string code, JsonObject? more = null)
    {
        var content = new JsonObject { ["code"] = code };
        foreach (var (name, value) in more ?? [])
        {
            content[name] = value?.DeepClone();
        }

        var id = Send("execute_request", content);
        var reply = Receive(Channel.Shell);
        return (reply, [.. Published(id).Where(message => message.Type != "execute_input")]);
    }

    /// <summary>Whether the heart beats.</summary>
    public bool BeatsHeart()
    {
        using var heart = new RequestSocket();
        heart.Connect(_connection.Endpoint(_connection.HeartbeatPort));
        heart.SendFrame("ping");
        return heart.TryReceiveFrameString(Patience, out var answer) && answer == "ping";
    }

    public void Dispose()
    {
        foreach (var socket in (NetMQSocket[])[_shell, _control, _stdin, _ioPub])
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Dispose();
        }
    }

    private NetMQSocket SocketOf(Channel channel) =>
        channel switch
        {
            Channel.Shell => _shell,
            Channel.Control => _control,
            Channel.Stdin => _stdin,
            _ => _ioPub,
        };

    private static byte[][] Frames(NetMQMessage message) => [.. message.Select(frame => frame.ToByteArray())];
}
