using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Tests.Core;

public sealed class CrossEntropyTests
{
    private static readonly Gen<double[]> Scores = Gen.Double[-50, 50].Array[1, 8];

    [Fact]
    public void Softmax_gives_probabilities_in_the_order_of_the_scores() =>
        Scores.Sample(scores =>
        {
            var y = CrossEntropy.Softmax(V(scores));
            Assert.Equal(1, y.Sum(), 1e-14);
            Assert.All(y, probability => Assert.InRange(probability, 0, 1));
            Assert.Equal(y.Max(), y[V(scores).MaximumIndex()]);
        });

    [Fact]
    public void Softmax_depends_on_the_differences_of_the_scores_alone() =>
        Scores.Sample(scores =>
            AssertClose(CrossEntropy.Softmax(V(scores)), CrossEntropy.Softmax(V(scores) + 3.25), 1e-13)
        );

    [Fact]
    public void Softmax_of_scores_too_large_for_the_exponential_is_right()
    {
        var y = CrossEntropy.Softmax(V(1000, 1001));
        Assert.Equal(1 / (1 + Math.E), y[0], 1e-15);
        Assert.Equal(Math.E / (1 + Math.E), y[1], 1e-15);
        Assert.Equal([0.0, 1.0], CrossEntropy.Softmax(V(-1e300, 1e300)));
    }

    [Fact]
    public void Softmax_of_a_single_score_is_one() => Assert.Equal([1.0], CrossEntropy.Softmax(V(-7)));

    [Theory]
    [InlineData(double.NaN, 1, 2)]
    [InlineData(1, double.NaN, 2)]
    [InlineData(1, 2, double.NaN)]
    [InlineData(1, double.PositiveInfinity, 2)]
    public void A_score_that_is_NaN_or_infinite_makes_every_probability_NaN(
        double first,
        double second,
        double third
    ) =>
        Assert.All(
            CrossEntropy.Softmax(V(first, second, third)),
            probability => Assert.True(double.IsNaN(probability))
        );

    [Fact]
    public void A_score_of_minus_infinity_is_a_class_that_cannot_be() =>
        Assert.Equal([0.5, 0.0, 0.5], CrossEntropy.Softmax(V(1, double.NegativeInfinity, 1)));

    [Fact]
    public void Loss_is_the_sum_over_the_steps_that_are_read() =>
        Assert.Equal(
            -Math.Log(0.25) - Math.Log(0.9),
            CrossEntropy.Loss([V(0.25, 0.75), V(0.5, 0.5), V(0.1, 0.9)], [0, null, 1]),
            1e-15
        );

    [Fact]
    public void Loss_of_perfect_predictions_and_of_no_step_is_zero()
    {
        Assert.Equal(0, CrossEntropy.Loss([V(0, 1), V(1, 0)], [1, 0]));
        Assert.Equal(0, CrossEntropy.Loss([], []));
        Assert.Equal(0, CrossEntropy.Loss([V(0.5, 0.5)], [null]));
    }

    [Fact]
    public void Loss_is_infinite_where_the_right_class_got_no_probability_and_NaN_where_it_is_NaN()
    {
        Assert.Equal(double.PositiveInfinity, CrossEntropy.Loss([V(0.5, 0.5), V(0, 1)], [0, 0]));
        Assert.Equal(double.NaN, CrossEntropy.Loss([V(double.NaN, double.NaN)], [0]));
        Assert.Equal(0, CrossEntropy.Loss([V(double.NaN, double.NaN)], [null]));
    }

    [Fact]
    public void Loss_refuses_targets_that_do_not_fit_naming_the_step()
    {
        var count = Assert.Throws<ArgumentException>("targets", () => CrossEntropy.Loss([V(1), V(1)], [0, 0, 0]));
        Assert.Contains("2 steps but 3 targets", count.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<ArgumentException>(
            "targets",
            () => CrossEntropy.Loss([V(0.5, 0.5), V(0.5, 0.5)], [1, 2])
        );
        Assert.Contains("target of step 2 is 2, but the classes are 0 to 1", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoreGradient_agrees_with_central_differences() =>
        Gen.Select(Gen.Double[-3, 3].Array[1, 6], Gen.Int[0, 5])
            .Sample(
                (scores, any) =>
                {
                    var k = any % scores.Length;
                    var derived = CrossEntropy.ScoreGradient(CrossEntropy.Softmax(V(scores)), k).ToArray();
                    var measured = CentralDifferences.Gradient(
                        () => CrossEntropy.Loss([CrossEntropy.Softmax(V(scores))], [k]),
                        scores
                    );
                    Assert.All(derived.Zip(measured), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
                }
            );

    [Fact]
    public void ScoreGradient_of_an_output_that_is_not_read_is_zero_and_leaves_the_output_alone()
    {
        var y = V(0.25, 0.75);
        Assert.Equal([0.0, 0.0], CrossEntropy.ScoreGradient(y, null));
        Assert.Equal([0.25, -0.25], CrossEntropy.ScoreGradient(y, 1));
        Assert.Equal([0.25, 0.75], y);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void ScoreGradient_refuses_a_target_that_is_not_a_class(int target)
    {
        var error = Assert.Throws<ArgumentException>(
            nameof(target),
            () => CrossEntropy.ScoreGradient(V(0.5, 0.5), target)
        );
        Assert.Contains($"target is {target}, but the classes are 0 to 1", error.Message, StringComparison.Ordinal);
    }

    private static Vector<double> V(params double[] values) => Vector<double>.Build.Dense([.. values]);

    private static void AssertClose(Vector<double> expected, Vector<double> actual, double tolerance) =>
        Assert.True((expected - actual).InfinityNorm() <= tolerance, $"{expected} is not {actual}");
}
