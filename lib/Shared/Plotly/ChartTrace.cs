using System.Text.Json.Nodes;

namespace RnnCourse.Shared.Plotly;

/// <summary>One trace (series) of a Plotly figure.</summary>
/// <param name="Kind">The type, such as <c>scatter</c> or <c>bar</c>.</param>
/// <param name="Mode">For <c>scatter</c>: <c>lines</c>, <c>markers</c> or both.</param>
/// <param name="Name">The name in the legend, or the empty string.</param>
/// <param name="X">The x coordinates as numbers; null if they are missing or not numbers.</param>
/// <param name="Labels">The x coordinates as text; null if they are missing.</param>
/// <param name="Y">The values; null if they are not numbers.</param>
internal sealed record ChartTrace(string Kind, string Mode, string Name, double[]? X, string[]? Labels, double[]? Y)
{
    /// <summary>The traces of a figure.</summary>
    public static IReadOnlyList<ChartTrace> Of(JsonObject figure) =>
        [
            .. (figure["data"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Select(trace => new ChartTrace(
                    Text(trace["type"]),
                    Text(trace["mode"]),
                    Text(trace["name"]),
                    Numbers(trace["x"]),
                    Words(trace["x"]),
                    Numbers(trace["y"])
                )),
        ];

    /// <summary>The text of a title, which is a string or an object with one.</summary>
    public static string Title(JsonNode? node) => node is JsonObject fields ? Text(fields["text"]) : Text(node);

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static double[]? Numbers(JsonNode? node)
    {
        if (node is not JsonArray items || items.Count == 0)
        {
            return null;
        }

        var numbers = new double[items.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (items[i] is null)
            {
                numbers[i] = double.NaN;
            }
            else if (items[i] is not JsonValue value || !value.TryGetValue(out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    private static string[]? Words(JsonNode? node) =>
        node is JsonArray { Count: > 0 } items ? [.. items.Select(item => item?.ToString() ?? "")] : null;
}
