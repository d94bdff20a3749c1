using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Tests.Core;

public sealed class DotAttentionTests
{
    private static readonly SeededRandom Random = new(14);
    private static readonly Matrix<double> Queries = Draw(3, 4),
        Keys = Draw(3, 5),
        Values = Draw(2, 5),
        Weighted = Draw(2, 4);

    [Fact]
    public void Each_question_distributes_one_whole_share_and_gets_the_mixture()
    {
        var trace = DotAttention.Attend(Queries, Keys, Values);
        Assert.All(trace.Weights.ColumnSums(), sum => Assert.Equal(1, sum, 1e-12));
        for (var i = 0; i < 4; i++)
        {
            var e = Enumerable
                .Range(0, 5)
                .Select(j => Math.Exp(Keys.Column(j) * Queries.Column(i) / Math.Sqrt(3)))
                .ToArray();
            for (var row = 0; row < 2; row++)
            {
                Assert.Equal(
                    Enumerable.Range(0, 5).Sum(j => e[j] / e.Sum() * Values[row, j]),
                    trace.Contexts[row, i],
                    1e-12
                );
            }
        }
    }

    [Fact]
    public void The_way_back_agrees_with_central_differences()
    {
        var (dQueries, dKeys, dValues) = DotAttention.Backward(DotAttention.Attend(Queries, Keys, Values), Weighted);
        foreach (var (matrix, gradient) in new[] { (Queries, dQueries), (Keys, dKeys), (Values, dValues) })
        {
            var measured = CentralDifferences.Gradient(
                () => DotAttention.Attend(Queries, Keys, Values).Contexts.PointwiseMultiply(Weighted).Enumerate().Sum(),
                matrix.AsColumnMajorArray()
            );
            Assert.InRange(CentralDifferences.RelativeError(gradient.ToColumnMajorArray(), measured), 0, 1e-7);
        }
    }

    [Fact]
    public void Huge_scores_do_not_give_NaN() =>
        Assert.All(
            DotAttention.Attend(1e200 * Queries, 1e100 * Keys, Values).Weights.Enumerate(),
            weight => Assert.InRange(weight, 0, 1)
        );

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_by_name()
    {
        Assert.Contains(
            "query",
            Assert.Throws<ArgumentException>(() => DotAttention.Attend(Draw(2, 4), Keys, Values)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "values",
            Assert.Throws<ArgumentException>(() => DotAttention.Attend(Queries, Keys, Draw(2, 4))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "contexts",
            Assert
                .Throws<ArgumentException>(() =>
                    DotAttention.Backward(DotAttention.Attend(Queries, Keys, Values), Draw(2, 5))
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    private static Matrix<double> Draw(int rows, int columns) =>
        Matrix<double>.Build.Dense(rows, columns, (_, _) => Random.NextNormal());
}
