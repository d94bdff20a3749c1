using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Core;

public sealed class GradientDescentTests
{
    public static TheoryData<string> Networks => [nameof(VanillaRnn), nameof(SharedNetwork), nameof(FunctionPerStep)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_reduces_the_loss(string name)
    {
        var losses = Train(Create(name));
        Assert.Equal(8, losses.Count);
        Assert.True(losses[^1] < 0.7 * losses[0], string.Join(", ", losses));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_twice_from_the_same_seeds_is_the_same_to_the_bit(string name)
    {
        ISequenceNetwork first = Create(name),
            second = Create(name);
        Assert.Equal(Train(first), Train(second));
        Assert.Equal(first.Parameters.SelectMany(p => p.Values), second.Parameters.SelectMany(p => p.Values));
    }

    [Fact]
    public void One_example_moves_each_parameter_against_its_gradient()
    {
        var network = Create(nameof(VanillaRnn));
        var example = TinySentences.ToExample(TinySentences.Train[3]);
        var before = Copy(network);
        var (loss, gradients) = network.LossAndGradients(example.x, example.targets);
        var losses = GradientDescent.Train(network, [example], epochs: 1, learningRate: 0.125, new SeededRandom(1));
        Assert.Equal(loss / example.ReadSteps, losses.Single());
        Assert.Equal(before.Zip(gradients.SelectMany(g => g), (value, g) => value - (0.125 * g)), Copy(network));
    }

    [Fact]
    public void The_loss_is_a_mean_over_the_steps_that_are_read()
    {
        var network = Create(nameof(VanillaRnn));
        var (x, targets) = TinySentences.ToExample(TinySentences.Tag("they", "still", "swim"));
        GradientDescent.Example example = new(x, [null, targets[1], targets[2]]);
        Assert.Equal(2, example.ReadSteps);
        var loss = network.LossAndGradients(example.x, example.targets).Loss;
        Assert.Equal(loss / 2, GradientDescent.Train(network, [example], 1, 0.1, new SeededRandom(1)).Single());
    }

    [Fact]
    public void No_epoch_changes_nothing()
    {
        var network = Create(nameof(VanillaRnn));
        var before = Copy(network);
        Assert.Empty(GradientDescent.Train(network, Examples(), 0, 0.1, new SeededRandom(1)));
        Assert.Equal(before, Copy(network));
    }

    [Fact]
    public void The_callers_list_keeps_its_order()
    {
        var examples = Examples().ToArray();
        var copy = examples.ToArray();
        GradientDescent.Train(Create(nameof(VanillaRnn)), examples, 1, 0.1, new SeededRandom(1));
        Assert.Equal(copy, examples);
    }

    [Fact]
    public void A_loss_that_is_NaN_stops_training_with_the_parameters_as_they_were_before_that_example()
    {
        var good = Examples()[0];
        GradientDescent.Example bad = new([Vector<double>.Build.Dense(13, double.NaN)], [0]);
        var untrained = Copy(Create(nameof(VanillaRnn)));
        var network = Create(nameof(VanillaRnn));
        GradientDescent.Train(network, [good], 1, 0.1, new SeededRandom(1));
        var trainedOnGood = Copy(network);

        // The seed decides which example comes first; ten seeds see both orders.
        var endings = new List<double[]>();
        for (var seed = 1UL; seed <= 10; seed++)
        {
            network = Create(nameof(VanillaRnn));
            var error = Assert.Throws<InvalidOperationException>(() =>
                GradientDescent.Train(network, [good, bad], 1, 0.1, new SeededRandom(seed))
            );
            Assert.Contains("NaN in epoch 1", error.Message, StringComparison.Ordinal);
            Assert.Contains("smaller learning rate than 0.1", error.Message, StringComparison.Ordinal);
            endings.Add(Copy(network));
        }

        Assert.Contains(endings, ending => ending.SequenceEqual(untrained));
        Assert.Contains(endings, ending => ending.SequenceEqual(trainedOnGood));
        Assert.All(
            endings,
            ending => Assert.True(ending.SequenceEqual(untrained) || ending.SequenceEqual(trainedOnGood))
        );
    }

    [Fact]
    public void An_infinite_loss_stops_training_too()
    {
        var network = Create(nameof(SharedNetwork));
        var before = Copy(network);
        // With scores this far apart the other class gets a probability of zero.
        var c = network.Parameters.Single(p => p.Name == "c").Values;
        c[0] = before[^c.Length] = 1e4;
        var error = Assert.Throws<InvalidOperationException>(() =>
            GradientDescent.Train(network, [new(TinySentences.OneHot("fish"), [1])], 1, 0.1, new SeededRandom(1))
        );
        Assert.Contains("Infinity", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Copy(network));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_not_positive_and_finite_is_refused(double learningRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            nameof(learningRate),
            () => GradientDescent.Train(Create(nameof(VanillaRnn)), Examples(), 1, learningRate, new SeededRandom(1))
        );

    [Fact]
    public void A_negative_number_of_epochs_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "epochs",
            () => GradientDescent.Train(Create(nameof(VanillaRnn)), Examples(), -1, 0.1, new SeededRandom(1))
        );

    [Fact]
    public void Examples_of_which_nothing_is_read_are_refused()
    {
        GradientDescent.Example unread = new(TinySentences.OneHot("fish", "swim"), [null, null]);
        Assert.Throws<ArgumentException>(
            "examples",
            () => GradientDescent.Train(Create(nameof(VanillaRnn)), [unread], 1, 0.1, new SeededRandom(1))
        );
        Assert.Throws<ArgumentException>(
            "examples",
            () => GradientDescent.Train(Create(nameof(VanillaRnn)), [], 1, 0.1, new SeededRandom(1))
        );
    }

    [Fact]
    public void An_example_that_the_network_cannot_take_is_refused()
    {
        var tooLong = TinySentences.ToExample(TinySentences.Draw(TinySentences.MaxLength + 1, new SeededRandom(1)));
        Assert.Throws<ArgumentException>(() =>
            GradientDescent.Train(Create(nameof(FunctionPerStep)), [tooLong], 1, 0.1, new SeededRandom(1))
        );
    }

    private static IReadOnlyList<double> Train(ISequenceNetwork network) =>
        GradientDescent.Train(network, Examples(), epochs: 8, learningRate: 0.1, new SeededRandom(3));

    private static IReadOnlyList<GradientDescent.Example> Examples() =>
        [.. TinySentences.Train.Take(60).Select(TinySentences.ToExample)];

    private static double[] Copy(ISequenceNetwork network) => [.. network.Parameters.SelectMany(p => p.Values)];

    private static ISequenceNetwork Create(string name)
    {
        var (d, h, k) = (TinySentences.Vocabulary.Count, 8, TinySentences.TagSet.Count);
        return name switch
        {
            nameof(VanillaRnn) => new VanillaRnn(d, h, k, new SeededRandom(2)),
            nameof(SharedNetwork) => new SharedNetwork(d, h, k, new SeededRandom(2)),
            _ => new FunctionPerStep(d, h, k, TinySentences.MaxLength, new SeededRandom(2)),
        };
    }
}
