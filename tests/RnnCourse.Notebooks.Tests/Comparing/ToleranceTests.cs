using RnnCourse.Notebooks.Comparing;

namespace RnnCourse.Notebooks.Tests.Comparing;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData(8, 6, true)]
    [InlineData(8, 5.9, false)]
    [InlineData(-8, -6, true)]
    [InlineData(8, -6, false)]
    [InlineData(0, 0.5, true)]
    [InlineData(0, -0.5, true)]
    [InlineData(0, 0.75, false)]
    [InlineData(double.NaN, double.NaN, true)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false)]
    [InlineData(double.PositiveInfinity, double.MaxValue, false)]
    public void Two_numbers_may_differ_by_a_share_of_the_larger_one_or_by_a_fixed_amount(double a, double b, bool same)
    {
        // 8 and 6 differ by exactly a quarter of 8; 0 and 0.5 by exactly half.
        var tolerance = b is 0.5 or -0.5 or 0.75 ? new Tolerance(0, 0.5) : new Tolerance(0.25, 0);
        Assert.Equal(same, tolerance.Allows(a, b));
        Assert.Equal(same, tolerance.Allows(b, a));
    }

    [Fact]
    public void The_relative_and_the_absolute_tolerance_add_up() =>
        Assert.True(new Tolerance(0.25, 0.5).Allows(8, 5.5));
}
