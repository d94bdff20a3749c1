using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class SharedNetworkTests
{
    [Fact]
    public void Gradients_agree_with_central_differences() =>
        RandomCases.Shared.Sample(
            c => GradientCheck.AssertPasses(GradientCheck.ByCentralDifferences(c.Network, c.Example)),
            iter: 150
        );

    [Fact]
    public void Gradients_agree_with_the_complex_step() =>
        RandomCases.Shared.Sample(
            c => GradientCheck.AssertPasses(GradientCheck.ByComplexStep(c.Network, c.Example)),
            iter: 150
        );

    [Fact]
    public void A_sequence_of_length_zero_has_no_outputs_no_loss_and_no_gradient()
    {
        var network = Draw();
        Assert.Empty(network.Predict([]));
        var (loss, gradients) = network.LossAndGradients([], []);
        Assert.Equal(0, loss);
        Assert.Equal(network.Parameters.Select(p => p.Values.Length), gradients.Select(g => g.Length));
        Assert.All(gradients, gradient => Assert.All(gradient, g => Assert.Equal(0, g)));
    }

    [Fact]
    public void The_same_parameters_take_a_sequence_of_any_length() =>
        Gen.Int[0, 300]
            .Sample(n =>
            {
                var network = Draw();
                Assert.Equal(n, network.Predict(RandomCases.Inputs(2, n, new SeededRandom(5))).Count);
                Assert.Equal((3 * 2) + (2 * 3) + 3 + 2, network.ParameterCount);
            });

    [Fact]
    public void A_step_sees_its_own_input_and_no_other()
    {
        var network = Draw();
        var x = RandomCases.Inputs(2, 3, new SeededRandom(5));
        var y = network.Predict(x);
        Assert.Equal([y[2], y[0], y[1]], network.Predict([x[2], x[0], x[1]]));
        Assert.Equal(y[1], network.Step(x[1]).y_i);
    }

    [Fact]
    public void It_is_a_recurrent_network_whose_recurrent_connection_is_zero()
    {
        var network = Draw();
        var recurrent = new VanillaRnn(2, 3, 2, new SeededRandom(1));
        network.U.CopyTo(recurrent.U);
        network.V.CopyTo(recurrent.V);
        network.b.CopyTo(recurrent.b);
        network.c.CopyTo(recurrent.c);
        recurrent.W.Clear();
        var example = RandomCases.Sequence(2, 2, 5, 0.3, new SeededRandom(5));
        var own = network.LossAndGradients(example.x, example.targets);
        var other = recurrent.LossAndGradients(example.x, example.targets);
        Assert.Equal(own.Loss, other.Loss, 1e-14);
        foreach (var (p, parameter) in network.Parameters.Index())
        {
            var same = recurrent.Parameters.Index().Single(pair => pair.Item.Name == parameter.Name).Index;
            Assert.All(
                own.Gradients[p].Zip(other.Gradients[same]),
                pair => Assert.Equal(pair.First, pair.Second, 1e-14)
            );
        }
    }

    [Fact]
    public void An_output_that_is_not_read_adds_nothing_to_loss_and_gradients()
    {
        var network = Draw();
        var x = RandomCases.Inputs(2, 4, new SeededRandom(5));
        var read = network.LossAndGradients([x[0], x[2]], [0, 1]);
        var unread = network.LossAndGradients(x, [0, null, 1, null]);
        Assert.Equal(read.Loss, unread.Loss);
        Assert.Equal(read.Gradients, unread.Gradients);
    }

    [Fact]
    public void An_input_of_another_size_is_refused_by_the_number_of_its_step()
    {
        var network = Draw();
        Vector<double>[] x = [.. RandomCases.Inputs(2, 2, new SeededRandom(1)), Vector<double>.Build.Dense(1)];
        foreach (var call in new Action[] { () => network.Predict(x), () => network.LossAndGradients(x, [0, 0, 0]) })
        {
            Assert.Contains(
                "step 3 has 1 numbers",
                Assert.Throws<ArgumentException>(call).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Throws<ArgumentException>(() => network.Step(x[2]));
    }

    [Fact]
    public void Targets_that_are_too_many_or_not_classes_are_refused()
    {
        var network = Draw();
        var x = RandomCases.Inputs(2, 2, new SeededRandom(1));
        Assert.Contains(
            "2 steps but 3 targets",
            Assert.Throws<ArgumentException>(() => network.LossAndGradients(x, [0, 0, 0])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "target of step 2 is 2",
            Assert.Throws<ArgumentException>(() => network.LossAndGradients(x, [0, 2])).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void A_size_below_one_is_refused(int inputSize, int hiddenSize, int outputSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new SharedNetwork(inputSize, hiddenSize, outputSize, new SeededRandom(1))
        );

    [Fact]
    public void There_are_as_many_parameters_as_the_shapes_say() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9])
            .Sample(
                (d, h, k) =>
                    Assert.Equal(
                        (h * d) + (k * h) + h + k,
                        new SharedNetwork(d, h, k, new SeededRandom(1)).ParameterCount
                    )
            );

    private static SharedNetwork Draw()
    {
        var random = new SeededRandom(1);
        var network = new SharedNetwork(2, 3, 2, random);
        RandomCases.Randomise(network, 0.8, random);
        return network;
    }
}
