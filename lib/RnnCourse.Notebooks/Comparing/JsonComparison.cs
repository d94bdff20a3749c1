using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>Compares JSON values, such as the data of a figure: numbers within a tolerance, everything else
/// exactly.</summary>
internal static class JsonComparison
{
    /// <summary>The differences, one line for each place; empty if there are none.</summary>
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
                case (JsonValue a, JsonValue b) when Packed(place, a) is { } packed && Packed(place, b) is { } repacked:
                    report.AddRange(Numbers(place, packed, repacked, tolerance));
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

    // {"f32": "…"} and {"f64": "…"} hold numbers, base 64 of little-endian floats; so do paths that end in these names.
    private static double[]? Packed(string place, JsonValue value)
    {
        var name = place[(place.LastIndexOfAny(['.', '/']) + 1)..];
        var size =
            name == "f32" ? sizeof(float)
            : name == "f64" ? sizeof(double)
            : 0;
        if (size == 0 || !value.TryGetValue<string>(out var text))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length % size != 0)
        {
            return null;
        }

        var numbers = new double[length / size];
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = bytes.AsSpan(i * size);
            numbers[i] =
                size == sizeof(float)
                    ? BinaryPrimitives.ReadSingleLittleEndian(at)
                    : BinaryPrimitives.ReadDoubleLittleEndian(at);
        }

        return numbers;
    }

    private static IEnumerable<string> Numbers(string place, double[] old, double[] now, Tolerance tolerance)
    {
        if (old.Length != now.Length)
        {
            return [string.Create(CultureInfo.InvariantCulture, $"{place}: {old.Length} → {now.Length} numbers")];
        }

        var differing = Enumerable.Range(0, old.Length).Where(i => !tolerance.Allows(old[i], now[i])).ToList();
        return differing.Count == 0
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{place}: {differing.Count} of {old.Length} numbers differ, the first is {old[differing[0]]:G9} → "
                        + $"{now[differing[0]]:G9}"
                ),
            ];
    }

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    private static bool IsText(JsonValue value) => value.GetValueKind() == JsonValueKind.String;

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
