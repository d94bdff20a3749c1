using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Exercises.Hosting;

/// <summary>
/// Writes verdicts for programs: one JSON object with the MIME type <see cref="MimeType"/>, in addition to text and
/// HTML for people. Terminals, pages, kernels and tests read only this. The fields are documented in the README of this
/// project.
/// </summary>
internal static class VerdictJson
{
    /// <summary>The MIME type.</summary>
    public const string MimeType = "application/vnd.rnncourse.verdict+json";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the verdict on an exercise.</summary>
    public static string Write(Feedback feedback, Exercise exercise, IEnumerable<string> allHints)
    {
        var verdict = new JsonObject
        {
            ["exercise"] = exercise.Id,
            ["title"] = exercise.Title,
            ["anchor"] = $"cell-exercise-{exercise.Id[3..]}",
            ["verdict"] = VerdictWords.Of(feedback.State),
            ["message"] = feedback.Message,
            ["hints"] = new JsonArray([.. allHints.Select(hint => (JsonNode)hint)]),
            ["hintsShown"] = feedback.Hints.Count,
            ["solution"] = exercise.Solution,
            ["solutionShown"] = feedback.Code is not null,
        };
        if (feedback.Table.Count > 0)
        {
            verdict["table"] = new JsonArray([
                .. feedback.Table.Select(row =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = row.Name,
                            ["shape"] = row.Shape,
                            ["difference"] = row.Difference is { } value && double.IsFinite(value) ? value : null,
                            ["verdict"] = row.Verdict,
                        }
                ),
            ]);
        }

        return verdict.ToJsonString(Readable);
    }

    /// <summary>Writes the verdict on the answers to a quiz.</summary>
    public static string Write(QuizFeedback feedback) =>
        new JsonObject
        {
            ["quiz"] = feedback.Lesson,
            ["anchor"] = "cell-quiz-answers",
            ["verdict"] = VerdictWords.Of(
                feedback.Replies.All(reply => reply.State == QuizState.NotAnswered) ? FeedbackState.NotAttempted
                : feedback.Right == feedback.Replies.Count ? FeedbackState.Correct
                : FeedbackState.NotYet
            ),
            ["answers"] = new JsonArray([
                .. feedback.Replies.Select(reply =>
                    (JsonNode)new JsonObject { ["verdict"] = VerdictWords.Of(reply.State), ["message"] = reply.Text }
                ),
            ]),
        }.ToJsonString(Readable);
}
