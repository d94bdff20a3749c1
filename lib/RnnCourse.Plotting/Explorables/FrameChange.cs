using System.Globalization;
using System.Text.Json.Nodes;

namespace RnnCourse.Plotting.Explorables;

/// <summary>What makes one JSON value out of another: <c>{"=": new}</c> in the place of a value, or the changes of its
/// parts by their names or places.</summary>
internal static class FrameChange
{
    private const string Becomes = "=";

    /// <summary>The change; an empty object if nothing does.</summary>
    public static JsonObject Between(JsonNode? old, JsonNode? now) =>
        (old, now) switch
        {
            _ when JsonNode.DeepEquals(old, now) => [],
            (JsonObject a, JsonObject b)
                when a.Select(field => field.Key).SequenceEqual(b.Select(field => field.Key)) => Of(
                a.Select(field => (field.Key, field.Value, b[field.Key]))
            ),
            (JsonArray a, JsonArray b) when a.Count == b.Count => Of(
                a.Select((part, i) => (i.ToString(CultureInfo.InvariantCulture), part, b[i]))
            ),
            _ => new JsonObject { [Becomes] = now?.DeepClone() },
        };

    private static JsonObject Of(IEnumerable<(string Name, JsonNode? Old, JsonNode? Now)> parts)
    {
        var change = new JsonObject();
        foreach (var (name, old, now) in parts)
        {
            var inner = Between(old, now);
            if (inner.Count > 0)
            {
                change[name] = inner;
            }
        }

        return change;
    }
}
