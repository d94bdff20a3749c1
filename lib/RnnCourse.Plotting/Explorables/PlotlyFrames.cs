using System.Globalization;
using System.Text.Json.Nodes;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Explorables;

/// <summary>An explorable with one input as Plotly's figure with a slider, for hosts that draw that.</summary>
internal static class PlotlyFrames
{
    private const int MaxFrames = 60;
    private const double Gap = 0.12;

    /// <summary>Whether Plotly can carry it: one input, and nothing but charts.</summary>
    public static bool CanShow(IReadOnlyList<Dial> dials, IReadOnlyList<IReadOnlyList<Figure>> frames) =>
        dials.Count == 1
        && dials[0].Values.Count <= MaxFrames
        && frames.All(figures => figures.Count == frames[0].Count && figures.All(figure => figure.IsInteractive));

    /// <summary>Writes Plotly's JSON.</summary>
    public static string Of(string title, Dial dial, IReadOnlyList<IReadOnlyList<Figure>> frames)
    {
        var all = frames.Select(Plot).ToList();
        var shown = all[dial.At];
        var layout = shown["layout"]!.DeepClone().AsObject();
        if (frames[0].Count > 1)
        {
            layout["title"] = new JsonObject { ["text"] = title };
        }

        var names = dial.Values.Select((value, i) => dial.Labels?[i] ?? value.ToString(CultureInfo.InvariantCulture));
        layout["sliders"] = new JsonArray(
            new JsonObject
            {
                ["active"] = dial.At,
                ["currentvalue"] = new JsonObject { ["prefix"] = dial.Name + " = " },
                ["pad"] = new JsonObject { ["t"] = 60 },
                ["steps"] = new JsonArray([.. names.Select((name, i) => Step(i, name))]),
            }
        );
        return new JsonObject
        {
            ["data"] = shown["data"]!.DeepClone(),
            ["layout"] = layout,
            ["frames"] = new JsonArray([
                .. all.Select(
                    (plot, i) =>
                        new JsonObject { ["name"] = Name(i), ["data"] = Changing(shown["data"]!, plot["data"]!) }
                ),
            ]),
        }.ToJsonString(JsonText.Readable);
    }

    private static JsonObject Step(int place, string label) =>
        new()
        {
            ["label"] = label,
            ["method"] = "animate",
            ["args"] = new JsonArray(
                new JsonArray(Name(place)),
                JsonNode.Parse("""{"mode":"immediate","frame":{"duration":0},"transition":{"duration":0}}""")
            ),
        };

    private static JsonNode Name(int place) => place.ToString(CultureInfo.InvariantCulture);

    // Of each trace only the numbers; all else is that of the data.
    private static JsonArray Changing(JsonNode shown, JsonNode data) =>
        [
            .. shown
                .AsArray()
                .Zip(data.AsArray())
                .Select(pair =>
                {
                    var trace = new JsonObject();
                    foreach (var name in (string[])["x", "y", "z"])
                    {
                        if (pair.Second![name] is { } now && !JsonNode.DeepEquals(pair.First![name], now))
                        {
                            trace[name] = now.DeepClone();
                        }
                    }

                    return trace;
                }),
        ];

    // Several figures stand one above the other, each with axes of its own.
    private static JsonObject Plot(IReadOnlyList<Figure> figures)
    {
        var plots = figures.Select(figure => JsonNode.Parse(figure.ToPlotlyJson())!.AsObject()).ToList();
        if (plots.Count == 1)
        {
            return plots[0];
        }

        var (data, layout) = (new JsonArray(), plots[0]["layout"]!.DeepClone().AsObject());
        var height = (1 - (Gap * (plots.Count - 1))) / plots.Count;
        for (var i = 0; i < plots.Count; i++)
        {
            var number = i == 0 ? "" : (i + 1).ToString(CultureInfo.InvariantCulture);
            foreach (var trace in plots[i]["data"]!.AsArray())
            {
                var own = trace!.DeepClone();
                (own["xaxis"], own["yaxis"]) = ("x" + number, "y" + number);
                data.Add(own);
            }

            var (x, y) = (plots[i]["layout"]!["xaxis"]!.DeepClone(), plots[i]["layout"]!["yaxis"]!.DeepClone());
            var top = Math.Round(1 - (i * (height + Gap)), 4);
            x["anchor"] = "y" + number;
            y["anchor"] = "x" + number;
            y["domain"] = new JsonArray(Math.Max(0, Math.Round(top - height, 4)), top);
            if (y["scaleanchor"] is not null)
            {
                y["scaleanchor"] = "x" + number;
            }

            (layout["xaxis" + number], layout["yaxis" + number]) = (x, y);
        }

        layout["height"] = 340 * plots.Count;
        layout["showlegend"] = true;
        return new JsonObject { ["data"] = data, ["layout"] = layout };
    }
}
