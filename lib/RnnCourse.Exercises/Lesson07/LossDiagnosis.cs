using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson07;

/// <summary>Finds why a masked loss is wrong, by computing it wrongly on purpose.</summary>
internal static class LossDiagnosis
{
    private static readonly Name Loss = new("loss");

    private static readonly ComputationStep[] Summed =
    [
        new Line("loss", 0),
        new Line("read", 0),
        new Loop(
            "i",
            1,
            "n",
            1,
            new Condition(
                "t_i is there",
                memory => memory.Knows($"t[{memory.NumberOf("i")}]"),
                [
                    new Line("loss", new Negative(Functions.Ln(new Entry(new Name("y", "i"), "t", "i"))), adds: true),
                    new Line("read", 1, adds: true),
                ]
            )
        ),
    ];

    private static readonly Computation Sum_ = new(["loss", "read"], Summed);

    private static readonly Computation MeanOfRead = new(
        ["loss", "read"],
        [
            .. Summed,
            new Condition(
                "nothing was read",
                memory => memory.ValueOf("read") == 0,
                [new Line("mean", 0)],
                [new Line("mean", Loss / new Name("read"))]
            ),
        ]
    );

    private delegate double OfStep(Vector<double> y_i, int target);

    public static Finding? Fault(
        IReadOnlyList<Vector<double>> y,
        IReadOnlyList<int?> targets,
        bool mean,
        double given,
        Exercise exercise
    )
    {
        var read = targets.Count(target => target is not null);
        if (mean && read == 0 && double.IsNaN(given))
        {
            return LossFaults.NothingRead;
        }

        var right = Quantity.Of("The loss", Expected(y, targets, mean));
        var own = Quantity.Of("The loss", given);
        return own.IsNear(right)
            ? null
            : own.FaultOfForm(right)
                ?? (
                    read == 0 && given == 0
                        ? null
                        : Suspects(y, targets, mean, read)
                            .FirstOrDefault(suspect => own.IsNear(Quantity.Of("", suspect.Value)))
                            .Fault
                )
                ?? (mean ? MeanOfRead : Sum_).Diagnose(() => Given(y, targets), [(mean ? "mean" : "loss", own.Values)])
                ?? own.FaultOfValue(right, exercise);
    }

    private static Memory Given(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
    {
        var memory = Memory.With(("n", y.Count)).AndList("y", y);
        for (var i = 1; i <= targets.Count; i++)
        {
            if (targets[i - 1] is { } target)
            {
                memory.SetNumber($"t[{i}]", target);
            }
        }

        return memory;
    }

    /// <summary>The right loss, in nats: the sum over the steps that are read, or their mean (0 if there are
    /// none).</summary>
    public static double Expected(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets, bool mean)
    {
        var sum = Sum(y, targets, NaturalLog);
        return mean ? sum / Math.Max(1, targets.Count(target => target is not null)) : sum;
    }

    private static IEnumerable<(Finding Fault, double Value)> Suspects(
        IReadOnlyList<Vector<double>> y,
        IReadOnlyList<int?> targets,
        bool mean,
        int read
    )
    {
        var n = targets.Count;
        double[] divisors = [mean ? Math.Max(1, read) : 1];
        var sum = Sum(y, targets, NaturalLog);
        yield return (mean ? LossFaults.Sum : LossFaults.Mean, mean ? sum : sum / Math.Max(1, read));
        yield return (LossFaults.DividedByAll, sum / Math.Max(1, n));
        yield return (LossFaults.AveragedTwice, sum / Math.Max(1, read * read));
        yield return (LossFaults.AveragedTwice, sum / Math.Max(1, read * n));
        int?[] zero = [.. targets.Select(target => target ?? 0)],
            ahead = [.. targets.Skip(1), null],
            behind = [null, .. targets.SkipLast(1)];
        int?[] last =
        [
            .. targets.Select((target, i) => targets.Skip(i + 1).All(later => later is null) ? target : null),
        ];
        foreach (var divisor in divisors.Concat([Math.Max(1, n)]))
        {
            yield return (LossFaults.Sign, -sum / divisor);
            yield return (LossFaults.Bits, sum / Math.Log(2) / divisor);
            yield return (LossFaults.Base10, sum / Math.Log(10) / divisor);
            yield return (LossFaults.OneMinusP, Sum(y, targets, (y_i, k) => 1 - y_i[k]) / divisor);
            yield return (LossFaults.UnreadAsClassZero, Sum(y, zero, NaturalLog) / divisor);
            yield return (LossFaults.TargetsOneAhead, Sum(y, ahead, NaturalLog) / divisor);
            yield return (
                LossFaults.TargetsOneAhead,
                Sum(y, ahead, NaturalLog) / Math.Max(1, ahead.Count(target => target is not null))
            );
            yield return (LossFaults.TargetsOneBehind, Sum(y, behind, NaturalLog) / divisor);
            yield return (
                LossFaults.TargetsOneBehind,
                Sum(y, behind, NaturalLog) / Math.Max(1, behind.Count(target => target is not null))
            );
            yield return (LossFaults.FirstMissing, Sum(y, [null, .. targets.Skip(1)], NaturalLog) / divisor);
            yield return (LossFaults.NoLogarithm, Math.Exp(-sum) / divisor);
            yield return (LossFaults.NoLogarithm, Sum(y, targets, (y_i, k) => y_i[k]) / divisor);
            yield return (
                LossFaults.StoppedAtNull,
                Sum(y, [.. targets.TakeWhile(target => target is not null)], NaturalLog) / divisor
            );
            yield return (
                LossFaults.UnreadAsGuess,
                (sum + y.Zip(targets).Sum(pair => pair.Second is null ? Math.Log(pair.First.Count) : 0)) / divisor
            );
            yield return (LossFaults.LastOnly, Sum(y, last, NaturalLog) / divisor);
            yield return (LossFaults.AllClasses, Sum(y, targets, (y_i, _) => -y_i.PointwiseLog().Sum()) / divisor);
        }
    }

    private static double NaturalLog(Vector<double> y_i, int target) => -Math.Log(y_i[target]);

    private static double Sum(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets, OfStep ofStep) =>
        y.Zip(targets).Sum(pair => pair.Second is { } k ? ofStep(pair.First, k) : 0);
}
