using System.Reflection;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Shared.Plotly;

/// <summary>
/// Charts of Plotly.NET without scripts from the network and without random ids: as Plotly's JSON for hosts that draw
/// it, and also as a picture or, for kinds of charts that the course cannot draw, as text.
/// </summary>
/// <remarks>By reflection, because the notebook may use another version of the library. The command and the extension
/// for .NET Interactive compile this file each for itself.</remarks>
internal static class ForeignChart
{
    /// <summary>Plotly's JSON as a MIME type.</summary>
    public const string Json = "application/vnd.plotly.v1+json";

    /// <summary>The type's name since version 6, and its name before.</summary>
    public static readonly string[] TypeNames = ["Plotly.NET.GenericChart", "Plotly.NET.GenericChart+GenericChart"];

    /// <summary>The representations of a chart; <see langword="null"/> for what can't be shown.</summary>
    public static MimeBundle? Show(object chart) =>
        ToJson(chart) is { } json && JsonNode.Parse(json) is JsonObject figure ? Show(figure) : null;

    /// <summary>The representations of a figure in Plotly's JSON.</summary>
    public static MimeBundle Show(JsonObject figure)
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
