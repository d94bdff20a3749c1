using CsCheck;
using RnnCourse.Baselines;
using RnnCourse.Core;

namespace RnnCourse.Tests.Baselines;

public sealed class NGramModelTests
{
    [Fact]
    public void Probabilities_are_positive_and_sum_to_one_in_every_context() =>
        Gen.Select(Gen.Int[1, NGramModel.MaxOrder], Gen.Int[0, 3].Array[1, 30].Array[1, 5], Gen.Int[0, 4].Array[1, 8])
            .Sample(
                (order, sequences, text) =>
                {
                    var model = NGramModel.Fit(sequences, 5, order);
                    for (var i = 0; i <= text.Length; i++)
                    {
                        double[] p = [.. Enumerable.Range(0, 5).Select(symbol => model.Probability(text, i, symbol))];
                        Assert.All(p, value => Assert.True(value > 0));
                        Assert.Equal(1, p.Sum(), 1e-9);
                    }
                },
                iter: 300
            );

    [Fact]
    public void A_longer_context_finds_a_longer_rule()
    {
        // The next symbol is the sum of the two before, modulo 5, except for one in twenty.
        var random = new SeededRandom(1);
        int[] Draw(int length)
        {
            var text = new int[length];
            for (var i = 2; i < length; i++)
            {
                text[i] = random.NextIndex(20) == 0 ? random.NextIndex(5) : (text[i - 1] + text[i - 2]) % 5;
            }

            return text;
        }

        int[][] train = [Draw(5000)],
            test = [Draw(2000)];
        double[] losses = [.. Enumerable.Range(1, 4).Select(order => NGramModel.Fit(train, 5, order).MeanLoss(test))];
        Assert.InRange(losses[0], 1.5, 1.7);
        Assert.InRange(losses[1], 1.4, 1.7);
        Assert.InRange(losses[2], 0.2, 0.4);
        Assert.InRange(losses[3], 0.2, 0.45);
        Assert.True(NGramModel.Fit(train, 5, 3).Accuracy(test) > 0.93);
    }

    [Fact]
    public void A_guess_is_the_most_probable_symbol() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 3].Array[2, 40])
            .Sample(
                (order, text) =>
                {
                    var model = NGramModel.Fit([text], 4, order);
                    var expected = Enumerable
                        .Range(0, text.Length)
                        .Count(i =>
                            Enumerable.Range(0, 4).MaxBy(symbol => model.Probability(text, i, symbol)) == text[i]
                        );
                    // Where two are as probable to the last bits, either may be guessed.
                    var ties = Enumerable
                        .Range(0, text.Length)
                        .Count(i =>
                            Enumerable
                                .Range(0, 4)
                                .Select(symbol => model.Probability(text, i, symbol))
                                .OrderDescending()
                                .ToArray()
                                is var p
                            && p[0] - p[1] < 1e-12
                        );
                    Assert.InRange(
                        model.Accuracy([text]) * text.Length,
                        expected - ties - 1e-6,
                        expected + ties + 1e-6
                    );
                },
                iter: 200
            );

    [Fact]
    public void Of_equally_probable_symbols_the_one_with_the_lowest_number_is_guessed() =>
        Assert.Equal(
            1,
            NGramModel
                .Fit(
                    [
                        [0, 3, 0, 1],
                    ],
                    4,
                    2
                )
                .Guess([0], 1)
        );

    [Fact]
    public void Discounts_follow_from_how_many_symbols_were_counted_once_to_four_times()
    {
        // Two symbols once, one each twice, three and four times: Y = 2 / (2 + 2·1) = 1/2, so the discounts are
        // 1 − 2Y/2 = 1/2, 2 − 3Y = 1/2 and 3 − 4Y = 1. Together they take 3.5 of 11, which all five symbols share.
        var model = NGramModel.Fit(
            [
                [0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4],
            ],
            5,
            1
        );
        double[] expected = [0.5, 0.5, 1.5, 2, 3];
        for (var symbol = 0; symbol < 5; symbol++)
        {
            Assert.Equal((expected[symbol] + (3.5 / 5)) / 11, model.Probability([], 0, symbol), 1e-12);
        }
    }

    [Fact]
    public void The_border_lets_the_model_learn_how_names_begin()
    {
        var model = NGramModel.Fit(
            [
                [1, 2],
                [1, 2],
                [1, 2],
                [1, 2],
            ],
            3,
            2
        );
        Assert.True(model.Probability([1, 2], 0, 1) > 0.6);
        Assert.True(model.Probability([1, 2], 1, 2) > 0.6);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            NGramModel.Fit(
                [
                    [3],
                ],
                3,
                2
            )
        );
        Assert.True(double.IsNaN(model.MeanLoss([])));
    }
}
