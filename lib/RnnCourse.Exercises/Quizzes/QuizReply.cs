namespace RnnCourse.Exercises.Quizzes;

/// <summary>The state of an answer to a question of a quiz.</summary>
public enum QuizState
{
    /// <summary>There is nothing between the quotes.</summary>
    NotAnswered,

    /// <summary>The answer is not one of the question's letters.</summary>
    NoSuchLetter,

    /// <summary>Another letter is right.</summary>
    NotThisOne,

    /// <summary>The letter is right.</summary>
    Right,
}

/// <summary>The reply to one answer.</summary>
/// <param name="State">Whether the answer is right.</param>
/// <param name="Text">The reply in words: why the letter is right, which misunderstanding leads to it, or what to
/// type.</param>
public sealed record QuizReply(QuizState State, string Text)
{
    internal static QuizReply To(QuizQuestion question, string? answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return new(QuizState.NotAnswered, "not answered yet");
        }

        var typed = string.Concat(
            answer.Where(c => !char.IsWhiteSpace(c) && !"()[].:\"'".Contains(c, StringComparison.Ordinal))
        );
        var letter = typed.Length == 1 ? char.ToLowerInvariant(typed[0]) : ' ';
        if (question.Of(letter) is not { } said)
        {
            return new(
                QuizState.NoSuchLetter,
                $"“{Shortened(answer)}” is not one of the letters: type {Listed(question.Letters)} between the quotes."
            );
        }

        return letter == question.Right
            ? new(QuizState.Right, $"({letter}) is right. {said}")
            : new(QuizState.NotThisOne, $"({letter}): not this one. {said}");
    }

    internal char Mark =>
        State switch
        {
            QuizState.Right => '✓',
            QuizState.NotThisOne => '✗',
            QuizState.NoSuchLetter => '?',
            _ => '○',
        };

    private static string Listed(string letters) => $"{string.Join(", ", letters.SkipLast(1))} or {letters[^1]}";

    private static string Shortened(string answer) => answer.Length > 40 ? answer[..40] + "…" : answer;
}
