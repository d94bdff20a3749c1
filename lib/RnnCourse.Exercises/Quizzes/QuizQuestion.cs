namespace RnnCourse.Exercises.Quizzes;

/// <summary>One question of a lesson's quiz: its right letter, and what is said of each letter. The question itself
/// stands in the lesson.</summary>
/// <param name="Right">The right letter, small.</param>
/// <param name="A">Why (a) is right, or which misunderstanding leads there; whole sentences.</param>
/// <param name="B">The same of (b).</param>
/// <param name="C">The same of (c).</param>
/// <param name="D">The same of (d); null where the question has three choices.</param>
internal sealed record QuizQuestion(char Right, string A, string B, string C, string? D = null)
{
    /// <summary>The letters that the question offers.</summary>
    public string Letters => D is null ? "abc" : "abcd";

    /// <summary>What is said of a letter; null of one that the question does not offer.</summary>
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
