using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests.Wire;

public sealed class WireFormatTests
{
    private readonly WireFormat _format = new(new MessageSigner("key"));

    [Fact]
    public void A_message_is_read_as_it_was_written() =>
        Gen.Select(Gen.String, Gen.String, Gen.Byte.Array)
            .Sample(
                (type, code, buffer) =>
                {
                    var type2 = Clean(type);
                    var code2 = Clean(code);
                    var message = Create(type2, new JsonObject { ["code"] = code2 }) with { Buffers = [buffer] };
                    var read = Reader().Read(_format.Write(message));

                    Assert.Equal(type2, read.Type);
                    Assert.Equal(code2, read.Text("code"));
                    Assert.Equal("me"u8.ToArray(), Assert.Single(read.Identities));
                    Assert.Equal(buffer, Assert.Single(read.Buffers));
                }
            );

    [Fact]
    public void A_single_changed_byte_of_a_signed_frame_is_noticed() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[0, 10_000], Gen.Byte[1, 255])
            .Sample(
                (frame, at, change) =>
                {
                    var frames = _format
                        .Write(Create("execute_request", new JsonObject { ["code"] = "1 + 1" }))
                        .Select(bytes => bytes.ToArray())
                        .ToList();
                    frames[frame][at % frames[frame].Length] ^= change;

                    Assert.Contains(
                        "signature is wrong",
                        Assert.Throws<WireException>(() => Reader().Read(frames)).Message,
                        StringComparison.Ordinal
                    );
                }
            );

    [Fact]
    public void A_copy_is_refused()
    {
        var reader = Reader();
        var frames = _format.Write(Create("execute_request", []));
        _ = reader.Read(frames);

        Assert.Contains(
            "used before",
            Assert.Throws<WireException>(() => reader.Read(frames)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"msg_id\": \"a\", \"msg_type\": \"b\"} x")]
    [InlineData("{\"msg_id\": 1, \"msg_type\": \"b\"}")]
    [InlineData("{\"msg_id\": \"a\"}")]
    [InlineData("{\"msg_id\": \"a\", \"msg_id\": \"a\", \"msg_type\": \"b\"}")]
    [InlineData("")]
    public void A_signed_frame_that_is_not_a_header_is_refused(string header)
    {
        var signer = new MessageSigner("key");
        byte[][] parts = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];

        Assert.Throws<WireException>(() =>
            Reader().Read([.. (byte[][])["<IDS|MSG>"u8.ToArray(), signer.Sign(parts)], .. parts])
        );
    }

    [Fact]
    public void Any_frames_are_read_or_refused_and_nothing_else_happens() =>
        Gen
            .Byte.Array[0, 40]
            .List[0, 12]
            .Sample(frames =>
            {
                List<byte[]> marked = [.. frames.Take(2), "<IDS|MSG>"u8.ToArray(), .. frames.Skip(2)];
                foreach (var list in (List<byte[]>[])[frames, marked])
                {
                    Assert.Throws<WireException>(() => Reader().Read(list));
                    try
                    {
                        _ = new WireFormat(new MessageSigner("")).Read(list);
                    }
                    catch (WireException)
                    {
                        // Rejected, as it should be.
                    }
                }
            });

    [Fact]
    public void A_message_of_too_many_frames_is_refused_before_anything_is_read()
    {
        var frames = _format.Write(Create("execute_request", []));
        List<byte[]> Padded(int count) => [.. Enumerable.Repeat<byte[]>([1], count - frames.Count), .. frames];

        Assert.Equal(1_000 - frames.Count + 1, Reader().Read(Padded(1_000)).Identities.Count);
        Assert.Contains(
            "1001 frames",
            Assert.Throws<WireException>(() => Reader().Read(Padded(1_001))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = "{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        var format = new WireFormat(new MessageSigner(""));

        Assert.Throws<WireException>(() =>
            format.Read([
                "<IDS|MSG>"u8.ToArray(),
                [],
                Encoding.UTF8.GetBytes(deep),
                .. Enumerable.Repeat("{}"u8.ToArray(), 3),
            ])
        );
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_the_same_message_may_come_twice()
    {
        var format = new WireFormat(new MessageSigner(""));
        var frames = format.Write(Create("execute_request", []));

        Assert.Empty(frames[2]);
        _ = format.Read(frames);
        _ = format.Read(frames);
    }

    [Fact]
    public void The_signature_is_that_of_the_protocol()
    {
        // HMAC-SHA256 with the key "key" over the four frames, computed with OpenSSL: printf '{}{}{}{}' | openssl dgst
        // -sha256 -hmac key
        var signature = new MessageSigner("key").Sign(
            "{}"u8.ToArray(),
            "{}"u8.ToArray(),
            "{}"u8.ToArray(),
            "{}"u8.ToArray()
        );

        Assert.Equal(
            "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3",
            Encoding.ASCII.GetString(signature)
        );
    }

    private static WireFormat Reader() => new(new MessageSigner("key"));

    private static string Clean(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);

    private static Message Create(string type, JsonObject content) =>
        new(["me"u8.ToArray()], new JsonObject { ["msg_id"] = "1", ["msg_type"] = type }, [], [], content, []);
}
