using System.Text.Json.Nodes;
using RnnCourse.Plotting;

namespace RnnCourse.Shared.Plotly;

/// <summary>Converts a Plotly figure to a figure of the course, if it has only lines, points, or bars.</summary>
internal static class ChartFigure
{
    /// <summary>Converts a figure; returns <see langword="null"/> for other kinds.</summary>
    public static Figure? Of(JsonObject figure)
    {
        var traces = ChartTrace.Of(figure);
        if (traces.Count == 0 || traces.Any(trace => trace.Y is null))
        {
            return null;
        }

        var layout = figure["layout"] as JsonObject;
        var (title, x, y) = (
            Or(ChartTrace.Title(layout?["title"]), "Chart"),
            Or(Axis(layout, "xaxis"), "x"),
            Or(Axis(layout, "yaxis"), "y")
        );
        try
        {
            if (
                traces.All(trace =>
                    trace.Kind is "scatter" or "scattergl" && (trace.X is not null || trace.Labels is null)
                )
            )
            {
                var series = traces
                    .Select(
                        (trace, i) =>
                            new Series(NameOf(trace, i), trace.X ?? [.. Enumerable.Range(0, trace.Y!.Length)], trace.Y!)
                    )
                    .ToArray();
                return traces.All(trace => trace.Mode == "markers")
                    ? Figure.Scatter(title, x, y, series)
                    : Figure.Lines(title, x, y, series);
            }

            if (
                traces.All(trace =>
                    trace.Kind == "bar" && trace.Labels is { } labels && labels.SequenceEqual(traces[0].Labels!)
                )
            )
            {
                return Figure.Bars(
                    title,
                    x,
                    y,
                    traces[0].Labels!,
                    [.. traces.Select((trace, i) => new Series(NameOf(trace, i), trace.Y!))]
                );
            }
        }
        catch (ArgumentException)
        {
            // Figures refuse some data, such as different numbers of coordinates and values; they get a text instead.
        }

        return null;
    }

    private static string Axis(JsonObject? layout, string name) =>
        ChartTrace.Title((layout?[name] as JsonObject)?["title"]);

    private static string NameOf(ChartTrace trace, int index) =>
        Or(trace.Name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"trace {index}"));

    private static string Or(string text, string other) => string.IsNullOrWhiteSpace(text) ? other : text;
}
