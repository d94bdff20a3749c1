using System.Globalization;
using System.Text.Json.Nodes;

namespace RnnCourse.Shared.Plotly;

/// <summary>Describes a Plotly figure in words, for readers who cannot see it.</summary>
internal static class ChartDescription
{
    private const int MaxTraces = 8;

    public static string Of(JsonObject figure)
    {
        var traces = ChartTrace.Of(figure);
        var title = ChartTrace.Title((figure["layout"] as JsonObject)?["title"]);
        var what = string.Join("; ", traces.Take(MaxTraces).Select(Describe));
        var rest =
            traces.Count > MaxTraces
                ? string.Create(CultureInfo.InvariantCulture, $"; and {traces.Count - MaxTraces} more")
                : "";
        return $"Chart{(title.Length > 0 ? $" '{title}'" : "")}: {(traces.Count == 0 ? "no data" : what + rest)}.";
    }

    private static string Describe(ChartTrace trace)
    {
        var kind = trace.Kind.Length > 0 ? trace.Kind : "data";
        var name = trace.Name.Length > 0 ? $" '{trace.Name}'" : "";
        var values = trace.Y?.Where(double.IsFinite).ToList() ?? [];
        return values.Count == 0
            ? kind + name
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}{name}, {values.Count} {(values.Count == 1 ? "value" : "values")} from "
                    + $"{values.Min():G4} to {values.Max():G4}"
            );
    }
}
