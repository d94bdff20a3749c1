using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises.Lesson10;

/// <summary>The criteria for right answers to the exercises of lesson 10.</summary>
internal static class Criteria10
{
    private const int Steps = 20;
    private const double MinKept = 0.5;
    private const double MaxKept = 2;
    private const double LargestTried = 100;
    private const double LargestRadius = 0.9;
    private const double Growth = 10;
    private const int Powers = 200;

    public static MethodCriterion Step { get; } =
        new("each entry $[r, c]$ tells how unit $r$ of $s_i$ moves with unit $c$ of $s_{i-1}$")
        {
            Cases = new(
                $"{Admissible.Networks}, states between −1 and 1",
                random =>
                {
                    var net = Admissible.Network(random);
                    return [net, Admissible.Vector(net.W.RowCount, random).PointwiseTanh()];
                },
                (Func<VanillaRnn, Vector<double>, Matrix<double>>)StateJacobians.Step
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Product { get; } =
        new("your matrix is $ds_n/ds_k$, also for $k = n$, where there is no step between")
        {
            Cases = new(
                $"{Admissible.Networks}, states of {Admissible.Steps}, $0 \\le k \\le n$",
                random =>
                {
                    var (net, trace, _) = Admissible.Traced(random);
                    var k = random.NextIndex(trace.s.Count);
                    return [net, trace.s, k + random.NextIndex(trace.s.Count - k), k];
                },
                (Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, int, Matrix<double>>)StateJacobians.Between
            ),
            Tolerance = Tolerance.Usual,
        };

    public static Criterion<(VanillaRnn Network, double Radius)> Radius { get; } =
        new([
            new(
                "your radius is above 0",
                a => a.Radius > 0 && double.IsFinite(a.Radius) ? null : RadiusFaults.NotAbove0
            ),
            new(
                FormattableString.Invariant(
                    $"a gradient keeps {MinKept} to {MaxKept} times its size over {Steps} steps"
                ),
                a =>
                {
                    if (a.Radius > LargestTried)
                    {
                        return RadiusFaults.Exploded(a.Radius, double.PositiveInfinity);
                    }

                    var net = ArgumentCopies.Twin(a.Network);
                    RecurrentWeights.WithSpectralRadius(net.W, a.Radius).CopyTo(net.W);
                    var kept = StateJacobians.MeanNormByLag(net, Steps, Steps, new SeededRandom(Steps))[^1];
                    return kept < MinKept ? RadiusFaults.Vanished(a.Radius, kept)
                        : kept > MaxKept ? RadiusFaults.Exploded(a.Radius, kept)
                        : null;
                }
            ),
        ])
        {
            Tried = $"{Steps} sequences of random inputs",
            ForLearnerToCheck = "Say why it isn't 1.",
        };

    public static Criterion<Matrix<double>> Growing { get; } =
        new([
            new(
                "your matrix is square and holds numbers",
                W =>
                    W.RowCount != W.ColumnCount
                        ? Findings.Shape("W", "as many rows as columns", $"the shape ({W.RowCount}, {W.ColumnCount})")
                    : W.Exists(value => !double.IsFinite(value))
                        ? Findings.NotFinite("W", W.Enumerate().First(value => !double.IsFinite(value)))
                    : null
            ),
            new(
                FormattableString.Invariant($"its spectral radius is {LargestRadius} at the most"),
                W =>
                {
                    // Of an eigenvalue of multiplicity k, only a k-th of the digits is certain.
                    var radius = RecurrentWeights.SpectralRadius(W);
                    return radius > LargestRadius + 5e-4 ? RadiusFaults.TooLarge(radius) : null;
                }
            ),
            new(
                FormattableString.Invariant(
                    $"one of its first {Powers} powers makes some vector at least {Growth} times longer"
                ),
                W =>
                {
                    var (power, largest) = (W, 0.0);
                    for (var n = 1; n <= Powers; n++, power *= W)
                    {
                        largest = Math.Max(largest, power.L2Norm());
                    }

                    var isNormal =
                        (W * W.Transpose() - W.Transpose() * W).FrobeniusNorm()
                        <= 1e-9 * Math.Max(1, W.FrobeniusNorm() * W.FrobeniusNorm());
                    return largest >= Growth ? null
                        : isNormal ? RadiusFaults.Normal
                        : RadiusFaults.GrowsTooLittle(largest);
                }
            ),
        ])
        {
            ForLearnerToCheck = "Where in a long sequence would the gradient be largest?",
        };
}
