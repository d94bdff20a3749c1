using CsCheck;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class CopyTaskTests
{
    [Fact]
    public void Letters_come_first_then_blanks_and_each_question_has_its_letter() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[1, 8], Gen.Int[0, 20], Gen.Bool, Gen.ULong)
            .Sample(
                (letters, count, lag, reversed, seed) =>
                {
                    var (symbols, targets) = CopyTask.Draw(letters, count, lag, new SeededRandom(seed), reversed);
                    Assert.Equal(((2 * count) + lag, (2 * count) + lag), (symbols.Length, targets.Length));
                    int[] shown = symbols[..count];
                    Assert.All(shown, symbol => Assert.InRange(symbol, 0, letters - 1));
                    Assert.All(symbols[count..(count + lag)], symbol => Assert.Equal(letters, symbol));
                    Assert.All(symbols[(count + lag)..], symbol => Assert.Equal(letters + 1, symbol));
                    Assert.All(targets[..(count + lag)], target => Assert.Equal(-1, target));
                    Assert.Equal(reversed ? shown.Reverse() : shown, targets[(count + lag)..]);
                }
            );

    [Fact]
    public void A_number_that_is_too_small_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CopyTask.Draw(1, 1, 1, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => CopyTask.Draw(2, 0, 1, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => CopyTask.Draw(2, 1, -1, new SeededRandom(1)));
    }
}
