using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Exercises.Hosting;

namespace RnnCourse.Exercises.Recording;

/// <summary>A line of the progress file: the verdict on an exercise or a quiz, in the fields and words of
/// <see cref="VerdictJson"/>, or a claim that was shown; each with its time in UTC.</summary>
/// <remarks>Lines of earlier versions, with <c>state</c> and the names of enumerations, are read as well.</remarks>
internal static class ProgressJson
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(ProgressEntry entry)
    {
        var line = new JsonObject
        {
            ["at"] = entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        switch (entry)
        {
            case ExerciseEntry e:
                (line["exercise"], line["verdict"]) = (e.Exercise, VerdictWords.Of(e.State));
                break;
            case QuizEntry e:
                (line["quiz"], line["answers"]) = (
                    e.Lesson,
                    new JsonArray([
                        .. e.Answers.Select(answer =>
                            (JsonNode)new JsonObject { ["verdict"] = VerdictWords.Of(answer) }
                        ),
                    ])
                );
                break;
            case ClaimEntry e:
                (line["claim"], line["words"]) = (e.Statement, e.InWords);
                break;
        }

        return JsonSerializer.SerializeToUtf8Bytes(line, Readable);
    }

    /// <summary>The entry in a line; null if the line is incomplete or of a kind that this version does not
    /// know.</summary>
    public static ProgressEntry? Parse(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject fields)
            {
                return null;
            }

            var at = DateTimeOffset.Parse(
                Text(fields, "at"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            );
            return fields switch
            {
                _ when fields.ContainsKey("exercise") => new ExerciseEntry(
                    at,
                    Text(fields, "exercise"),
                    fields.ContainsKey("state")
                        ? EarlierState<FeedbackState>(Text(fields, "state"))
                        : VerdictWords.Exercise(Text(fields, "verdict")) ?? throw Unknown(Text(fields, "verdict"))
                ),
                _ when fields.ContainsKey("quiz") => new QuizEntry(
                    at,
                    Text(fields, "quiz"),
                    [.. Answers(fields).Select(AnswerState)]
                ),
                _ when fields.ContainsKey("claim") => new ClaimEntry(at, Text(fields, "claim"), Text(fields, "words")),
                _ => null,
            };
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string Text(JsonObject fields, string name) =>
        (string?)fields[name] ?? throw new FormatException($"The field '{name}' is missing.");

    private static JsonArray Answers(JsonObject fields) =>
        fields["answers"] as JsonArray ?? throw new FormatException("The answers are missing.");

    private static QuizState AnswerState(JsonNode? answer) =>
        answer is JsonObject fields
            ? VerdictWords.Answer(Text(fields, "verdict")) ?? throw Unknown(Text(fields, "verdict"))
            : EarlierState<QuizState>((string?)answer ?? "");

    private static TState EarlierState<TState>(string name)
        where TState : struct, Enum =>
        Enum.TryParse<TState>(name, out var state) && Enum.IsDefined(state) ? state : throw Unknown(name);

    private static FormatException Unknown(string state) => new($"'{state}' is not a state of an exercise or a quiz.");
}
