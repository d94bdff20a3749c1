using System.Text.Json.Nodes;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests;

public sealed class FeedbackTests
{
    private static readonly Feedback Blank = Check.RecurrentStep(null);
    private static readonly Feedback Right = Check.MendedPredict((rnn, x) => rnn.Predict(x));
    private static readonly Feedback Wrong = Check.MendedPredict(
        (rnn, x) => [.. x.Select(x_i => rnn.Step(x_i, rnn.s_0).y_i)]
    );

    [Fact]
    public void The_three_states_are_reported_in_words()
    {
        Assert.StartsWith(
            "○ Exercise 06.1a, the step, number by number: not attempted yet\n",
            Blank.ToString(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "✓ Exercise 06.2b, catch the forgotten state: correct\n",
            Right.ToString(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "✗ Exercise 06.2b, catch the forgotten state: not yet\n",
            Wrong.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_wrong_answer_comes_with_one_hint_and_has_a_second_one()
    {
        Assert.Single(Wrong.Hints);
        Assert.Equal(2, Wrong.Hint().Hints.Count);
        Assert.Equal(Wrong.Hint().ToString(), Wrong.Hint().Hint().ToString());
        Assert.Contains("These were all hints", Wrong.Hint().ToString(), StringComparison.Ordinal);
        Assert.Single(Wrong.Hints);
    }

    [Fact]
    public void A_blank_gives_its_hints_on_request_only()
    {
        Assert.Empty(Blank.Hints);
        Assert.Single(Blank.Hint().Hints);
        Assert.Equal(2, Blank.Hint().Hint().Hints.Count);
    }

    [Fact]
    public void The_solution_is_shown_on_request_only()
    {
        Assert.All(
            [Blank, Right, Wrong],
            feedback =>
            {
                Assert.Null(feedback.Code);
                Assert.Contains("\n{", feedback.Solution().Code, StringComparison.Ordinal);
                Assert.Contains(feedback.Solution().Code!, feedback.Solution().ToString(), StringComparison.Ordinal);
                Assert.Equal(feedback.State, feedback.Solution().State);
            }
        );
    }

    [Fact]
    public void Html_says_what_the_text_says_and_escapes_it()
    {
        var html = Check
            .MendedPredict((_, _) => throw new InvalidOperationException("<script>&"))
            .Hint()
            .Solution()
            .ToHtml();
        Assert.Contains("&lt;script&gt;&amp;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("List&lt;Vector&lt;double&gt;&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_find_the_formatters_by_the_names_they_look_for()
    {
        var attribute = typeof(Feedback)
            .GetCustomAttributes(false)
            .Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = Activator.CreateInstance(
            (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!
        )!;
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        var formatters = (
            (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!
        ).ToList();
        var written = formatters.ToDictionary(
            f => (string)f.GetType().GetProperty("MimeType")!.GetValue(f)!,
            f =>
            {
                using var writer = new StringWriter();
                Assert.True((bool)f.GetType().GetMethod("Format")!.Invoke(f, [Wrong, writer])!);
                Assert.False((bool)f.GetType().GetMethod("Format")!.Invoke(f, ["something else", writer])!);
                return writer.ToString();
            }
        );
        Assert.Equal(["text/html", "application/vnd.rnncourse.verdict+json", "text/plain"], preferred);
        Assert.Equal(Wrong.ToJson(), written["application/vnd.rnncourse.verdict+json"]);
        Assert.Equal(Wrong.ToHtml(), written["text/html"]);
        Assert.Equal(Wrong.ToString(), written["text/plain"]);
    }

    [Fact]
    public void Programs_read_the_verdict_as_JSON()
    {
        var json = JsonNode.Parse(Wrong.Hint().ToJson())!;
        Assert.Equal("06.2b", (string?)json["exercise"]);
        Assert.Equal("catch the forgotten state", (string?)json["title"]);
        Assert.Equal("cell-exercise-2b", (string?)json["anchor"]);
        Assert.Equal("not yet", (string?)json["verdict"]);
        Assert.Equal(Wrong.Message, (string?)json["message"]);
        Assert.Equal(Wrong.Hint().Hints, json["hints"]!.AsArray().Select(hint => (string?)hint));
        Assert.Equal(2, (int?)json["hintsShown"]);
        Assert.Equal(Wrong.Solution().Code, (string?)json["solution"]);
        Assert.False((bool?)json["solutionShown"]);
        Assert.True((bool?)JsonNode.Parse(Blank.Solution().ToJson())!["solutionShown"]);
        Assert.Equal("not attempted", (string?)JsonNode.Parse(Blank.ToJson())!["verdict"]);
        Assert.Equal("correct", (string?)JsonNode.Parse(Right.ToJson())!["verdict"]);
        Assert.Empty(JsonNode.Parse(Right.ToJson())!["hints"]!.AsArray());
    }

    [Fact]
    public void Programs_read_the_replies_to_a_quiz_as_JSON()
    {
        var json = JsonNode.Parse(Quiz.Answers("06", "", "z", "a").ToJson())!;
        Assert.Equal(
            ("06", "cell-quiz-answers", "not yet"),
            ((string?)json["quiz"], (string?)json["anchor"], (string?)json["verdict"])
        );
        var answers = json["answers"]!.AsArray();
        Assert.Equal(3, answers.Count);
        Assert.Equal("not attempted", (string?)answers[0]!["verdict"]);
        Assert.Equal("no such letter", (string?)answers[1]!["verdict"]);
        Assert.Equal("not attempted", (string?)JsonNode.Parse(Quiz.Answers("06", "", "", "").ToJson())!["verdict"]);
    }

    [Fact]
    public void A_feedback_does_not_depend_on_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("")
            {
                NumberFormat = { NumberDecimalSeparator = "," },
            };
            Assert.Contains(
                "off by 0.",
                Check.MaskedLoss((y, targets) => CrossEntropy.Loss(y, targets) + 0.123).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
