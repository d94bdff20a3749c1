using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson08;

/// <summary>The criteria for right answers to the exercises of lesson 08.</summary>
internal static class Criteria08
{
    private const int MaxPathSteps = 12;

    public static MethodCriterion Paths { get; } =
        new("your formula gives the number of paths, also for lags that are too long")
        {
            Cases = new(
                $"$n$ and $k$ from 0 to {MaxPathSteps}",
                random => [Admissible.UpTo(MaxPathSteps, random), Admissible.UpTo(MaxPathSteps, random)],
                (int n, int k) => Math.Max(0, n - k)
            ),
        };

    public static Criterion<IReadOnlyList<(string Case, string? Given)>> Vanishing { get; } =
        new([
            new(
                "in all four situations you name the gradients that are zero, and no other",
                answers =>
                    answers
                        .Where(answer => answer.Given is not null)
                        .Select(answer => VanishingFaults.Of(answer.Case, answer.Given!))
                        .FirstOrDefault(fault => fault is not null)
                    ?? (
                        answers.FirstOrDefault(answer => answer.Given is null).Case is { } open
                            ? VanishingFaults.Open(open)
                            : null
                    )
            ),
        ])
        {
            ForLearnerToCheck = "Point to the factor that does it.",
        };

    public static MethodCriterion Scores { get; } =
        new("your $dz_i$ is the slope of the step's loss by each score, and zeros where the output isn't read")
        {
            Cases = new(
                "outputs for 2 to 5 classes, read and not read",
                random =>
                {
                    var K = 1 + Admissible.From1To(4, random);
                    return
                    [
                        CrossEntropy.Softmax(Admissible.Vector(K, random)),
                        random.NextIndex(4) == 0 ? null : random.NextIndex(K),
                    ];
                },
                (Check.ScoresMethod)CrossEntropy.ScoreGradient
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion States { get; } =
        new(
            "your $ds_i$ holds what comes from the step's own output and what comes from the next step, if there is one"
        )
        {
            Cases = new(
                $"{Admissible.Networks}, steps in the middle and at the end of a sequence",
                random =>
                {
                    var net = Admissible.Network(random);
                    return
                    [
                        net,
                        Admissible.Vector(net.V.RowCount, random),
                        random.NextIndex(3) == 0 ? null : Admissible.Vector(net.W.RowCount, random),
                    ];
                },
                (Check.StatesMethod)(
                    (rnn, dz_i, da_next) =>
                        rnn.V.TransposeThisAndMultiply(dz_i)
                        + (da_next is null ? 0 * rnn.b : rnn.W.TransposeThisAndMultiply(da_next))
                )
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Inside { get; } =
        new("your $da_i$ is $ds_i$ times the slope of tanh, number by number")
        {
            Cases = new(
                "states of 1 to 4 numbers between −1 and 1, some of them at the ends",
                random =>
                {
                    var H = Admissible.From1To(4, random);
                    return
                    [
                        Admissible.Vector(H, random).Map(value => Math.Clamp(value, -1, 1)),
                        Admissible.Vector(H, random),
                    ];
                },
                (Check.InsideMethod)((s_i, ds_i) => (1 - s_i.PointwiseMultiply(s_i)).PointwiseMultiply(ds_i))
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Backward { get; } =
        new("all six gradients are those of the loss, summed over the steps that are read")
        {
            Cases = new(
                Admissible.Traces,
                random =>
                {
                    var (net, trace, targets) = Admissible.Traced(random);
                    return [net, trace, targets];
                },
                (Check.BackwardMethod)((rnn, trace, targets) => rnn.Backward(trace, targets))
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Measure { get; } =
        new("seven digits of each slope are right, and the numbers are as they were")
        {
            Cases = new(
                "functions of 1 to 5 numbers with values around 100, some of them winding",
                random => [Admissible.Numbers(Admissible.From1To(5, random), random), random.NextUniform(0.5, 2)],
                (Func<double[], double, double[]>)(
                    (at, bend) =>
                        [
                            .. at.Select(
                                (value, k) =>
                                    (bend * Math.Cos(bend * value))
                                    + Math.Exp(value / 2) / 2
                                    + at[(k + 1) % at.Length]
                                    + at[(k + at.Length - 1) % at.Length]
                            ),
                        ]
                )
            )
            {
                ValueOf = (measure, arguments) =>
                {
                    var (at, bend) = ((double[])arguments[0]!, (double)arguments[1]!);
                    if (measure is Func<double[], double, double[]>)
                    {
                        return (Cases.Call(measure, at, bend), at.ToArray());
                    }

                    var values = at.ToArray();
                    Func<double> loss = () =>
                        100
                        + values.Sum(value => Math.Sin(bend * value) + Math.Exp(value / 2))
                        + values.Select((value, k) => value * values[(k + 1) % values.Length]).Sum();
                    var slopes = Cases.Call(measure, loss, values);
                    // Where a number was put back by adding and subtracting, the last digit may differ.
                    return (slopes, values);
                },
            },
            Tolerance = new(1e-7, RelativeTo.Each),
        };

    public static MethodCriterion ByLag { get; } =
        new(
            "your part is the sum over all paths of that lag, and zeros where there are none; so the parts sum up "
                + "to $dW$"
        )
        {
            Cases = new(
                $"{Admissible.Traces}, lags from 0 to one more than there are steps",
                random =>
                {
                    var (net, trace, targets) = Admissible.Traced(random);
                    return [net, trace, targets, Admissible.UpTo(targets.Count + 1, random)];
                },
                (Check.ByLagMethod)LagDiagnosis.Right
            ),
            Tolerance = Tolerance.Usual,
        };
}
