using RnnCourse.Metrics;

namespace RnnCourse.Tests.Metrics;

public sealed class SeedSummaryTests
{
    [Fact]
    public void Mean_and_spread_are_those_of_a_sample()
    {
        var summary = SeedSummary.Of([1, 2, 3]);
        Assert.Equal(new SeedSummary(2, 1, 1, 3, 3), summary);
        Assert.Equal("2.000 ± 1.000", summary.ToString());
        Assert.Equal("50.0 %", SeedSummary.Of([0.5]).ToString("0.0 %"));
        Assert.Throws<ArgumentException>(() => SeedSummary.Of([]));
    }
}
