using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnCourse.Jupyter.Wire;

/// <summary>Sends the kernel's messages: replies, outputs and questions, each as an answer to a request. Safe for use
/// by several threads at once.</summary>
internal sealed class Messenger(Action<Channel, Message> send)
{
    /// <summary>The version of the protocol that the kernel implements.</summary>
    public const string ProtocolVersion = "5.3";

    private readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>Answers a request on the channel on which it arrived.</summary>
    public void Reply(Channel channel, Message request, string type, JsonObject content) =>
        send(channel, Create(request.Identities, type, request, content));

    /// <summary>Sends a question to the client that sent a request.</summary>
    public void Ask(Message request, string type, JsonObject content) =>
        send(Channel.Stdin, Create(request.Identities, type, request, content));

    /// <summary>Sends a message to all connected clients.</summary>
    public void Publish(Message? parent, string type, JsonObject content, JsonObject? metadata = null) =>
        send(
            Channel.IoPub,
            Create([Encoding.UTF8.GetBytes($"kernel.{_session}.{type}")], type, parent, content, metadata)
        );

    /// <summary>Tells all connected clients whether the kernel is busy with a request.</summary>
    public void PublishState(Message? parent, string state) =>
        Publish(parent, "status", new JsonObject { ["execution_state"] = state });

    private Message Create(
        IReadOnlyList<byte[]> identities,
        string type,
        Message? parent,
        JsonObject content,
        JsonObject? metadata = null
    ) =>
        new(
            identities,
            new JsonObject
            {
                ["msg_id"] = Guid.NewGuid().ToString("N"),
                ["session"] = _session,
                ["username"] = "kernel",
                ["date"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
                ["msg_type"] = type,
                ["version"] = ProtocolVersion,
            },
            parent?.Header.DeepClone().AsObject() ?? [],
            metadata ?? [],
            content,
            []
        );
}
