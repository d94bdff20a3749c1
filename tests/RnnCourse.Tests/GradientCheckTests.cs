using RnnCourse.Core;
using Verdicts = System.Collections.Generic.IReadOnlyList<RnnCourse.Tests.GradientCheck.Verdict>;

namespace RnnCourse.Tests;

/// <summary>The judges judged: each must catch a wrong gradient, and let a right one pass.</summary>
public sealed class GradientCheckTests
{
    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_wrong_gradient_is_caught_by_both_judges(Fault fault)
    {
        var (central, complex) = Judge(fault);
        Assert.Contains(central, verdict => verdict.Error > 1e-2);
        Assert.Contains(complex, verdict => verdict.Error > 1e-2);
    }

    [Fact]
    public void The_same_backward_pass_without_a_fault_passes_both_judges()
    {
        var (central, complex) = Judge(Fault.None);
        GradientCheck.AssertPasses(central);
        GradientCheck.AssertPasses(complex);
        Assert.All(central, verdict => Assert.True(verdict.AboveFloor, verdict.Parameter));
    }

    [Fact]
    public void A_fault_in_one_parameter_is_laid_to_that_parameter()
    {
        var (central, _) = Judge(Fault.WOverwrittenInsteadOfSummed);
        Assert.Equal(["W"], central.Where(verdict => !verdict.Passes).Select(verdict => verdict.Parameter));
    }

    [Fact]
    public void Overwriting_instead_of_summing_shows_only_from_two_steps_on()
    {
        var (central, _) = Judge(Fault.WOverwrittenInsteadOfSummed, length: 1);
        GradientCheck.AssertPasses(central);
    }

    [Fact]
    public void A_gradient_that_is_off_by_a_millionth_is_caught()
    {
        var (network, example) = Draw(length: 5);
        var off = new Rescaled(network, 1 + 1e-6);
        Assert.All(
            GradientCheck.ByCentralDifferences(off, example),
            verdict => Assert.False(verdict.Passes, verdict.Parameter)
        );
    }

    private static (Verdicts Central, Verdicts Complex) Judge(Fault fault, int length = 5)
    {
        var (network, example) = Draw(length);
        var broken = new BrokenRnn(network, fault);
        return (GradientCheck.ByCentralDifferences(broken, example), GradientCheck.ByComplexStep(broken, example));
    }

    private static (VanillaRnn Network, GradientDescent.Example Example) Draw(int length)
    {
        var random = new SeededRandom(7);
        var network = new VanillaRnn(3, 4, 3, random);
        RandomCases.Randomise(network, 0.8, random);
        var inputs = RandomCases.Inputs(3, length, random);
        return (network, new(inputs, [.. Enumerable.Range(0, length).Select(i => i == 1 ? (int?)null : i % 3)]));
    }

    private sealed class Rescaled(VanillaRnn network, double factor) : ISequenceNetwork
    {
        public IReadOnlyList<ParameterView> Parameters => network.Parameters;

        public int ParameterCount => network.ParameterCount;

        public IReadOnlyList<MathNet.Numerics.LinearAlgebra.Vector<double>> Predict(
            IReadOnlyList<MathNet.Numerics.LinearAlgebra.Vector<double>> x
        ) => network.Predict(x);

        public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
            IReadOnlyList<MathNet.Numerics.LinearAlgebra.Vector<double>> x,
            IReadOnlyList<int?> targets
        )
        {
            var (loss, gradients) = network.LossAndGradients(x, targets);
            return (loss, [.. gradients.Select(gradient => gradient.Select(g => factor * g).ToArray())]);
        }
    }
}
