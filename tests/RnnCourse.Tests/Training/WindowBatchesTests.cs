using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class WindowBatchesTests
{
    private static readonly SymbolSequence[] Two =
    [
        new([0, 1, 2, 0, 1, 2, 0], [-1, 0, 1, 2, 0, 1, 2]),
        new([2, 2, 1, 1, 0, 0, 2], [1, 1, 0, 0, 2, 2, -1]),
    ];

    [Fact]
    public void Windows_follow_one_another_and_start_anew_after_the_last()
    {
        var source = new WindowBatches<double>(Two, 3, steps: 3);
        Assert.Equal(2, source.BatchesPerEpoch);
        var first = source.NextBatch(out var startsAnew);
        Assert.True(startsAnew);
        Assert.Equal([0, 2, 1, 2, 2, 1], first.Symbols.ToArray());
        Assert.Equal([-1, 1, 0, 1, 1, 0], first.Targets.ToArray());
        var second = source.NextBatch(out startsAnew);
        Assert.False(startsAnew);
        Assert.Equal([0, 1, 1, 0, 2, 0], second.Symbols.ToArray());
        Assert.Equal([2, 0, 0, 2, 1, 2], second.Targets.ToArray());
        Assert.Equal([0, 2, 1, 2, 2, 1], source.NextBatch(out startsAnew).Symbols.ToArray());
        Assert.True(startsAnew);
    }

    [Fact]
    public void A_position_leads_back_to_the_same_batches()
    {
        var source = new WindowBatches<float>(Two, 3, steps: 2);
        source.NextBatch(out _);
        var here = source.Position;
        var expected = source.NextBatch(out _).Symbols.ToArray();
        source.NextBatch(out _);
        source.Position = here;
        Assert.Equal(expected, source.NextBatch(out _).Symbols.ToArray());
        Assert.Throws<ArgumentException>(() => source.Position = new(0, 9, default));
    }

    [Fact]
    public void The_position_behind_the_last_window_leads_to_the_next_epoch()
    {
        var source = new WindowBatches<float>(Two, 3, steps: 3);
        source.NextBatch(out _);
        source.NextBatch(out _);
        var end = source.Position;
        var other = new WindowBatches<float>(Two, 3, steps: 3) { Position = end };
        Assert.Equal([0, 2, 1, 2, 2, 1], other.NextBatch(out var startsAnew).Symbols.ToArray());
        Assert.True(startsAnew);
        Assert.Equal(1, other.Position.Epoch);
        Assert.Throws<ArgumentException>(() => other.Position = end with { Index = end.Index + 1 });
    }

    [Fact]
    public void Sequences_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new WindowBatches<double>([], 3, 1));
        Assert.Throws<ArgumentException>(() => new WindowBatches<double>(Two, 3, 8));
        Assert.Throws<ArgumentException>(() => new WindowBatches<double>(Two, 2, 3));
        Assert.Contains(
            "Sequence 1",
            Assert.Throws<ArgumentException>(() => new WindowBatches<double>([Two[0], new([0], [0])], 3, 1)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowBatches<double>(Two, 3, 0));
    }
}
