using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnCourse.Web.Live;

/// <summary>Reads and writes the messages.</summary>
[JsonSerializable(typeof(PageRequest))]
[JsonSerializable(typeof(ServerMessage))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class PageJson : JsonSerializerContext
{
    // Created on first use: the generated static members may be initialised after the ones here.
    private static readonly Lazy<PageJson> Shared = new(() =>
    {
        var options = new JsonSerializerOptions(Default!.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return new PageJson(options);
    });

    private static PageJson Readable => Shared.Value;

    /// <summary>Reads a message of the page; null if it isn't one.</summary>
    public static PageRequest? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Readable.PageRequest);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes a message to the page.</summary>
    public static byte[] Write(ServerMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, Readable.ServerMessage);
}
