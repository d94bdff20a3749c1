using MathNet.Numerics.LinearAlgebra;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Shared;
using RnnCourse.Shared.Plotly;

namespace RnnCourse.Interactive;

/// <summary>Shows values in .NET Interactive as the course's own engine shows them. Figures, verdicts and quizzes need
/// nothing here: their classes name their formatters by an attribute that both look for.</summary>
internal static class CourseFormatters
{
    private const string Html = "text/html";
    private const string Plain = "text/plain";

    /// <summary>Registers them for the whole process, as hosts have formatters.</summary>
    public static void Register()
    {
        foreach (var type in (Type[])[typeof(Matrix<>), typeof(Vector<>)])
        {
            Formatter.Register(type, (value, writer) => writer.Write(NumberTable.Of(value)?.ToHtml()), Html);
            Formatter.Register(type, (value, writer) => writer.Write(NumberTable.Of(value)?.ToText()), Plain);
            Formatter.SetPreferredMimeTypesFor(type, Html, Plain);
        }

        var chart = typeof(Plotly.NET.GenericChart);
        foreach (var mimeType in (string[])[Html, ForeignChart.Json, Plain])
        {
            Formatter.Register(chart, (value, writer) => writer.Write(TextOf(value, mimeType)), mimeType);
        }

        Formatter.SetPreferredMimeTypesFor(chart, Html, ForeignChart.Json, Plain);
    }

    private static string? TextOf(object chart, string mimeType) =>
        ForeignChart.Show(chart)?[mimeType] switch
        {
            MimeText text => text.Text,
            MimeJson json => json.Json?.ToJsonString(),
            _ => null,
        };
}
