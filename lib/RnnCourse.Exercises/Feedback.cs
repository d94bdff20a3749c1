using System.Globalization;
using System.Net;
using System.Text;
using RnnCourse.Exercises.Hosting;
using RnnCourse.Plotting.Hosting;

namespace RnnCourse.Exercises;

/// <summary>The result of a check.</summary>
public enum FeedbackState
{
    /// <summary>The answer is still blank.</summary>
    NotAttempted,

    /// <summary>Something is wrong; the feedback names it.</summary>
    NotYet,

    /// <summary>The answer is right.</summary>
    Correct,
}

/// <summary>
/// The answer of a <see cref="Check"/>. Leave it as the last expression of a notebook cell: every host displays it. Put
/// <c>.Hint()</c> after the check for one more hint, and <c>.Solution()</c> for the solution.
/// </summary>
/// <remarks>Immutable: <see cref="Hint"/> and <see cref="Solution"/> return a new feedback. The same answer gives the
/// same text.</remarks>
[TypeFormatterSource(
    typeof(FeedbackFormatterSource),
    PreferredMimeTypes = [FeedbackFormatterSource.Html, VerdictJson.MimeType, FeedbackFormatterSource.Plain]
)]
public sealed class Feedback : IShownInCells
{
    private readonly Exercise _exercise;
    private readonly Finding? _finding;
    private readonly int _hintsShown;

    private Feedback(
        Exercise exercise,
        FeedbackState state,
        Finding? finding,
        int hintsShown,
        string? code,
        IReadOnlyList<ComparisonRow>? table = null
    )
    {
        (_exercise, State, _finding, _hintsShown, Code) = (exercise, state, finding, hintsShown, code);
        Table = table ?? [];
    }

    internal static Feedback NotAttempted(Exercise exercise) =>
        new(exercise, FeedbackState.NotAttempted, null, 0, null);

    internal static Feedback NotYet(Exercise exercise, Finding finding) =>
        new(exercise, FeedbackState.NotYet, finding, 1, null);

    internal static Feedback Correct(Exercise exercise) => new(exercise, FeedbackState.Correct, null, 0, null);

    /// <summary>Whether the answer is right, not right yet, or missing.</summary>
    public FeedbackState State { get; }

    /// <summary>Lesson and number of the exercise, such as "06.1".</summary>
    public string Exercise => _exercise.Id;

    /// <summary>The meaning of a right answer, the fault of a wrong one, or how to start.</summary>
    public string Message =>
        State switch
        {
            FeedbackState.Correct => _exercise.Meaning,
            FeedbackState.NotYet => _finding!.What,
            _ => _exercise.Start,
        };

    /// <summary>The hints shown so far: one for a wrong answer, none otherwise, and one more after each
    /// <see cref="Hint"/> as long as there are further ones.</summary>
    public IReadOnlyList<string> Hints => [.. AllHints.Take(_hintsShown)];

    /// <summary>The solution's code, after <see cref="Solution"/> was asked for; null before.</summary>
    public string? Code { get; }

    /// <summary>How far each part of the answer is right; empty for most exercises.</summary>
    internal IReadOnlyList<ComparisonRow> Table { get; }

    internal Feedback With(IReadOnlyList<ComparisonRow> table) =>
        new(_exercise, State, _finding, _hintsShown, Code, table);

    /// <summary>The short name of the fault, for tests; null if there is none.</summary>
    internal string? Fault => _finding?.Key;

    private IReadOnlyList<string> AllHints =>
        State switch
        {
            FeedbackState.Correct => [],
            FeedbackState.NotYet => [_finding!.Hint, _finding.More],
            _ => [_exercise.Hint, _exercise.MoreHint],
        };

    /// <summary>The same feedback with one more hint, as long as there is one.</summary>
    public Feedback Hint() => new(_exercise, State, _finding, Math.Min(_hintsShown + 1, AllHints.Count), Code, Table);

    /// <summary>The same feedback with a solution, as code for a cell. Other solutions may be just as good.</summary>
    public Feedback Solution() => new(_exercise, State, _finding, _hintsShown, _exercise.Solution, Table);

    /// <summary>The feedback as plain text of a few lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Mark} {Heading}\n{Message}");
        if (Table.Count > 0)
        {
            text.Append('\n').Append(ComparisonRow.InText(Table));
        }

        foreach (var hint in Hints)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nHint: {hint}");
        }

        if (Code is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nA solution:\n{Code}");
        }

        if (Next.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Next}");
        }

        return text.ToString();
    }

    /// <summary>The feedback as an HTML fragment, all text escaped. Colour and symbol only repeat what the words
    /// say.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<div style=\"border-left:4px solid ")
            .Append(Colour)
            .Append(";padding:.2em .8em;margin:.6em 0\"><strong>")
            .Append(Escape($"{Mark} {Heading}"))
            .Append("</strong><br/>")
            .Append(Escape(Message));
        if (Table.Count > 0)
        {
            html.Append(ComparisonRow.InHtml(Table));
        }

        foreach (var hint in Hints)
        {
            html.Append("<br/><em>Hint:</em> ").Append(Escape(hint));
        }

        if (Code is not null)
        {
            html.Append("<br/><em>A solution:</em><pre>").Append(Escape(Code)).Append("</pre>");
        }

        if (Next.Length > 0)
        {
            html.Append(Code is null ? "<br/>" : "").Append("<small>").Append(Escape(Next)).Append("</small>");
        }

        return html.Append("</div>").ToString();
    }

    /// <summary>The feedback for programs: one JSON object, the content of the MIME type
    /// <c>application/vnd.rnncourse.verdict+json</c>.</summary>
    public string ToJson() => VerdictJson.Write(this, _exercise, AllHints);

    private string Heading =>
        $"Exercise {_exercise.Id}, {_exercise.Title}: "
        + State switch
        {
            FeedbackState.Correct => "correct",
            FeedbackState.NotYet => "not yet",
            _ => "not attempted yet",
        };

    private string Mark =>
        State switch
        {
            FeedbackState.Correct => "✓",
            FeedbackState.NotYet => "✗",
            _ => "○",
        };

    private string Colour =>
        State switch
        {
            FeedbackState.Correct => "#2a7f3f",
            FeedbackState.NotYet => "#b35900",
            _ => "#8a8a8a",
        };

    private string Next =>
        State == FeedbackState.Correct || Code is not null ? ""
        : _hintsShown == 0 ? "For a hint put .Hint() after the check; .Solution() shows a solution."
        : _hintsShown < AllHints.Count ? "For one more hint put .Hint() after the check; .Solution() shows a solution."
        : "These were all hints; .Solution() after the check shows a solution.";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
