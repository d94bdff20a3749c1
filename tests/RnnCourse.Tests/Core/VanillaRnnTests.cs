using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class VanillaRnnTests
{
    [Fact]
    public void Gradients_agree_with_central_differences() =>
        RandomCases.Recurrent.Sample(
            c => GradientCheck.AssertPasses(GradientCheck.ByCentralDifferences(c.Network, c.Example)),
            iter: 200
        );

    [Fact]
    public void Gradients_agree_with_the_complex_step() =>
        RandomCases.Recurrent.Sample(
            c => GradientCheck.AssertPasses(GradientCheck.ByComplexStep(c.Network, c.Example)),
            iter: 200
        );

    [Fact]
    public void Gradients_of_saturated_units_agree_with_the_complex_step()
    {
        var random = new SeededRandom(11);
        var network = new VanillaRnn(3, 4, 3, random);
        RandomCases.Randomise(network, 4, random);
        var verdicts = GradientCheck.ByComplexStep(network, RandomCases.Sequence(3, 3, 6, 0, random));
        GradientCheck.AssertPasses(verdicts);
        // This is the purpose of this case: the gradient of s_0 is a hundred-millionth of the others.
        Assert.Contains(verdicts, verdict => !verdict.AboveFloor);
    }

    [Fact]
    public void A_sequence_of_length_zero_has_no_outputs_no_loss_and_no_gradient()
    {
        var network = Draw(3, 4, 2);
        var trace = network.Forward([]);
        Assert.Empty(trace.y);
        Assert.Equal([network.s_0], trace.s);
        var (loss, gradients) = network.LossAndGradients([], []);
        Assert.Equal(0, loss);
        Assert.Equal(network.Parameters.Select(p => p.Values.Length), gradients.Select(g => g.Length));
        Assert.All(gradients, gradient => Assert.All(gradient, g => Assert.Equal(0, g)));
    }

    [Fact]
    public void A_sequence_of_length_one_is_one_step_from_s_0()
    {
        var network = Draw(3, 4, 2);
        var x = RandomCases.Inputs(3, 1, new SeededRandom(2));
        var (s_1, y_1) = network.Step(x[0], network.s_0);
        var trace = network.Forward(x);
        Assert.Equal([network.s_0, s_1], trace.s);
        Assert.Equal([y_1], trace.y);
    }

    [Fact]
    public void The_step_is_the_formula_of_the_lecture()
    {
        var network = new VanillaRnn(1, 1, 2, new SeededRandom(1));
        (network.U[0, 0], network.W[0, 0], network.b[0]) = (0.5, -2, 0.25);
        (network.V[0, 0], network.V[1, 0], network.c[0], network.c[1]) = (1, -1, 0.1, 0.2);
        var (s_i, y_i) = network.Step(Vector<double>.Build.Dense(1, 3), Vector<double>.Build.Dense(1, 0.7));
        var s = Math.Tanh((0.5 * 3) + (-2 * 0.7) + 0.25);
        Assert.Equal(s, s_i[0], 1e-15);
        Assert.Equal(Math.Exp(s + 0.1) / (Math.Exp(s + 0.1) + Math.Exp(-s + 0.2)), y_i[0], 1e-15);
    }

    [Fact]
    public void The_same_parameters_take_a_sequence_of_any_length() =>
        Gen.Int[0, 300]
            .Sample(n =>
            {
                var network = Draw(2, 3, 2);
                var y = network.Predict(RandomCases.Inputs(2, n, new SeededRandom(5)));
                Assert.Equal(n, y.Count);
                Assert.All(y, y_i => Assert.Equal(1, y_i.Sum(), 1e-14));
                Assert.Equal((3 * 2) + (3 * 3) + (2 * 3) + 3 + 2 + 3, network.ParameterCount);
            });

    [Fact]
    public void The_outputs_of_a_sequence_begin_with_those_of_its_beginning()
    {
        var network = Draw(2, 3, 2);
        var x = RandomCases.Inputs(2, 100, new SeededRandom(5));
        Assert.Equal(network.Predict(x).Take(10), network.Predict([.. x.Take(10)]));
    }

    [Fact]
    public void The_order_of_the_inputs_matters()
    {
        var network = Draw(2, 3, 2);
        var x = RandomCases.Inputs(2, 3, new SeededRandom(5));
        var forwards = network.Predict(x)[^1];
        var swapped = network.Predict([x[1], x[0], x[2]])[^1];
        Assert.True((forwards - swapped).L2Norm() > 1e-3);
    }

    [Fact]
    public void The_state_that_is_passed_on_makes_two_runs_one()
    {
        var network = Draw(2, 3, 2);
        var x = RandomCases.Inputs(2, 8, new SeededRandom(5));
        var whole = network.Forward(x);
        whole.s[5].CopyTo(network.s_0);
        Assert.Equal(whole.y.Skip(5), network.Predict([.. x.Skip(5)]));
    }

    [Fact]
    public void An_output_that_is_not_read_adds_nothing_to_loss_and_gradients()
    {
        var network = Draw(2, 3, 2);
        var x = RandomCases.Inputs(2, 6, new SeededRandom(5));
        var beginning = network.LossAndGradients([.. x.Take(4)], [0, null, 1, 1]);
        var unread = network.LossAndGradients(x, [0, null, 1, 1, null, null]);
        Assert.Equal(beginning.Loss, unread.Loss);
        Assert.Equal(beginning.Gradients, unread.Gradients);
    }

    [Fact]
    public void The_last_output_alone_has_a_gradient_by_s_0_and_by_each_input_so_far()
    {
        var network = Draw(2, 3, 2);
        var x = RandomCases.Inputs(2, 5, new SeededRandom(5));
        var gradients = network.Backward(network.Forward(x), [null, null, null, null, 1]);
        Assert.True(gradients.ds_0.L2Norm() > 1e-4);
        Assert.True(gradients.dU.L2Norm() > 1e-4);
    }

    [Fact]
    public void The_states_of_a_trace_stay_when_s_0_changes_later()
    {
        var network = Draw(2, 3, 2);
        var trace = network.Forward([]);
        var s_0 = trace.s[0].Clone();
        network.s_0[0] += 1;
        Assert.Equal(s_0, trace.s[0]);
    }

    [Fact]
    public void An_input_of_another_size_is_refused_by_the_number_of_its_step()
    {
        var network = Draw(3, 4, 2);
        var x = RandomCases.Inputs(3, 3, new SeededRandom(1)).ToArray();
        x[1] = Vector<double>.Build.Dense(5);
        foreach (
            var call in new Action[]
            {
                () => network.Forward(x),
                () => network.Predict(x),
                () => network.LossAndGradients(x, [0, 0, 0]),
            }
        )
        {
            var error = Assert.Throws<ArgumentException>(call);
            Assert.Contains("step 2 has 5 numbers", error.Message, StringComparison.Ordinal);
            Assert.Contains("takes 3", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => network.Step(x[1], network.s_0));
        Assert.Throws<ArgumentException>(() => network.Step(x[0], x[1]));
    }

    [Fact]
    public void Targets_that_are_too_few_or_not_classes_are_refused()
    {
        var network = Draw(3, 4, 2);
        var x = RandomCases.Inputs(3, 2, new SeededRandom(1));
        var count = Assert.Throws<ArgumentException>(() => network.LossAndGradients(x, [0]));
        Assert.Contains("2 steps but 1 targets", count.Message, StringComparison.Ordinal);
        var high = Assert.Throws<ArgumentException>(() => network.LossAndGradients(x, [0, 2]));
        Assert.Contains("target of step 2 is 2", high.Message, StringComparison.Ordinal);
        var low = Assert.Throws<ArgumentException>(() => network.LossAndGradients(x, [-1, 0]));
        Assert.Contains("target of step 1 is -1", low.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, -1)]
    public void A_size_below_one_is_refused(int inputSize, int hiddenSize, int outputSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new VanillaRnn(inputSize, hiddenSize, outputSize, new SeededRandom(1))
        );

    [Fact]
    public void There_are_as_many_parameters_as_the_shapes_say() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9])
            .Sample(
                (d, h, k) =>
                {
                    var network = new VanillaRnn(d, h, k, new SeededRandom(1));
                    Assert.Equal((h * d) + (h * h) + (k * h) + h + k + h, network.ParameterCount);
                    Assert.Equal(network.ParameterCount, network.Parameters.Sum(p => p.Rows * p.Columns));
                }
            );

    [Fact]
    public void New_weights_lie_within_one_over_the_root_of_H_and_new_biases_are_zero()
    {
        var network = new VanillaRnn(20, 25, 20, new SeededRandom(3));
        foreach (var weights in new[] { network.U, network.W, network.V })
        {
            Assert.All(weights.Enumerate(), w => Assert.InRange(w, -0.2, 0.2));
            Assert.True(weights.Enumerate().Max() > 0.19 && weights.Enumerate().Min() < -0.19);
        }

        Assert.All(new[] { network.b, network.c, network.s_0 }, zeros => Assert.Equal(0, zeros.L2Norm()));
    }

    [Fact]
    public void A_parameter_view_is_the_parameter_itself_column_after_column()
    {
        var network = Draw(2, 3, 2);
        var view = network.Parameters.Single(p => p.Name == "U");
        Assert.Equal((3, 2), (view.Rows, view.Columns));
        view.Values[4] = 42;
        Assert.Equal(42, network.U[1, 1]);
    }

    private static VanillaRnn Draw(int inputSize, int hiddenSize, int outputSize)
    {
        var random = new SeededRandom(1);
        var network = new VanillaRnn(inputSize, hiddenSize, outputSize, random);
        RandomCases.Randomise(network, 0.8, random);
        return network;
    }
}
