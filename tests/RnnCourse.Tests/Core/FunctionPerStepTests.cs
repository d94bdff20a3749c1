using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class FunctionPerStepTests
{
    [Fact]
    public void Gradients_agree_with_central_differences() =>
        RandomCases.PerStep.Sample(
            c => GradientCheck.AssertPasses(GradientCheck.ByCentralDifferences(c.Network, c.Example)),
            iter: 100
        );

    [Fact]
    public void Gradients_agree_with_the_complex_step() =>
        RandomCases.PerStep.Sample(
            c => GradientCheck.AssertPasses(GradientCheck.ByComplexStep(c.Network, c.Example)),
            iter: 100
        );

    [Fact]
    public void A_sequence_of_length_zero_has_no_outputs_no_loss_and_no_gradient()
    {
        var network = Draw(3);
        Assert.Empty(network.Predict([]));
        var (loss, gradients) = network.LossAndGradients([], []);
        Assert.Equal(0, loss);
        Assert.Equal(network.Parameters.Select(p => p.Values.Length), gradients.Select(g => g.Length));
        Assert.All(gradients, gradient => Assert.All(gradient, g => Assert.Equal(0, g)));
    }

    [Fact]
    public void An_output_depends_on_all_inputs_so_far_and_on_no_later_one()
    {
        var network = Draw(3);
        var x = RandomCases.Inputs(2, 3, new SeededRandom(5));
        var y = network.Predict(x);
        var changedFirst = network.Predict([2 * x[0], x[1], x[2]]);
        var changedLast = network.Predict([x[0], x[1], 2 * x[2]]);
        Assert.All(y.Zip(changedFirst), pair => Assert.True((pair.First - pair.Second).L2Norm() > 1e-3));
        Assert.Equal(y.Take(2), changedLast.Take(2));
        Assert.NotEqual(y[2], changedLast[2]);
    }

    [Fact]
    public void A_step_is_the_function_of_that_number()
    {
        var network = Draw(3);
        var x = RandomCases.Inputs(2, 3, new SeededRandom(5));
        var y = network.Predict(x);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(y[i - 1], network.Step([.. x.Take(i)]).y_i);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void One_step_more_than_there_are_functions_is_refused_naming_the_function_that_is_missing(int n)
    {
        var network = Draw(n);
        var x = RandomCases.Inputs(2, n + 1, new SeededRandom(5));
        Assert.Equal(n, network.Predict([.. x.Take(n)]).Count);
        foreach (
            var (name, call) in new (string, Action)[]
            {
                ("x", () => network.Predict(x)),
                ("x", () => network.LossAndGradients(x, [.. x.Select(_ => (int?)0)])),
                ("soFar", () => network.Step(x)),
            }
        )
        {
            var error = Assert.Throws<ArgumentException>(name, call);
            Assert.Contains($"there is no f_{n + 1}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_an_input_there_is_no_function_to_apply() =>
        Assert.Contains(
            "no f_0",
            Assert.Throws<ArgumentException>(() => Draw(2).Step([])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_function_that_the_sequence_does_not_reach_learns_nothing_from_it()
    {
        var network = Draw(3);
        var (_, gradients) = network.LossAndGradients(RandomCases.Inputs(2, 2, new SeededRandom(5)), [0, 1]);
        foreach (var (parameter, gradient) in network.Parameters.Zip(gradients))
        {
            Assert.Equal(!parameter.Name.EndsWith('3'), gradient.Any(g => g != 0));
        }
    }

    [Fact]
    public void An_input_or_target_that_does_not_fit_is_refused_by_its_step()
    {
        var network = Draw(3);
        Vector<double>[] x = [.. RandomCases.Inputs(2, 1, new SeededRandom(1)), Vector<double>.Build.Dense(4)];
        foreach (
            var call in new Action[]
            {
                () => network.Predict(x),
                () => network.Step(x),
                () => network.LossAndGradients(x, [0, 0]),
            }
        )
        {
            Assert.Contains(
                "step 2 has 4 numbers",
                Assert.Throws<ArgumentException>(call).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Contains(
            "target of step 1 is 9",
            Assert.Throws<ArgumentException>(() => network.LossAndGradients([x[0]], [9])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "1 steps but 0 targets",
            Assert.Throws<ArgumentException>(() => network.LossAndGradients([x[0]], [])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_number_of_parameters_grows_with_the_square_of_the_length() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 30])
            .Sample(
                (d, h, k, n) =>
                    Assert.Equal(
                        (h * d * n * (n + 1) / 2) + (n * ((k * h) + h + k)),
                        new FunctionPerStep(d, h, k, n, new SeededRandom(1)).ParameterCount
                    )
            );

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    public void A_size_below_one_is_refused(int inputSize, int hiddenSize, int outputSize, int maxLength) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new FunctionPerStep(inputSize, hiddenSize, outputSize, maxLength, new SeededRandom(1))
        );

    private static FunctionPerStep Draw(int maxLength)
    {
        var random = new SeededRandom(1);
        var network = new FunctionPerStep(2, 3, 2, maxLength, random);
        RandomCases.Randomise(network, 0.8, random);
        return network;
    }
}
