using RnnCourse.Metrics;

namespace RnnCourse.Tests.Metrics;

public sealed class TurnsTests
{
    [Fact]
    public void Each_way_gets_as_many_turns_as_the_others_and_they_alternate()
    {
        var calls = new List<char>();
        var durations = Turns.Measure(3, 1e-6, ("a", () => calls.Add('a')), ("b", () => calls.Add('b')));
        Assert.Equal(["a", "b"], durations.Select(duration => duration.Name));
        var turns = string.Concat(calls.Where((call, k) => k == 0 || calls[k - 1] != call));
        Assert.Equal("ababab", turns);
        Assert.True(calls.Count >= 12, "each turn is a call that is not timed and at least one that is");
    }

    [Fact]
    public void The_median_lies_between_the_fastest_and_the_slowest_turn()
    {
        var duration = Assert.Single(Turns.Measure(5, 0.01, ("sleep", () => Thread.Sleep(1))));
        Assert.True(duration.Fastest > 0 && duration.Fastest <= duration.Seconds && duration.Seconds <= duration.Slowest);
    }

    [Fact]
    public void Nothing_to_time_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Turns.Measure(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Turns.Measure(0, 1, ("a", () => { })));
        Assert.Throws<ArgumentOutOfRangeException>(() => Turns.Measure(1, 0, ("a", () => { })));
    }
}
