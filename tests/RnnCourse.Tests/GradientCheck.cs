using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Tests;

/// <summary>The two judges of a network's gradients.</summary>
/// <remarks>
/// <para>Both compare a parameter's gradient a with a measured one m by ‖a − m‖ / max(‖a‖ + ‖m‖, floor). The limit is
/// always 1e-7; the floor says below which size a gradient is judged by its absolute error instead, because its
/// relative error says nothing: not about our gradient, but about the measurement or the arithmetic.</para>
/// <para>Central differences lose about ε·loss/h, 1e-12 to 1e-11, to rounding. So a gradient of 1e-12 cannot be
/// measured to any digit. Floor 1e-3: an absolute error of 1e-10 is still caught. Of 120 000 parameters of random
/// networks, one had an error above 1e-8, which was 1.5e-8.</para>
/// <para>The complex step loses nothing. What remains is the arithmetic of backpropagation itself, which takes 1 − s²
/// from a rounded s: of a unit saturated to s = 1 − 1e-12 that keeps four digits, in every framework. Floor 1e-6, in
/// units of the largest gradient of any parameter: an error of 1e-13 of that is still caught. Of 60 000 parameters,
/// 59 were below the floor, and the largest error was 2.2e-9.</para>
/// </remarks>
internal static class GradientCheck
{
    public const double Limit = 1e-7;
    public const double CentralFloor = 1e-3;
    public const double ComplexFloor = 1e-6;

    public sealed record Verdict(string Parameter, double Error, bool AboveFloor)
    {
        public bool Passes => Error <= Limit;
    }

    public static IReadOnlyList<Verdict> ByCentralDifferences(
        ISequenceNetwork network,
        GradientDescent.Example example
    ) =>
        Judge(
            network,
            example,
            CentralFloor,
            [.. network.Parameters.Select(parameter => Measure(network, example, parameter.Values))]
        );

    // Where gradients explode, a step that suits most networks is too large, so several are tried.
    private static double[] Measure(ISequenceNetwork network, GradientDescent.Example example, double[] values) =>
        CentralDifferences.GradientOverSteps(
            () => CrossEntropy.Loss(network.Predict(example.x), example.targets),
            values
        );

    public static IReadOnlyList<Verdict> ByComplexStep(ISequenceNetwork network, GradientDescent.Example example)
    {
        var measured = ComplexStep.Gradients(network, example);
        return Judge(network, example, ComplexFloor * measured.Max(Norm), measured);
    }

    public static void AssertPasses(IReadOnlyList<Verdict> verdicts) =>
        Assert.True(
            verdicts.All(verdict => verdict.Passes),
            string.Join(
                "; ",
                verdicts
                    .Where(verdict => !verdict.Passes)
                    .Select(verdict =>
                        FormattableString.Invariant(
                            $"the gradient of {verdict.Parameter} is off by {verdict.Error:E1}, more than {Limit:E0}"
                        )
                    )
            )
        );

    private static IReadOnlyList<Verdict> Judge(
        ISequenceNetwork network,
        GradientDescent.Example example,
        double floor,
        IReadOnlyList<double[]> measured
    )
    {
        var gradients = network.LossAndGradients(example.x, example.targets).Gradients;
        Assert.Equal(network.Parameters.Count, gradients.Count);
        return
        [
            .. network.Parameters.Select(
                (parameter, p) =>
                {
                    Assert.Equal(parameter.Values.Length, gradients[p].Length);
                    var difference = Distance(gradients[p], measured[p]);
                    var size = Norm(gradients[p]) + Norm(measured[p]);
                    return new Verdict(
                        parameter.Name,
                        difference == 0 ? 0 : difference / Math.Max(size, floor),
                        size >= floor
                    );
                }
            ),
        ];
    }

    private static double Distance(double[] a, double[] b) => Norm([.. a.Zip(b, (p, q) => p - q)]);

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(v => v * v));
}
