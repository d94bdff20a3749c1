using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson09;

/// <summary>The criteria for right answers to the exercises of lesson 09.</summary>
internal static class Criteria09
{
    public static MethodCriterion Products { get; } =
        new("your formula gives the number of products")
        {
            Cases = new(Admissible.SizesInWords("T", "B"), Admissible.Sizes(2), (int T, int B) => (2 * T) + 6),
        };

    public static MethodCriterion Column { get; } =
        new("your formula gives the column in which `BatchedRnn` puts the step")
        {
            Cases = new(
                "$T$ and $B$ from 1 to 6, every step and sequence",
                random =>
                {
                    var (T, B) = (Admissible.From1To(6, random), Admissible.From1To(6, random));
                    return [Admissible.From1To(T, random), random.NextIndex(B), T, B];
                },
                (int t, int m, int T, int B) => ((t - 1) * B) + m
            ),
        };

    /// <summary>The criterion for each of the four corrected passes.</summary>
    public static MethodCriterion Mended { get; } =
        new("all six gradients of each are those of the core, `BatchedRnn.Backward`")
        {
            Cases = new(Admissible.Batches, Admissible.Batch, (Check.BatchedBackwardMethod)BatchedRnn.Backward),
            Tolerance = Tolerance.Usual,
            ForLearnerToCheck = "(3d is right as long as every output of every sequence is read.)",
        };
}
