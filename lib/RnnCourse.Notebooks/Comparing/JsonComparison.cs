using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>Compares JSON values, such as the data of a figure: numbers within a tolerance, all else exactly.</summary>
internal static class JsonComparison
{
    /// <summary>What differs, one line for each place; empty if nothing does.</summary>
    public static IReadOnlyList<string> Compare(
        JsonNode? old,
        JsonNode? now,
        Tolerance tolerance,
        Func<string, string> sanitize
    )
    {
        var report = new List<string>();
        Compare("", old, now);
        return report;

        void Compare(string place, JsonNode? before, JsonNode? after)
        {
            switch (before, after)
            {
                case (JsonObject a, JsonObject b):
                    foreach (var name in a.Select(field => field.Key).Union(b.Select(field => field.Key)))
                    {
                        var path = $"{place}.{name}".TrimStart('.');
                        if (!a.ContainsKey(name) || !b.ContainsKey(name))
                        {
                            report.Add($"{path}: {(a.ContainsKey(name) ? "is no longer there" : "is new")}");
                            continue;
                        }

                        Compare(path, a[name], b[name]);
                    }

                    break;
                case (JsonArray a, JsonArray b) when a.Count == b.Count:
                    for (var i = 0; i < a.Count; i++)
                    {
                        Compare(string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"), a[i], b[i]);
                    }

                    break;
                case (JsonArray a, JsonArray b):
                    report.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: {a.Count} → {b.Count} elements"));
                    break;
                case (JsonValue a, JsonValue b) when IsNumber(a) && IsNumber(b):
                    var (from, to) = (new NumberToken(0, a.ToJsonString()), new NumberToken(0, b.ToJsonString()));
                    if (!from.Equals(to, tolerance))
                    {
                        report.Add($"{place}: {NumberToken.Describe(from, to, tolerance)}");
                    }

                    break;
                case (JsonValue a, JsonValue b) when IsText(a) && IsText(b):
                    var (text, other) = (sanitize(a.GetValue<string>()), sanitize(b.GetValue<string>()));
                    report.AddRange(TextComparison.Compare(text, other, tolerance).Select(line => $"{place}: {line}"));
                    break;
                default:
                    if (!JsonNode.DeepEquals(before, after))
                    {
                        report.Add($"{place}: {Short(before)} → {Short(after)}");
                    }

                    break;
            }
        }
    }

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    private static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
