using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Exercises.Recording;

/// <summary>A line of the progress file. Three kinds: <c>exercise</c>, <c>quiz</c> and <c>claim</c>, each with its time
/// in UTC.</summary>
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
                (line["exercise"], line["state"]) = (e.Exercise, e.State.ToString());
                break;
            case QuizEntry e:
                (line["quiz"], line["answers"]) = (
                    e.Lesson,
                    new JsonArray([.. e.Answers.Select(answer => JsonValue.Create(answer.ToString()))])
                );
                break;
            case ClaimEntry e:
                (line["claim"], line["words"]) = (e.Statement, e.InWords);
                break;
        }

        return JsonSerializer.SerializeToUtf8Bytes(line, Readable);
    }

    /// <summary>The entry that a line holds; null of one that is torn or of a kind that this version does not
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
                    State<FeedbackState>(Text(fields, "state"))
                ),
                _ when fields.ContainsKey("quiz") => new QuizEntry(
                    at,
                    Text(fields, "quiz"),
                    [.. Answers(fields).Select(answer => State<QuizState>((string?)answer ?? ""))]
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

    private static TState State<TState>(string name)
        where TState : struct, Enum =>
        Enum.TryParse<TState>(name, out var state) && Enum.IsDefined(state)
            ? state
            : throw new FormatException($"'{name}' is not a state of an exercise or a quiz.");
}
