using RnnCourse.Exercises.Hosting;
using RnnCourse.Exercises.Quizzes;

namespace RnnCourse.Exercises.Tests;

public sealed class QuizTests
{
    public static TheoryData<string> Lessons => [.. QuizBook.Lessons];

    [Fact]
    public void Nothing_answered_says_what_to_do()
    {
        var feedback = Quiz.Answers("06", first: "", second: null, third: "  ");
        Assert.All(feedback.Replies, reply => Assert.Equal(QuizState.NotAnswered, reply.State));
        Assert.StartsWith("○ Quiz 06: type the letters", feedback.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n3. ○ not answered yet", feedback.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b")]
    [InlineData("B")]
    [InlineData("(b)")]
    [InlineData(" B ")]
    [InlineData("b)")]
    [InlineData("b.")]
    [InlineData("\"b\"")]
    public void A_letter_is_read_however_it_is_typed(string answer) =>
        Assert.Equal(QuizState.Right, Quiz.Answers("06", answer, "", "").Replies[0].State);

    [Theory]
    [InlineData("e")]
    [InlineData("ab")]
    [InlineData("a, b")]
    [InlineData("?")]
    [InlineData("()")]
    [InlineData("1")]
    [InlineData("none of them, for all I know, or all of them at once")]
    public void A_letter_that_the_question_lacks_is_answered_with_what_to_type(string answer)
    {
        var reply = Quiz.Answers("06", answer, "", "").Replies[0];
        Assert.Equal(QuizState.NoSuchLetter, reply.State);
        Assert.EndsWith("type a, b, c or d between the quotes.", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_and_wrong_answers_are_explained()
    {
        var feedback = Quiz.Answers("06", "b", "c", "x");
        Assert.Equal(1, feedback.Right);
        Assert.StartsWith(
            "◐ Quiz 06: 1 of 3 right\n1. ✓ (b) is right. ",
            feedback.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("\n2. ✗ (c): not this one. Almost", feedback.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n3. ? “x” is not one of the letters", feedback.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("99")]
    [InlineData("six")]
    public void A_lesson_without_a_quiz_is_said_and_nothing_is_thrown(string? lesson)
    {
        var feedback = Quiz.Answers(lesson, "a", "b", "c");
        Assert.Empty(feedback.Replies);
        Assert.Contains("no quiz", feedback.ToString(), StringComparison.Ordinal);
        Assert.Contains("no quiz", feedback.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lesson_may_be_written_with_one_digit() =>
        Assert.Equal(3, Quiz.Answers("6", "", "", "").Replies.Count);

    [Fact]
    public void Html_says_what_the_text_says_and_escapes_it()
    {
        var feedback = Quiz.Answers("06", "b", "<script>", "a");
        Assert.DoesNotContain("<script", feedback.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(
            System.Net.WebUtility.HtmlEncode("“<script>” is not one of the letters"),
            feedback.ToHtml(),
            StringComparison.Ordinal
        );
        Assert.All(
            feedback.Replies.Where(reply => reply.State == QuizState.Right),
            reply =>
                Assert.Contains(
                    System.Net.WebUtility.HtmlEncode(reply.Text),
                    feedback.ToHtml(),
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_quiz_has_three_questions_and_its_right_letters_are_among_the_choices(string lesson)
    {
        var questions = QuizBook.Of(lesson)!;
        Assert.Equal(3, questions.Count);
        Assert.All(questions, question => Assert.Contains(question.Right, question.Letters));
        Assert.True(
            questions.Select(question => question.Right).Distinct().Count() > 1,
            $"Quiz {lesson}: all right answers have the same letter."
        );
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_letter_is_explained_by_sentences_of_its_own(string lesson)
    {
        var said = QuizBook
            .Of(lesson)!
            .SelectMany(question => question.Letters.Select(letter => question.Of(letter)!))
            .ToList();
        Assert.All(
            said,
            text =>
                Assert.True(
                    text.Length >= 40 && (text[^1] is '.' or '!' or '?'),
                    $"Quiz {lesson}: “{text}” explains too little or is not a sentence."
                )
        );
        Assert.Equal(said.Count, said.Distinct().Count());
    }

    [Fact]
    public void Hosts_are_told_how_to_show_it()
    {
        var formatters = new FeedbackFormatterSource()
            .CreateTypeFormatters()
            .Cast<FeedbackFormatter>()
            .ToDictionary(f => f.MimeType);
        var feedback = Quiz.Answers("06", "a", "", "");
        Assert.Equal(feedback.ToHtml(), Written(formatters["text/html"], feedback));
        Assert.Equal(feedback.ToString(), Written(formatters["text/plain"], feedback));
        Assert.Contains(
            typeof(QuizFeedback).GetCustomAttributes(false),
            a => a.GetType().Name == "TypeFormatterSourceAttribute"
        );
    }

    private static string Written(FeedbackFormatter formatter, object value)
    {
        using var writer = new StringWriter();
        Assert.True(formatter.Format(value, writer));
        return writer.ToString();
    }
}
