using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class BracketTaskTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 50)]
    [InlineData(5, 300)]
    public void The_depth_is_what_has_been_opened_less_what_has_been_closed(int maxDepth, int length)
    {
        var (symbols, depths) = BracketTask.Draw(maxDepth, length, new SeededRandom(7));
        Assert.Equal(length, symbols.Length);
        for (var i = 0; i < length; i++)
        {
            Assert.Equal(symbols.Take(i + 1).Count(k => k == 0) - symbols.Take(i + 1).Count(k => k == 1), depths[i]);
            Assert.InRange(depths[i], 0, maxDepth);
            Assert.InRange(symbols[i], 0, BracketTask.Symbols - 1);
        }
    }

    [Fact]
    public void All_symbols_and_depths_come_up_and_the_same_seed_gives_the_same_text()
    {
        var (symbols, depths) = BracketTask.Draw(5, 500, new SeededRandom(1));
        Assert.Equal([0, 1, 2], symbols.Distinct().Order());
        Assert.Equal([0, 1, 2, 3, 4, 5], depths.Distinct().Order());
        Assert.Equal(symbols, BracketTask.Draw(5, 500, new SeededRandom(1)).Symbols);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void Sizes_below_1_are_refused(int maxDepth, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BracketTask.Draw(maxDepth, length, new SeededRandom(1)));
}
