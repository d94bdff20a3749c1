using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace RnnCourse.Jupyter.Wire;

/// <summary>
/// Turns frames into messages and back. No incoming data is trusted: the signature is checked over the raw frames
/// before any of them is parsed.
/// </summary>
internal sealed class WireFormat(MessageSigner signer)
{
    private const int FramesBeforeBuffers = 5;
    private const int MaxFrames = 1_000;

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    // Deeper nesting than any client sends, and little enough for the stack.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128 };

    /// <summary>Reads a message.</summary>
    /// <exception cref="WireException">The frames aren't a message, or its signature is wrong or was used
    /// before.</exception>
    public Message Read(IReadOnlyList<byte[]> frames)
    {
        if (frames.Count > MaxFrames)
        {
            throw new WireException($"it has {frames.Count} frames, more than {MaxFrames}");
        }

        var start = Enumerable
            .Range(0, frames.Count)
            .FirstOrDefault(i => frames[i].AsSpan().SequenceEqual(Delimiter), -1);
        if (start < 0)
        {
            throw new WireException("the frame <IDS|MSG> is missing");
        }

        var rest = frames.Skip(start + 1).ToList();
        if (rest.Count < FramesBeforeBuffers)
        {
            throw new WireException($"after <IDS|MSG> there are {rest.Count} frames, not the signature and four more");
        }

        var signature = rest[0];
        if (!signer.IsRight(signature, rest[1], rest[2], rest[3], rest[4]))
        {
            throw new WireException("its signature is wrong");
        }

        if (!signer.IsFirst(signature))
        {
            throw new WireException("its signature was used before: it is a copy");
        }

        var header = Parse("header", rest[1]);
        foreach (var name in (string[])["msg_id", "msg_type"])
        {
            if (header[name] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            {
                throw new WireException($"its header has no string '{name}'");
            }
        }

        return new Message(
            [.. frames.Take(start)],
            header,
            Parse("parent header", rest[2]),
            Parse("metadata", rest[3]),
            Parse("content", rest[4]),
            [.. rest.Skip(FramesBeforeBuffers)]
        );
    }

    /// <summary>Writes a message, signed.</summary>
    public IReadOnlyList<byte[]> Write(Message message)
    {
        byte[][] parts =
        [
            Bytes(message.Header),
            Bytes(message.Parent),
            Bytes(message.Metadata),
            Bytes(message.Content),
        ];
        return [.. message.Identities, Delimiter, signer.Sign(parts), .. parts, .. message.Buffers];
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject Parse(string name, byte[] frame)
    {
        if (!Utf8.IsValid(frame))
        {
            throw new WireException($"its {name} isn't UTF-8");
        }

        try
        {
            var parsed =
                JsonNode.Parse(frame, documentOptions: Strict) as JsonObject
                ?? throw new WireException($"its {name} isn't a JSON object");

            // A duplicate name is noticed only on the first access.
            _ = parsed.Count;
            return parsed;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new WireException($"its {name} isn't JSON: {e.Message}");
        }
    }
}
