using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Tests.Lesson10;

public sealed class GrowingMatrixTests
{
    // The norm of the n-th power is about n·0.9ⁿ⁻¹·c, at most 3.9·c.
    [Theory]
    [InlineData(0.9, 2.4, "grows-too-little")]
    [InlineData(0.9, 2.7, null)]
    [InlineData(0.91, 2.7, "radius-too-large")]
    public void A_matrix_is_taken_from_a_norm_of_10_on_and_up_to_a_radius_of_0_9(double radius, double c, string? fault)
    {
        var feedback = Check.GrowsBeforeItFalls(
            Matrix<double>.Build.DenseOfArray(
                new[,]
                {
                    { radius, c },
                    { 0, radius },
                }
            )
        );
        Assert.Equal(fault, feedback.Fault);
        Assert.Equal(fault is null ? FeedbackState.Correct : FeedbackState.NotYet, feedback.State);
    }
}
