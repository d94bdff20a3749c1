using RnnCourse.Exercises.Lesson02;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks two sentences that no bag of words can tell apart, though the tag of "fish" differs.</summary>
    /// <param name="first">One sentence, its words with spaces between; null if there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback BagPair(string? first, string? second) =>
        Attempt.Judge(
            Texts02.Pair,
            string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () => Criteria02.BagPair.Fault((Words(first!), Words(second!)))
        );

    /// <summary>Checks two sentences of the same words whose labels differ, but of which a window of six places shows
    /// the same six words.</summary>
    /// <param name="first">One sentence, its words with spaces between; null if there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback WindowPair(string? first, string? second) =>
        Attempt.Judge(
            Texts02.Window,
            string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () => Criteria02.WindowPair.Fault((Words(first!), Words(second!)))
        );
}
