using CsCheck;
using RnnCourse.Core;
using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class DataSplitTests
{
    [Fact]
    public void No_key_is_in_two_parts_and_nothing_is_lost() =>
        Gen.Int[0, 30]
            .Array[60, 200]
            .Sample(
                items =>
                {
                    var split = DataSplit.ByKey(items, item => $"{item}");
                    Assert.Empty(split.Train.Intersect(split.Dev));
                    Assert.Empty(split.Train.Intersect(split.Test));
                    Assert.Empty(split.Dev.Intersect(split.Test));
                    Assert.Equal(items.Order(), split.Train.Concat(split.Dev).Concat(split.Test).Order());
                    Assert.Equal(items.Distinct().Count() / 10, split.Test.Distinct().Count());
                },
                iter: 100
            );

    [Fact]
    public void The_split_does_not_depend_on_the_order_of_the_data()
    {
        string[] items = [.. Enumerable.Range(0, 100).Select(k => $"item {k}")],
            shuffled = [.. items];
        new SeededRandom(9).Shuffle<string>(shuffled);
        Assert.Equal(
            DataSplit.ByKey(items, item => item).Test.Order(),
            DataSplit.ByKey(shuffled, item => item).Test.Order()
        );
        Assert.Contains(
            "10 are needed",
            Assert.Throws<ArgumentException>(() => DataSplit.ByKey(items[..9], item => item)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_later_part_has_too_is_taken_out_of_the_earlier_ones()
    {
        var (split, removed) = DataSplit.WithoutLeaks<string>(
            new(["a", "b", "c", "c"], ["b", "d"], ["c", "d", "e"]),
            item => item
        );
        Assert.Equal(["a"], split.Train);
        Assert.Equal(["b"], split.Dev);
        Assert.Equal(["c", "d", "e"], split.Test);
        Assert.Equal(4, removed);
    }
}
