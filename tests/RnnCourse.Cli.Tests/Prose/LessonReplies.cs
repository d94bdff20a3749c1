using System.Reflection;
using RnnCourse.Exercises;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>What a lesson's quiz and exercises say to a learner.</summary>
internal static class LessonReplies
{
    /// <summary>What the quiz says of each letter, and the titles, hints and verdicts of the exercises.</summary>
    public static IReadOnlyList<string> Of(string number)
    {
        var replies = "abcd"
            .SelectMany(letter => Quiz.Answers(number, $"{letter}", $"{letter}", $"{letter}").Replies)
            .Select(reply => reply.Text);
        var texts = (
            typeof(Quiz)
                .Assembly.GetType($"RnnCourse.Exercises.Lesson{number}.Texts{number}")
                ?.GetProperties(BindingFlags.Static | BindingFlags.Public)
            ?? []
        )
            .Select(property => property.GetValue(null)!)
            .SelectMany(exercise =>
                new[] { "Title", "Start", "Meaning", "Hint", "MoreHint" }.Select(part =>
                    (string)exercise.GetType().GetProperty(part)!.GetValue(exercise)!
                )
            )
            .ToList();
        Assert.NotEmpty(texts);
        return [.. replies, .. texts];
    }
}
