using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Lesson11;

/// <summary>The criteria for right answers to the exercises of lesson 11.</summary>
internal static class Criteria11
{
    /// <summary>The lag of the echo.</summary>
    public const int Lag = 12;

    private const double RightEchoes = 0.95;
    private const int LargestSize = 12;

    public static MethodCriterion Clip { get; } =
        new(
            "your gradient is the sum of the contributions, shortened to the limit where it is longer: its direction "
                + "is that of the sum, and a short one comes back as it is"
        )
        {
            Cases = new(
                "1 to 4 contributions of 1 to 4 numbers, limits from 0.1 to 5, sums that are zero",
                random =>
                {
                    var size = Admissible.From1To(4, random);
                    return
                    [
                        (IReadOnlyList<double[]>)
                            [
                                .. Enumerable
                                    .Range(0, Admissible.From1To(4, random))
                                    .Select(_ => Admissible.Numbers(size, random)),
                            ],
                        random.NextUniform(0.1, 5),
                    ];
                },
                (Func<IReadOnlyList<double[]>, double, double[]>)(
                    (contributions, limit) =>
                    {
                        var sum = contributions.Select(Vector<double>.Build.DenseOfArray).Aggregate((a, b) => a + b);
                        var norm = sum.L2Norm();
                        return (norm > limit ? sum * (limit / norm) : sum).ToArray();
                    }
                )
            ),
            Tolerance = Tolerance.Usual,
        };

    public static Criterion<(int Tau, SequenceModel<float>? Trained)> Window { get; } =
        new([
            new(
                "your window holds an output and the toss that it needs",
                a => a.Tau <= Lag ? WindowFaults.TooShort(a.Tau, Lag) : null
            ),
            new("no shorter one does", a => a.Tau > Lag + 1 ? WindowFaults.LongerThanNeeded(a.Tau, Lag) : null),
            new(
                $"the network that you hand over echoes at least {RightEchoes * 100:0} % of new tosses",
                a => a.Trained is not { } trained ? WindowFaults.NotTrained : Check.EchoFault(trained, RightEchoes)
            ),
        ])
        {
            ForLearnerToCheck =
                "(How that network was trained the check can't see. Fitting the output alone, on the states of a "
                + "random W, would do it too, with any window.)",
        };

    public static MethodCriterion Truncated { get; } =
        new("your $dW$ is that of `TruncatedBackpropagation.InWindows`, which you don't call, for every $\\tau$")
        {
            Cases = new(
                $"{Admissible.Traces}, $\\tau$ from 1 to two more than there are steps",
                random =>
                {
                    var (net, trace, targets) = Admissible.Traced(random);
                    return [net, trace, targets, Admissible.From1To(targets.Count + 2, random)];
                },
                (Func<VanillaRnn, VanillaRnn.Trace, IReadOnlyList<int?>, int, Matrix<double>>)TruncationDiagnosis.Right
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Orthogonal { get; } =
        new("$Q^\\top Q = I$, and another seed gives another matrix")
        {
            Cases = new(
                $"sizes from 1 to {LargestSize}, any seeds",
                random => [Admissible.From1To(LargestSize, random), random.NextIndex(1_000_000)],
                (Func<int, SeededRandom, Matrix<double>>)(
                    (size, random) => Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal()).QR().Q
                )
            )
            {
                // Which orthogonal matrix it is, is the learner's choice.
                ValueOf = (method, arguments) =>
                {
                    var (size, seed) = ((int)arguments[0]!, (ulong)(int)arguments[1]!);
                    Matrix<double> Made(ulong s) => (Matrix<double>)Cases.Call(method, size, new SeededRandom(s))!;
                    var Q = Made(seed);
                    return (Q.Transpose() * Q, size == 1 || !Q.Equals(Made(seed + 1)));
                },
            },
            Tolerance = Tolerance.Usual,
        };
}
