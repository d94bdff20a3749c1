using RnnCourse.Core;
using RnnCourse.Metrics;

namespace RnnCourse.Tests.Metrics;

public sealed class BootstrapTests
{
    [Theory]
    [InlineData(100, 0.7)]
    [InlineData(5000, 0.9)]
    public void The_interval_of_a_share_is_as_wide_as_the_binomial_distribution_says(int items, double share)
    {
        var random = new SeededRandom(5);
        double[] right = [.. Enumerable.Range(0, items).Select(_ => random.NextDouble() < share ? 1.0 : 0)];
        var (low, high) = Bootstrap.Interval(right, [.. right.Select(_ => 1.0)], x => x);
        var mean = right.Average();
        var expected = 2 * 1.96 * Math.Sqrt(mean * (1 - mean) / items);
        Assert.InRange(mean, low, high);
        Assert.InRange((high - low) / expected, 0.85, 1.15);
        Assert.Equal((low, high), Bootstrap.Interval(right, [.. right.Select(_ => 1.0)], x => x));
    }

    [Fact]
    public void Items_that_depend_on_each_other_are_drawn_together()
    {
        var random = new SeededRandom(6);
        // Twenty neighbours share their result, so there are only 50 independent ones.
        double[] right = [.. Enumerable.Range(0, 50).SelectMany(_ => Enumerable.Repeat(random.NextIndex(2) * 1.0, 20))];
        double[] ones = [.. right.Select(_ => 1.0)];
        var alone = Bootstrap.Interval(right, ones, x => x);
        var together = Bootstrap.Interval(right, ones, x => x, together: 20);
        Assert.True(together.High - together.Low > 3 * (alone.High - alone.Low));
    }

    [Fact]
    public void A_function_of_the_mean_gets_its_own_interval_and_one_item_gets_none()
    {
        double[] squares = [1, 4, 9, 16, 25, 36];
        double[] ones = [1, 1, 1, 1, 1, 1];
        var plain = Bootstrap.Interval(squares, ones, x => x);
        Assert.Equal((Math.Sqrt(plain.Low), Math.Sqrt(plain.High)), Bootstrap.Interval(squares, ones, Math.Sqrt));
        Assert.True(double.IsNaN(Bootstrap.Interval([1], [1], x => x).Low));
        Assert.Throws<ArgumentException>(() => Bootstrap.Interval([1, 2], [1], x => x));
    }
}
