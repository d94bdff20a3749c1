using System.Reflection;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Cli.Figures;

/// <summary>
/// Shows charts of Plotly.NET without a script from the network and without random ids: Plotly's JSON for hosts that
/// draw it, and beside it a picture where the chart is of a kind that we can draw, or else words.
/// </summary>
internal static class PlotlyCharts
{
    private const string Json = "application/vnd.plotly.v1+json";

    // The first is the type's name since version 6, the second its name before.
    private static readonly string[] TypeNames = ["Plotly.NET.GenericChart", "Plotly.NET.GenericChart+GenericChart"];

    /// <summary>Makes cells show charts from now on.</summary>
    public static void Register()
    {
        foreach (var name in TypeNames)
        {
            NamedTypeDisplays.Register(name, Display);
        }
    }

    private static MimeBundle? Display(object chart) =>
        ToJson(chart) is { } json && JsonNode.Parse(json) is JsonObject figure ? Display(figure) : null;

    internal static MimeBundle Display(JsonObject figure)
    {
        var kept = new JsonObject();
        foreach (var name in (string[])["config", "data", "layout"])
        {
            if (figure[name] is { } part)
            {
                kept[name] = part.DeepClone();
            }
        }

        var words = ChartWords.Of(figure);
        return new MimeBundle([
            new("text/plain", new MimeText(words)),
            new(
                "text/html",
                new MimeText(ChartPicture.Of(figure)?.ToHtml() ?? $"<p>{System.Net.WebUtility.HtmlEncode(words)}</p>")
            ),
            new(Json, new MimeJson(kept)),
        ]);
    }

    // By name, as the notebook may use another version of the library than we do.
    private static string? ToJson(object chart)
    {
        var library = chart.GetType().Assembly;
        return TypeNames
                .Append("Plotly.NET.GenericChartModule")
                .Select(name => library.GetType(name))
                .Select(type =>
                    type?.GetMethod("toFigureJson", BindingFlags.Public | BindingFlags.Static)
                    ?? type?.GetMethod("toJson", BindingFlags.Public | BindingFlags.Static)
                )
                .OfType<MethodInfo>()
                .FirstOrDefault()
                ?.Invoke(null, [chart]) as string;
    }
}
