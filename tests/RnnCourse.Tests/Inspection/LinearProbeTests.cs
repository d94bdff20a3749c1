using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Inspection;

namespace RnnCourse.Tests.Inspection;

public sealed class LinearProbeTests
{
    private static readonly SeededRandom Random = new(3);

    private static Matrix<double> States(int H, int N) =>
        Matrix<double>.Build.Dense(H, N, (_, _) => Random.NextUniform(-1, 1));

    [Fact]
    public void A_weighted_sum_is_found_again()
    {
        var S = States(3, 50);
        double[] targets = [.. S.EnumerateColumns().Select(s => (2 * s[0]) - s[2] + 7)];
        var probe = LinearProbe.Fit(S, targets, 1e-12);
        Assert.True((probe.Weights - Vector<double>.Build.DenseOfArray([2, 0, -1])).AbsoluteMaximum() < 1e-8);
        Assert.Equal(7, probe.Bias, 8);
        Assert.Equal(1, probe.ExplainedShare(S, targets), 8);
    }

    [Fact]
    public void Without_a_penalty_to_speak_of_nothing_is_left_that_the_units_could_explain()
    {
        var S = States(4, 60);
        double[] targets = [.. Enumerable.Range(0, 60).Select(_ => Random.NextNormal())];
        var rest = Vector<double>.Build.DenseOfArray(targets) - LinearProbe.Fit(S, targets, 1e-12).Read(S);
        Assert.True((S * rest).AbsoluteMaximum() < 1e-6);
        Assert.Equal(0, rest.Sum(), 6);
    }

    [Fact]
    public void A_unit_that_never_changes_and_units_that_are_alike_do_no_harm()
    {
        var row = States(1, 20);
        var S = row.Stack(row).Stack(0 * row);
        Assert.True(LinearProbe.Fit(S, row.Row(0).ToArray()).ExplainedShare(S, row.Row(0).ToArray()) > 0.999);
    }

    [Fact]
    public void Questions_are_answered_by_the_sign()
    {
        var S = Matrix<double>.Build.DenseOfArray(
            new[,]
            {
                { -1.0, -0.5, 0.5, 1 },
            }
        );
        var probe = LinearProbe.Fit(S, [-1, -1, 1, 1]);
        Assert.Equal(1, probe.Accuracy(S, [-1, -1, 1, 1]));
        Assert.Equal(0.75, probe.Accuracy(S, [-1, 1, 1, 1]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(States(2, 3), [1, 2]));
        Assert.Throws<ArgumentException>(() => LinearProbe.Fit(States(2, 1), [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearProbe.Fit(States(2, 3), [1, 2, 3], 0));
    }
}
