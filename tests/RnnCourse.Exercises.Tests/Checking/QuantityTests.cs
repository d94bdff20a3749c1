using RnnCourse.Exercises.Checking;
using RnnCourse.Exercises.Lesson11;

namespace RnnCourse.Exercises.Tests.Checking;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(1000, 1000.009, true)]
    [InlineData(1000, 1000.011, false)]
    [InlineData(1, 1.000009, true)]
    [InlineData(1, 1.000011, false)]
    [InlineData(0.01, 0.01000009, true)]
    [InlineData(0.01, 0.01000011, false)]
    [InlineData(0, 9e-9, true)]
    [InlineData(0, 1.1e-8, false)]
    [InlineData(1, double.NaN, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, false)]
    public void A_number_is_near_within_a_hundred_thousandth_of_what_is_expected(
        double expected,
        double given,
        bool near
    ) => Assert.Equal(near, Quantity.Of("y", given).IsNear(Quantity.Of("y", expected)));

    [Fact]
    public void The_largest_number_sets_the_limit_for_all_of_them()
    {
        var expected = new Quantity("y", 2, 0, [100, 0]);
        Assert.True(new Quantity("y", 2, 0, [100, 9e-4]).IsNear(expected));
        Assert.False(new Quantity("y", 2, 0, [100, 1.1e-3]).IsNear(expected));
        Assert.False(new Quantity("y", 1, 2, [100, 0]).IsNear(expected));
    }

    [Theory]
    [InlineData(-1, "sign")]
    [InlineData(-2, "sign")]
    [InlineData(0.5, "divided or multiplied")]
    [InlineData(2, "divided or multiplied")]
    public void A_constant_factor_is_named_with_a_hint_that_fits_it(double factor, string hint)
    {
        var expected = new Quantity("dW", 3, 0, [1, -2, 0.5]);
        var given = expected with { Values = [.. expected.Values.Select(value => factor * value)] };

        var finding = given.FaultOfValue(expected, Texts11.Truncated);

        Assert.Equal("scaled", finding.Key);
        Assert.Contains($"{FormattableString.Invariant($"{factor}")} times", finding.What, StringComparison.Ordinal);
        Assert.Contains(hint, finding.Hint, StringComparison.Ordinal);
    }
}
