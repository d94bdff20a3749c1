using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>What checks say of answers, among the outputs of a cell.</summary>
internal static class Verdicts
{
    /// <summary>The MIME type of a verdict for programs.</summary>
    public const string MimeType = "application/vnd.rnncourse.verdict+json";

    /// <summary>What a verdict on a right answer says.</summary>
    public const string Correct = "correct";

    /// <summary>What the last verdict among outputs says, such as <c>not yet</c>; null without one.</summary>
    public static string? WordsIn(IEnumerable<Output> outputs) => LastIn(outputs)?["verdict"]?.ToString();

    /// <summary>The last verdict among outputs, as programs get it; null without one.</summary>
    public static JsonObject? LastIn(IEnumerable<Output> outputs) =>
        outputs
            .OfType<RichOutput>()
            .Select(output => (output.Data[MimeType] as MimeJson)?.Json as JsonObject)
            .LastOrDefault(verdict => verdict?["verdict"] is not null);
}
