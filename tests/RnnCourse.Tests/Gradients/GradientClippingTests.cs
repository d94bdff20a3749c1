using CsCheck;
using RnnCourse.Gradients;
using RnnCourse.Model;

namespace RnnCourse.Tests.Gradients;

public sealed class GradientClippingTests
{
    [Fact]
    public void A_long_gradient_is_shortened_and_keeps_its_direction() =>
        Gen.Double[-100, 100]
            .Array[1, 3000]
            .Where(g => g.Any(x => Math.Abs(x) > 0.01))
            .Select(Gen.Double[0.001, 50])
            .Sample(
                (g, maxNorm) =>
                {
                    var parameters = Parameters(g);
                    var norm = Math.Sqrt(g.Sum(x => x * x));
                    Assert.Equal(norm, GradientClipping.ByNorm(parameters, maxNorm), norm * 1e-12);
                    var factor = Math.Min(1, maxNorm / norm);
                    Assert.All(
                        parameters.SelectMany(p => p.Gradient).Zip(g),
                        pair => Assert.Equal(pair.Second * factor, pair.First, 1e-9)
                    );
                }
            );

    [Fact]
    public void The_norm_of_a_gradient_that_exploded_in_single_precision_is_right()
    {
        var parameter = new Parameter<float>("p", 4, 1);
        float[] gradient = [3e30f, 4e30f, 0, 0];
        gradient.CopyTo(parameter.Gradient, 0);
        Assert.Equal(5e30, GradientClipping.ByNorm([parameter], 1), 1e24);
        Assert.Equal([0.6f, 0.8f, 0, 0], parameter.Gradient.Select(g => MathF.Round(g, 6)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_gradient_that_is_NaN_is_reported_and_left_as_it_is(double g)
    {
        var parameters = Parameters([1, g]);
        Assert.False(double.IsFinite(GradientClipping.ByNorm(parameters, 1)));
        Assert.Equal([1, g], parameters.SelectMany(p => p.Gradient));
    }

    [Fact]
    public void Clipping_by_value_bounds_each_number()
    {
        var parameters = Parameters([-7, 0.5, 2, double.NaN, double.NegativeInfinity]);
        GradientClipping.ByValue(parameters, 2);
        Assert.Equal([-2, 0.5, 2, double.NaN, -2], parameters.SelectMany(p => p.Gradient));
    }

    [Fact]
    public void An_invalid_limit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByNorm(Parameters([1]), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByNorm(Parameters([1]), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(Parameters([1]), -1));
    }

    private static Parameter<double>[] Parameters(double[] gradient)
    {
        var first = new Parameter<double>("first", (gradient.Length + 1) / 2, 1);
        gradient.AsSpan(0, first.Gradient.Length).CopyTo(first.Gradient);
        if (gradient.Length == 1)
        {
            return [first];
        }

        var second = new Parameter<double>("second", gradient.Length / 2, 1);
        gradient.AsSpan(first.Gradient.Length).CopyTo(second.Gradient);
        return [first, second];
    }
}
