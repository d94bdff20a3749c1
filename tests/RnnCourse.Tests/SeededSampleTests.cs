using CsCheck;

namespace RnnCourse.Tests;

public sealed class SeededSampleTests
{
    [Fact]
    public void Each_run_draws_the_same_cases() => Assert.Equal(Drawn(1000), Drawn(1000));

    [Fact]
    public void A_longer_run_begins_with_the_cases_of_a_shorter_one() =>
        Assert.Equal(Drawn(10), Drawn(1000).Intersect(Drawn(10)).Order());

    [Fact]
    public void A_case_without_the_property_is_made_smaller_and_can_be_repeated()
    {
        var error = Assert.Throws<CsCheckException>(() => Gen.Int[0, 1_000_000].Sample(n => n < 1000));
        Assert.Contains("CsCheck_Seed=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_fails_only_once_is_not_forgotten()
    {
        var calls = 0;
        var error = Assert.Throws<CsCheckException>(() => Gen.Int.Sample(_ => Interlocked.Increment(ref calls) > 1));
        Assert.Contains("failed once", error.Message, StringComparison.Ordinal);
    }

    private static List<int> Drawn(int count)
    {
        var cases = new List<int>();
        Gen.Int.Sample(
            n =>
            {
                cases.Add(n);
                Assert.InRange(cases.Count, 1, count);
            },
            iter: count,
            threads: 1
        );
        Assert.Equal(count, cases.Count);
        return [.. cases.Order()];
    }
}
