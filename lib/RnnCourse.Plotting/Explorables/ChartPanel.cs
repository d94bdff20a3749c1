using System.Text.Json.Nodes;
using RnnCourse.Plotting.Charts;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Explorables;

/// <summary>One figure as a panel of an explorable's data: the numbers of a chart, the picture of a diagram.</summary>
internal static class ChartPanel
{
    /// <summary>Writes the panel.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="still">The figure in this place at the values that are shown first: the title and the description
    /// in a drawing are that figure's in all frames, since the panel says it again.</param>
    public static JsonObject Of(Figure figure, Figure still)
    {
        var panel = figure.Content switch
        {
            XyContent chart => Of(chart),
            BarContent chart => Of(chart),
            HeatMapContent map => Of(map),
            _ => Picture(figure, still),
        };
        panel[figure.Caption.Length > 0 ? "says" : "alt"] =
            figure.Caption.Length > 0 ? Subscripts.In(figure.Caption) : figure.AltText;
        return panel;
    }

    /// <summary>Texts as JSON.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static JsonObject Of(XyContent chart) =>
        new()
        {
            ["kind"] = chart.Kind == XyKind.Lines ? "lines" : "points",
            ["title"] = chart.Title,
            ["x"] = chart.Labels.X,
            ["y"] = chart.Labels.Y,
            ["logX"] = chart.LogX,
            ["logY"] = chart.LogY,
            ["equal"] = chart.HasEqualAxes,
            ["series"] = new JsonArray([
                .. chart.Series.Select(series => new JsonObject
                {
                    ["name"] = series.Name,
                    ["x"] = PackedNumbers.Of(series.X),
                    ["y"] = PackedNumbers.Of(series.Y),
                }),
            ]),
        };

    private static JsonObject Of(BarContent chart) =>
        new()
        {
            ["kind"] = "bars",
            ["title"] = chart.Title,
            ["x"] = chart.Labels.X,
            ["y"] = chart.Labels.Y,
            ["categories"] = Texts(chart.Categories),
            ["series"] = new JsonArray([
                .. chart.Series.Select(series => new JsonObject
                {
                    ["name"] = series.Name,
                    ["y"] = PackedNumbers.Of(series.Y),
                }),
            ]),
        };

    private static JsonObject Of(HeatMapContent map) =>
        new()
        {
            ["kind"] = "heat",
            ["title"] = map.Title,
            ["x"] = map.Labels.X,
            ["y"] = map.Labels.Y,
            ["rows"] = Texts(map.Rows),
            ["columns"] = Texts(map.Columns),
            ["values"] = PackedNumbers.Of([.. map.Values.Cast<double>()]),
        };

    // Cut at each element, so that a frame holds only the elements that change.
    private static JsonObject Picture(Figure figure, Figure still) =>
        new()
        {
            ["kind"] = "picture",
            ["title"] = figure.Title,
            ["alt"] = figure.AltText,
            ["parts"] = Texts(figure.Content.ToSvg(still.AltText).Split('<')),
        };
}
