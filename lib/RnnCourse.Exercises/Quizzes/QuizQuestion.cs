namespace RnnCourse.Exercises.Quizzes;

/// <summary>One question of a lesson's quiz: its right letter, and the reply to each letter. The question itself is in
/// the lesson.</summary>
/// <param name="Right">The right letter, in lower case.</param>
/// <param name="A">Why (a) is right, or which misunderstanding leads there; whole sentences.</param>
/// <param name="B">The same for (b).</param>
/// <param name="C">The same for (c).</param>
/// <param name="D">The same for (d); null if the question has three choices.</param>
internal sealed record QuizQuestion(char Right, string A, string B, string C, string? D = null)
{
    /// <summary>The letters that the question offers.</summary>
    public string Letters => D is null ? "abc" : "abcd";

    /// <summary>The reply to a letter; null if the question does not offer it.</summary>
    public string? Of(char letter) =>
        letter switch
        {
            'a' => A,
            'b' => B,
            'c' => C,
            'd' => D,
            _ => null,
        };
}
