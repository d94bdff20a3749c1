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
    public static string? LastIn(IEnumerable<Output> outputs) =>
        outputs
            .OfType<RichOutput>()
            .Select(output => ((output.Data[MimeType] as MimeJson)?.Json as JsonObject)?["verdict"]?.ToString())
            .LastOrDefault(verdict => verdict is not null);
}
