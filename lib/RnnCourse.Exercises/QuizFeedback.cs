using System.Globalization;
using System.Net;
using System.Text;
using RnnCourse.Exercises.Hosting;
using RnnCourse.Plotting.Hosting;

namespace RnnCourse.Exercises;

/// <summary>The replies to the answers of a <see cref="Quiz"/>. As the last expression of a notebook cell, it is
/// displayed by every host.</summary>
[TypeFormatterSource(
    typeof(FeedbackFormatterSource),
    PreferredMimeTypes = [FeedbackFormatterSource.Html, VerdictJson.MimeType, FeedbackFormatterSource.Plain]
)]
public sealed class QuizFeedback : IShownInCells
{
    internal QuizFeedback(string lesson, IReadOnlyList<QuizReply> replies) => (Lesson, Replies) = (lesson, replies);

    /// <summary>The lesson's number, such as "06".</summary>
    public string Lesson { get; }

    /// <summary>One reply for each question; empty if the lesson doesn't exist.</summary>
    public IReadOnlyList<QuizReply> Replies { get; }

    /// <summary>How many answers are right.</summary>
    public int Right => Replies.Count(reply => reply.State == QuizState.Right);

    /// <summary>The replies as plain text, one line for each question.</summary>
    public override string ToString() =>
        string.Join(
            '\n',
            Replies
                .Select(
                    (reply, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {reply.Mark} {reply.Text}")
                )
                .Prepend($"{Mark} {Heading}")
        );

    /// <summary>The replies as an HTML fragment, all text escaped. Colours and symbols only repeat what the words
    /// say.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<div style=\"border-left:4px solid ")
            .Append(Colour(Overall))
            .Append(";padding:.2em .8em;margin:.6em 0\"><strong>")
            .Append(WebUtility.HtmlEncode($"{Mark} {Heading}"))
            .Append("</strong>");
        if (Replies.Count > 0)
        {
            html.Append("<ol>");
            foreach (var reply in Replies)
            {
                html.Append("<li><span style=\"color:")
                    .Append(Colour(reply.State))
                    .Append("\">")
                    .Append(reply.Mark)
                    .Append("</span> ")
                    .Append(WebUtility.HtmlEncode(reply.Text))
                    .Append("</li>");
            }

            html.Append("</ol>");
        }

        return html.Append("</div>").ToString();
    }

    /// <summary>The replies for programs: one JSON object, the content of the MIME type
    /// <c>application/vnd.rnncourse.verdict+json</c>.</summary>
    public string ToJson() => VerdictJson.Write(this);

    private QuizState Overall =>
        Replies.Count == 0 ? QuizState.NoSuchLetter
        : Right == Replies.Count ? QuizState.Right
        : Replies.All(reply => reply.State == QuizState.NotAnswered) ? QuizState.NotAnswered
        : QuizState.NotThisOne;

    private string Mark =>
        Overall switch
        {
            QuizState.Right => "✓",
            QuizState.NotAnswered => "○",
            QuizState.NotThisOne => "◐",
            _ => "?",
        };

    private string Heading =>
        Replies.Count == 0
            ? $"Lesson “{Lesson}” has no quiz. Lessons with one are {string.Join(", ", QuizBook.Lessons)}."
        : Overall == QuizState.NotAnswered
            ? $"Quiz {Lesson}: type the letters of your answers between the quotes, and run the cell"
        : string.Create(CultureInfo.InvariantCulture, $"Quiz {Lesson}: {Right} of {Replies.Count} right");

    private static string Colour(QuizState state) =>
        state switch
        {
            QuizState.Right => "#2a7f3f",
            QuizState.NotAnswered => "#8a8a8a",
            _ => "#b35900",
        };
}
