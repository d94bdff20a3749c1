using RnnCourse.Core;
using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class LengthBucketsTests
{
    [Fact]
    public void Every_sequence_is_in_one_batch_and_little_is_padded()
    {
        var random = new SeededRandom(1);
        int[] lengths = [.. Enumerable.Range(0, 1003).Select(_ => 1 + random.NextIndex(50))];
        int[] order = new int[1003],
            starts = new int[126];
        LengthBuckets.Draw(lengths, 8, random, order, starts);
        Assert.Equal(Enumerable.Range(0, 1003), order.Order());
        Assert.Equal(Enumerable.Range(0, 126).Select(k => k * 8), starts.Order());
        Assert.NotEqual(starts.Order(), starts);
        var steps = starts.Sum(start => 8 * order.Skip(start).Take(8).Max(k => lengths[k]));
        Assert.True(steps < 1.15 * lengths.Sum(), $"{steps} steps for {lengths.Sum()}");
        Assert.Throws<ArgumentException>(() => LengthBuckets.Draw(lengths, 8, random, order, new int[3]));
    }

    [Fact]
    public void The_same_state_draws_the_same_order()
    {
        int[] lengths = [.. Enumerable.Repeat(3, 100)],
            order = new int[100],
            again = new int[100],
            starts = new int[10];
        LengthBuckets.Draw(lengths, 10, new SeededRandom(5), order, starts);
        LengthBuckets.Draw(lengths, 10, new SeededRandom(5), again, starts);
        Assert.Equal(order, again);
    }
}
