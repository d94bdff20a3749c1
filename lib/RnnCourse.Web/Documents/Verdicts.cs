using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>Finds the verdicts of checks among the outputs of a cell.</summary>
internal static class Verdicts
{
    /// <summary>The MIME type of a verdict for programs.</summary>
    public const string MimeType = "application/vnd.rnncourse.verdict+json";

    /// <summary>The text of a verdict on a right answer.</summary>
    public const string Correct = "correct";

    /// <summary>The text of the last verdict among outputs, such as <c>not yet</c>; null if there is none.</summary>
    public static string? WordsIn(IEnumerable<Output> outputs) => LastIn(outputs)?["verdict"]?.ToString();

    /// <summary>The last verdict among outputs, as JSON; null if there is none.</summary>
    public static JsonObject? LastIn(IEnumerable<Output> outputs) =>
        outputs
            .OfType<RichOutput>()
            .Select(output => (output.Data[MimeType] as MimeJson)?.Json as JsonObject)
            .LastOrDefault(verdict => verdict?["verdict"] is not null);
}
