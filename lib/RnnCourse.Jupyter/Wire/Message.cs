using System.Globalization;
using System.Text.Json.Nodes;

namespace RnnCourse.Jupyter.Wire;

/// <summary>One message of the protocol.</summary>
/// <param name="Identities">Its sender or receiver; on the output channel, its topic.</param>
/// <param name="Header">Its sender, time and type.</param>
/// <param name="Parent">The header of the message that it answers; empty if none.</param>
/// <param name="Metadata">Further information from the sender.</param>
/// <param name="Content">Its content, which depends on the type.</param>
/// <param name="Buffers">Binary parts after it.</param>
internal sealed record Message(
    IReadOnlyList<byte[]> Identities,
    JsonObject Header,
    JsonObject Parent,
    JsonObject Metadata,
    JsonObject Content,
    IReadOnlyList<byte[]> Buffers
)
{
    /// <summary>The type, such as <c>execute_request</c>.</summary>
    public string Type => (string)Header["msg_type"]!;

    /// <summary>When it was sent, according to its sender; null if the header has no time.</summary>
    public DateTimeOffset? Sent =>
        Header["date"] is JsonValue value
        && value.TryGetValue<string>(out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;

    /// <summary>A string of the content; the fallback if it is missing or not a string.</summary>
    public string Text(string name, string fallback = "") =>
        Content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : fallback;

    /// <summary>A boolean of the content; the fallback if it is missing or not a boolean.</summary>
    public bool Flag(string name, bool fallback) =>
        Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : fallback;

    /// <summary>An integer of the content; null if it is missing or not an integer.</summary>
    public int? Number(string name) =>
        Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
