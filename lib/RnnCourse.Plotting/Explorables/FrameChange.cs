using System.Globalization;
using System.Text.Json.Nodes;

namespace RnnCourse.Plotting.Explorables;

/// <summary>What makes one JSON value out of another: the new values of parts by their paths, such as
/// <c>0/series/1/y/f32</c>.</summary>
internal static class FrameChange
{
    /// <summary>The change; an empty object if nothing has changed.</summary>
    public static JsonObject Between(JsonArray old, JsonArray now)
    {
        var change = new JsonObject();
        Compare("", old, now);
        return change;

        void Compare(string path, JsonNode? before, JsonNode? after)
        {
            switch (before, after)
            {
                case (JsonObject a, JsonObject b)
                    when a.Select(part => part.Key).SequenceEqual(b.Select(part => part.Key)):
                    foreach (var (name, part) in a)
                    {
                        Compare($"{path}/{name}", part, b[name]);
                    }

                    break;
                case (JsonArray a, JsonArray b) when a.Count == b.Count:
                    for (var i = 0; i < a.Count; i++)
                    {
                        Compare(string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"), a[i], b[i]);
                    }

                    break;
                default:
                    if (!JsonNode.DeepEquals(before, after))
                    {
                        change[path.TrimStart('/')] = after?.DeepClone();
                    }

                    break;
            }
        }
    }
}
