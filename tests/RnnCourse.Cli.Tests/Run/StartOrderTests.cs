using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Tests.Run;

public sealed class StartOrderTests
{
    [Theory]
    [InlineData(1, new[] { 1, 9, 2, 30 }, new[] { 0, 1, 2, 3 })]
    [InlineData(2, new[] { 2, 2, 2, 2, 2, 2 }, new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(2, new[] { 2, 2, 2, 30 }, new[] { 3, 0, 1, 2 })]
    [InlineData(2, new[] { 2, 2, 2, 2, 2, 2, 2, 2, 5 }, new[] { 0, 1, 8, 2, 3, 4, 5, 6, 7 })]
    [InlineData(2, new int[0], new int[0])]
    [InlineData(3, new[] { 0, 0, 0 }, new[] { 0, 1, 2 })]
    public void Notebooks_start_in_their_order_and_a_long_one_before_it_is_too_late(
        int parallel,
        int[] seconds,
        int[] order
    ) => Assert.Equal(order, StartOrder.Plan(Times(seconds), parallel));

    [Fact]
    public void Each_starts_once_and_the_processors_end_together_however_times_are_spread()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var seconds = Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(1, 40)).ToArray();
            var parallel = random.Next(2, 9);
            var order = StartOrder.Plan(Times(seconds), parallel);
            Assert.Equal(Enumerable.Range(0, seconds.Length), order.Order());

            // No order can do better; list scheduling in an arbitrary order may take nearly twice as long.
            var best = Math.Max(seconds.Max(), seconds.Sum() / (double)parallel);
            var until = new double[parallel];
            foreach (var i in order)
            {
                until[Array.IndexOf(until, until.Min())] += seconds[i];
            }

            Assert.InRange(until.Max(), best, best * 4 / 3 + 1);
        }
    }

    private static TimeSpan[] Times(int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
