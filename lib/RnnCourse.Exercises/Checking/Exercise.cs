namespace RnnCourse.Exercises.Checking;

/// <summary>What a check says about its exercise, whatever the answer is.</summary>
/// <param name="Id">Lesson and number, such as "06.1".</param>
/// <param name="Title">The exercise in a few words.</param>
/// <param name="Start">What to do first, for learners who have not attempted it.</param>
/// <param name="Meaning">What a correct answer means.</param>
/// <param name="Hint">A first hint for learners who have not attempted it, and the hint for what the check cannot
/// name.</param>
/// <param name="MoreHint">A second one, which says more.</param>
/// <param name="Solution">A solution, as the C# of a notebook cell.</param>
/// <param name="Shapes">The names that occur in an answer, each with its shape, for who has multiplied what doesn't
/// fit.</param>
internal sealed record Exercise(
    string Id,
    string Title,
    string Start,
    string Meaning,
    string Hint,
    string MoreHint,
    string Solution,
    string Shapes = "U (H, D), W (H, H), V (K, H), x_i (D), s_i (H), y_i (K)"
)
{
    /// <summary>When an answer is right.</summary>
    public required Criterion RightIf { get; init; }
}
