using CsCheck;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Tests.Gradients;

public sealed class CentralDifferencesTests
{
    [Fact]
    public void The_gradient_of_a_polynomial_of_degree_four_is_exact_up_to_rounding() =>
        Gen.Double[-2, 2]
            .Array[5]
            .Select(Gen.Double[-2, 2])
            .Sample(
                (a, at) =>
                {
                    double[] t = [at];
                    var measured = CentralDifferences.Gradient(
                        () => a[0] + (t[0] * (a[1] + (t[0] * (a[2] + (t[0] * (a[3] + (t[0] * a[4]))))))),
                        t
                    );
                    Assert.Equal(
                        a[1] + (t[0] * ((2 * a[2]) + (t[0] * ((3 * a[3]) + (t[0] * 4 * a[4]))))),
                        measured.Single(),
                        1e-9
                    );
                }
            );

    [Fact]
    public void Each_number_gets_its_own_derivative()
    {
        double[] t = [0.5, -1, 2];
        var measured = CentralDifferences.Gradient(() => (t[0] * t[1]) + Math.Exp(t[2]), t);
        Assert.All(measured.Zip([-1.0, 0.5, Math.Exp(2)]), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
    }

    [Fact]
    public void The_numbers_are_put_back_to_the_bit_even_if_the_function_throws()
    {
        double[] t = [0.1, 1e-17, -3.3];
        var before = t.ToArray();
        CentralDifferences.Gradient(() => t.Sum(), t);
        Assert.Equal(before, t);
        Assert.Throws<TimeoutException>(() => CentralDifferences.Gradient(() => throw new TimeoutException(), t));
        Assert.Equal(before, t);
    }

    [Fact]
    public void Without_numbers_there_are_no_derivatives() => Assert.Empty(CentralDifferences.Gradient(() => 1, []));

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-3)]
    public void A_step_that_is_not_positive_is_refused(double step) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(step), () => CentralDifferences.Gradient(() => 0, [1], step));

    [Fact]
    public void Of_several_steps_one_that_is_right_is_found_where_a_function_is_winding_and_where_it_is_flat()
    {
        double[] t = [0.3];
        Assert.InRange(
            CentralDifferences.RelativeError(
                CentralDifferences.GradientOverSteps(() => Math.Sin(2000 * t[0]), t),
                [2000 * Math.Cos(600)]
            ),
            0,
            1e-8
        );
        Assert.InRange(
            CentralDifferences.RelativeError(
                CentralDifferences.Gradient(() => Math.Sin(2000 * t[0]), t),
                [2000 * Math.Cos(600)]
            ),
            1e-4,
            1
        );
        Assert.InRange(
            CentralDifferences.RelativeError(
                CentralDifferences.GradientOverSteps(() => 1 + (1e-4 * t[0] * t[0]), t),
                [6e-5]
            ),
            0,
            1e-8
        );
        Assert.Equal(0.3, t[0]);
    }

    // Around 1e9 two doubles lie 1.2e-7 apart, so the shortest steps don't move this function at all.
    [Fact]
    public void Short_steps_that_agree_since_both_are_lost_in_rounding_are_not_taken()
    {
        double[] t = [0];
        double Loss() => 1e9 + (0.003 * t[0]);
        Assert.All(
            CentralDifferences.Steps.TakeLast(2),
            step => Assert.Equal([0.0], CentralDifferences.Gradient(Loss, t, step))
        );
        Assert.Equal(0.003, CentralDifferences.GradientOverSteps(Loss, t).Single(), 0.0003);
    }

    [Fact]
    public void Steps_are_compared_so_one_is_too_few()
    {
        Assert.Contains(
            "two or more",
            Assert
                .Throws<ArgumentException>("steps", () => CentralDifferences.GradientOverSteps(() => 0, [1], [1e-3]))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(
            "step",
            () => CentralDifferences.GradientOverSteps(() => 0, [1], [1e-3, 0])
        );
        Assert.Equal(CentralDifferences.Steps.OrderDescending(), CentralDifferences.Steps);
    }

    [Fact]
    public void The_relative_error_is_the_distance_over_the_sum_of_the_lengths()
    {
        Assert.Equal(5 / (5 + 10.0), CentralDifferences.RelativeError([3, 4], [6, 8]), 1e-15);
        Assert.Equal(1, CentralDifferences.RelativeError([1, 2], [-1, -2]), 1e-15);
        Assert.Equal(1, CentralDifferences.RelativeError([0, 0], [0, 3]), 1e-15);
        Assert.Equal(0, CentralDifferences.RelativeError([0, 0], [0, 0]));
        Assert.Equal(0, CentralDifferences.RelativeError([], []));
    }

    [Fact]
    public void The_relative_error_does_not_depend_on_the_unit() =>
        Gen.Select(Gen.Int[-1000, 1000].Array[4], Gen.Int[-1000, 1000].Array[4], Gen.Int[-1000, 1000])
            .Sample(
                (a, b, exponent) =>
                {
                    double[] In(int[] values, int unit) => [.. values.Select(v => Math.ScaleB(v, unit))];
                    Assert.Equal(
                        CentralDifferences.RelativeError(In(a, 0), In(b, 0)),
                        CentralDifferences.RelativeError(In(a, exponent), In(b, exponent)),
                        1e-15
                    );
                }
            );

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_makes_the_relative_error_NaN(double number)
    {
        Assert.Equal(double.NaN, CentralDifferences.RelativeError([number, 1], [0, 1]));
        Assert.Equal(double.NaN, CentralDifferences.RelativeError([0], [number]));
        Assert.Equal(double.NaN, CentralDifferences.RelativeError([number], [number]));
    }

    [Fact]
    public void Gradients_of_different_lengths_are_refused() =>
        Assert.Contains(
            "2 and 1 numbers",
            Assert.Throws<ArgumentException>("b", () => CentralDifferences.RelativeError([1, 2], [1])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Checking_names_every_parameter_and_leaves_the_network_unchanged()
    {
        var random = new SeededRandom(4);
        var network = new VanillaRnn(2, 3, 3, random);
        RandomCases.Randomise(network, 0.5, random);
        var before = network.Parameters.SelectMany(p => p.Values).ToArray();
        var errors = CentralDifferences.Check(network, RandomCases.Sequence(2, 3, 6, 0.2, random));
        Assert.Equal(["U", "W", "V", "b", "c", "s_0"], errors.Select(error => error.Name));
        Assert.All(errors, error => Assert.InRange(error.RelativeError, 0, 1e-7));
        Assert.Equal(before, network.Parameters.SelectMany(p => p.Values));
    }

    [Fact]
    public void Checking_lays_a_wrong_gradient_to_its_parameter()
    {
        var random = new SeededRandom(4);
        var network = new BrokenRnn(new VanillaRnn(2, 3, 3, random), Fault.BiasForgotten);
        var errors = CentralDifferences.Check(network, RandomCases.Sequence(2, 3, 6, 0, random));
        Assert.Equal(["b"], errors.Where(error => error.RelativeError > 1e-7).Select(error => error.Name));
        Assert.Equal(1, errors.Single(error => error.Name == "b").RelativeError, 1e-12);
    }
}
