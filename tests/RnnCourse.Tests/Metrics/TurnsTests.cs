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
        Assert.Equal("abababababab", turns);
        Assert.True(calls.Count >= 24, "each turn is a call that is not timed and at least one that is");
    }

    [Fact]
    public void The_second_half_of_the_turns_counts_and_each_fills_its_time()
    {
        // A turn is one call that is not timed, followed by as many as fill 10 ms.
        int[] lasts = [90, 50, 90, 50, 90, 50, 90, 5, 5, 90, 4, 4, 4, 90, 20];
        var clock = new Clock();
        var calls = 0;
        var duration = Assert.Single(Turns.Measure(clock, 3, 10, ("a", () => clock.Now += lasts[calls++])));
        Assert.Equal(("a", 0.005, 0.004, 0.02), (duration.Name, duration.Seconds, duration.Fastest, duration.Slowest));
        Assert.Equal(lasts.Length, calls);
    }

    [Fact]
    public void Nothing_to_time_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Turns.Measure(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Turns.Measure(0, 1, ("a", () => { })));
        Assert.Throws<ArgumentOutOfRangeException>(() => Turns.Measure(1, 0, ("a", () => { })));
    }

    // A clock that advances only when the test sets it, in milliseconds.
    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }
}
