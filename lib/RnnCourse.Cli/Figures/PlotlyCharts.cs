using System.Reflection;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Cli.Figures;

/// <summary>
/// Displays charts of Plotly.NET without scripts from the network and without random ids: as Plotly's JSON for hosts
/// that draw it, and also as a picture or, for kinds of charts that the course cannot draw, as text.
/// </summary>
internal static class PlotlyCharts
{
    private const string Json = "application/vnd.plotly.v1+json";

    // The type's name since version 6, and its name before.
    private static readonly string[] TypeNames = ["Plotly.NET.GenericChart", "Plotly.NET.GenericChart+GenericChart"];

    /// <summary>Registers the display of charts in cells.</summary>
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

        var words = ChartDescription.Of(figure);
        return new MimeBundle([
            new("text/plain", new MimeText(words)),
            new(
                "text/html",
                new MimeText(ChartFigure.Of(figure)?.ToHtml() ?? $"<p>{System.Net.WebUtility.HtmlEncode(words)}</p>")
            ),
            new(Json, new MimeJson(kept)),
        ]);
    }

    // By reflection, because the notebook may use another version of the library.
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
