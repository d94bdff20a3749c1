using System.Globalization;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>The result of a check or a quiz, read from the part of its cell's output that is meant for
/// programs.</summary>
/// <param name="Name">What was checked: <c>exercise 06.1a, the recurrent step</c>.</param>
/// <param name="Kind">The kind of result.</param>
/// <param name="Message">What is at fault, or how to start; the first line.</param>
/// <param name="FirstHint">The mildest hint; empty if there is none.</param>
/// <param name="Anchor">The <c>id</c> of its cell on the notebook's page.</param>
internal sealed record Verdict(string Name, VerdictKind Kind, string Message, string FirstHint, string Anchor)
{
    private const string MimeType = "application/vnd.rnncourse.verdict+json";

    /// <summary>The verdicts in a notebook that ran, in order.</summary>
    public static IReadOnlyList<Verdict> ReadAll(Notebook executed) =>
        [.. executed.Cells.OfType<CodeCell>().Select(Of).OfType<Verdict>()];

    /// <summary>The verdict of a cell, the last if it has several; null if it has none. A notebook may contain anything
    /// in this place; invalid verdicts are ignored.</summary>
    public static Verdict? Of(CodeCell cell) =>
        cell.Outputs.OfType<RichOutput>().Select(output => Read(output.Data)).OfType<Verdict>().LastOrDefault();

    /// <summary>Such as <c>2 of 5 correct, 1 not yet</c>; empty if there are none.</summary>
    public static string Count(IReadOnlyCollection<Verdict> verdicts)
    {
        if (verdicts.Count == 0)
        {
            return "";
        }

        var correct = verdicts.Count(verdict => verdict.Kind == VerdictKind.Correct);
        var notYet = verdicts.Count(verdict => verdict.Kind == VerdictKind.NotYet);
        return string.Create(CultureInfo.InvariantCulture, $"{correct} of {verdicts.Count} correct")
            + (notYet == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {notYet} not yet"));
    }

    /// <summary>Lines for a terminal.</summary>
    /// <param name="page">The notebook's page, or null if there is none.</param>
    public IEnumerable<string> Describe(string? page)
    {
        yield return Kind switch
        {
            VerdictKind.Correct => $"✓ {Name}: correct",
            VerdictKind.NotYet => $"✗ {Name}: not yet. {Message}",
            _ => $"· {Name}: not attempted",
        };
        if (Kind != VerdictKind.NotYet)
        {
            yield break;
        }

        if (FirstHint.Length > 0)
        {
            yield return $"  Hint: {FirstHint}";
        }

        if (page is not null && Anchor.Length > 0)
        {
            yield return $"  {page}#{Anchor}";
        }
    }

    private static Verdict? Read(MimeBundle data)
    {
        if (data[MimeType] is not MimeJson { Json: JsonObject fields })
        {
            return null;
        }

        var exercise = Text(fields["exercise"]);
        var quiz = Text(fields["quiz"]);
        var kind = Text(fields["verdict"]) switch
        {
            "correct" => VerdictKind.Correct,
            "not yet" => VerdictKind.NotYet,
            "not attempted" => VerdictKind.NotAttempted,
            _ => (VerdictKind?)null,
        };
        if (kind is null || (exercise.Length == 0 && quiz.Length == 0))
        {
            return null;
        }

        return new Verdict(
            exercise.Length > 0 ? $"exercise {exercise}, {Text(fields["title"])}" : $"quiz {quiz}",
            kind.Value,
            FirstLine(exercise.Length > 0 ? Text(fields["message"]) : FirstWrong(fields["answers"] as JsonArray)),
            FirstLine(Text((fields["hints"] as JsonArray)?.FirstOrDefault())),
            Text(fields["anchor"])
        );
    }

    private static string FirstWrong(JsonArray? answers)
    {
        var number = 0;
        foreach (var answer in answers ?? [])
        {
            number++;
            if (answer is JsonObject fields && Text(fields["verdict"]) is not ("correct" or "not attempted"))
            {
                return string.Create(CultureInfo.InvariantCulture, $"Question {number}: {Text(fields["message"])}");
            }
        }

        return "";
    }

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Trim();
}

/// <summary>The kind of a check's result.</summary>
internal enum VerdictKind
{
    /// <summary>Nothing was answered.</summary>
    NotAttempted,

    /// <summary>The answer is wrong, or half right.</summary>
    NotYet,

    /// <summary>The answer is right.</summary>
    Correct,
}
