using CsCheck;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class EchoTaskTests
{
    [Fact]
    public void Each_target_is_the_symbol_of_lag_steps_before() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[1, 40], Gen.ULong)
            .Sample(
                (lag, length, seed) =>
                {
                    var (symbols, targets) = EchoTask.Draw(lag, length, new SeededRandom(seed));
                    Assert.Equal((length, length), (symbols.Length, targets.Length));
                    Assert.All(symbols, symbol => Assert.InRange(symbol, 0, 1));
                    for (var t = 0; t < length; t++)
                    {
                        Assert.Equal(t < lag ? -1 : symbols[t - lag], targets[t]);
                    }
                }
            );

    [Fact]
    public void The_tosses_are_fair()
    {
        var share = EchoTask.Draw(1, 20000, new SeededRandom(1)).Symbols.Average();
        Assert.InRange(share, 0.48, 0.52);
    }

    [Fact]
    public void A_negative_lag_or_a_length_below_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EchoTask.Draw(-1, 5, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EchoTask.Draw(1, 0, new SeededRandom(1)));
    }
}
