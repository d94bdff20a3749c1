namespace RnnCourse.Exercises.Checking;

/// <summary>The texts of an exercise that don't depend on the answer.</summary>
/// <param name="Id">Lesson and number, such as "06.1".</param>
/// <param name="Title">The exercise in a few words.</param>
/// <param name="Start">What to do first, for learners who have not attempted it.</param>
/// <param name="Meaning">What a correct answer means.</param>
/// <param name="Hint">A first hint for learners who have not attempted it, and the hint for mistakes that the check
/// cannot name.</param>
/// <param name="MoreHint">A second, more detailed hint.</param>
/// <param name="Solution">A solution, as the C# of a notebook cell.</param>
/// <param name="Shapes">The names that occur in an answer, each with its shape, for learners who have multiplied
/// incompatible shapes.</param>
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
    /// <summary>The conditions for a right answer.</summary>
    public required Criterion RightIf { get; init; }
}
