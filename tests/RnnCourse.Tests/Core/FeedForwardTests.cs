using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Core;

public sealed class FeedForwardTests
{
    private static readonly Vector<double>[] X = [.. RandomCases.Inputs(2, 3, new SeededRandom(5))];

    [Fact]
    public void A_window_lays_inputs_end_to_end_and_fills_up_with_zeros() =>
        Assert.Equal([X[0][0], X[0][1], X[1][0], X[1][1], 0, 0, 0, 0], FeedForward.Window(X[..2], 4));

    [Fact]
    public void A_full_window_has_no_zeros_to_spare() =>
        Assert.Equal(X.SelectMany(x_i => x_i), FeedForward.Window(X, 3));

    [Fact]
    public void One_input_more_than_a_window_has_places_is_refused() =>
        Assert.Contains(
            "3 inputs, but the window has 2 places",
            Assert.Throws<ArgumentException>(() => FeedForward.Window(X, 2)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_bag_counts_words() =>
        Assert.Equal(
            TinySentences.Vocabulary.Select(word =>
                word switch
                {
                    "the" => 2.0,
                    "fish" or "cook" or "can" => 1.0,
                    _ => 0.0,
                }
            ),
            FeedForward.Bag(TinySentences.OneHot("the", "cook", "can", "the", "fish"))
        );

    [Fact]
    public void A_bag_of_one_hot_words_is_the_same_to_the_bit_in_any_order() =>
        Gen.Select(Gen.Int[0, 12].Array[1, 40], Gen.ULong)
            .Sample(
                (numbers, seed) =>
                {
                    List<string> words = [.. numbers.Select(k => TinySentences.Vocabulary[k])];
                    string[] shuffled = [.. words];
                    new SeededRandom(seed).Shuffle<string>(shuffled);
                    Assert.Equal(
                        FeedForward.Bag(TinySentences.OneHot(words)),
                        FeedForward.Bag(TinySentences.OneHot(shuffled))
                    );
                }
            );

    [Fact]
    public void Nothing_at_all_and_inputs_of_unequal_size_make_neither_bag_nor_window()
    {
        Vector<double>[] unequal = [X[0], Vector<double>.Build.Dense(3)];
        foreach (var x in new[] { [], unequal })
        {
            Assert.Throws<ArgumentException>(() => FeedForward.Bag(x));
            Assert.Throws<ArgumentException>(() => FeedForward.Window(x, 5));
        }
    }

    [Fact]
    public void Each_output_is_the_networks_answer_to_the_inputs_so_far()
    {
        var bag = FeedForward.OnBag(2, 3, 2, new SeededRandom(1));
        var window = FeedForward.OnWindow(2, 3, 2, 5, new SeededRandom(1));
        for (var i = 1; i <= X.Length; i++)
        {
            Assert.Equal(bag.Network.Step(FeedForward.Bag(X[..i])).y_i, bag.Predict(X)[i - 1]);
            Assert.Equal(window.Network.Step(FeedForward.Window(X[..i], 5)).y_i, window.Predict(X)[i - 1]);
        }
    }

    [Fact]
    public void A_sequence_of_length_zero_has_no_outputs() =>
        Assert.All(Both(), network => Assert.Empty(network.Predict([])));

    [Fact]
    public void On_a_bag_any_length_goes_and_on_a_window_none_beyond_its_places()
    {
        var x = RandomCases.Inputs(2, 100, new SeededRandom(5));
        Assert.Equal(100, FeedForward.OnBag(2, 3, 2, new SeededRandom(1)).Predict(x).Count);
        Assert.Throws<ArgumentException>(() => FeedForward.OnWindow(2, 3, 2, 99, new SeededRandom(1)).Predict(x));
        Assert.Equal(100, FeedForward.OnWindow(2, 3, 2, 100, new SeededRandom(1)).Predict(x).Count);
    }

    [Fact]
    public void Gradients_agree_with_central_differences() =>
        Gen.Select(Gen.Int[0, 6], Gen.ULong)
            .Sample(
                (n, seed) =>
                {
                    foreach (var network in Both())
                    {
                        var random = new SeededRandom(seed);
                        RandomCases.Randomise(network, 0.5, random);
                        GradientCheck.AssertPasses(
                            GradientCheck.ByCentralDifferences(network, RandomCases.Sequence(2, 2, n, 0.3, random))
                        );
                    }
                },
                iter: 50
            );

    [Fact]
    public void Its_parameters_are_those_of_its_network() =>
        Assert.All(
            Both(),
            network =>
            {
                Assert.Equal(network.Network.ParameterCount, network.ParameterCount);
                Assert.Equal(["U", "V", "b", "c"], network.Parameters.Select(parameter => parameter.Name));
            }
        );

    [Fact]
    public void An_input_of_another_size_is_refused_by_the_number_of_its_step()
    {
        Vector<double>[] x = [X[0], Vector<double>.Build.Dense(1)];
        Assert.All(
            Both(),
            network =>
                Assert.Contains(
                    "step 2 has 1 numbers",
                    Assert.Throws<ArgumentException>(() => network.Predict(x)).Message,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void A_size_below_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FeedForward.OnBag(0, 1, 1, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeedForward.OnWindow(1, 1, 1, 0, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeedForward.OnWindow(-1, 1, 1, -1, new SeededRandom(1)));
    }

    private static FeedForward[] Both() =>
        [FeedForward.OnBag(2, 3, 2, new SeededRandom(1)), FeedForward.OnWindow(2, 3, 2, 6, new SeededRandom(1))];
}
