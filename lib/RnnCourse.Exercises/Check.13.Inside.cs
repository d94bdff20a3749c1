using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson13;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the outputs of a network in which one unit keeps one value from step 1 on.</summary>
    /// <param name="silenced">The learner's method: from the network, the inputs x, each of shape (D), the unit and its
    /// value to the outputs y, each of shape (K).</param>
    public static Feedback SilencedUnit(
        Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, double, IReadOnlyList<Vector<double>>>? silenced
    ) =>
        Attempt.Judge(
            Texts13.Silence,
            silenced,
            () =>
            {
                var net = SampleNetwork.Recurrent();
                foreach (var (unit, value) in new[] { (1, 0.3), (0, -0.5) })
                {
                    var hand = new ArgumentCopies();
                    var x = SampleNetwork.Inputs(net.U.ColumnCount, 5, 131);
                    var what =
                        $"for five steps, unit {unit} and the value {value.ToString(CultureInfo.InvariantCulture)}";
                    var y =
                        Attempt.Call(what, () => silenced!(hand.Copy(net), hand.Copy("x", x), unit, value))
                        ?? throw Attempt.Blank();
                    if (hand.Fault() is { } changed)
                    {
                        return changed;
                    }

                    y = Attempt.Watched(what, y);
                    if (y.Count != x.Count)
                    {
                        return Findings.Shape("The list of outputs", $"{x.Count} entries", $"{y.Count}");
                    }

                    if (SilenceDiagnosis.Fault(net, x, unit, value, y) is { } fault)
                    {
                        return fault with
                        {
                            What = string.Create(
                                CultureInfo.InvariantCulture,
                                $"For unit {unit} and the value {value}: {fault.What}"
                            ),
                        };
                    }
                }

                return null;
            }
        );

    /// <summary>Checks that a unit of a network counts brackets, and how many answers are right when it is
    /// silenced.</summary>
    /// <param name="model">The network, trained on <see cref="BracketTask"/>: D = 3, K = 6, an RNN of one
    /// layer.</param>
    /// <param name="unit">The unit, from 0.</param>
    /// <param name="rightWithout">The share of right answers if the unit is kept at its mean, from 0 to 1.</param>
    public static Feedback CountingUnit(SequenceModel<double>? model, int? unit, double? rightWithout) =>
        Attempt.Judge(
            Texts13.Counting,
            model is null || unit is null,
            () => Criteria13.Counting.Fault(new(model!, unit!.Value, rightWithout))
        );

    /// <summary>Checks a linear probe: fitted on some states, it predicts a number from others.</summary>
    /// <param name="probe">The learner's method: from states S, shape (H, N), their numbers t, shape (N), and fresh
    /// states, shape (H, M), to the predictions for those, shape (M).</param>
    public static Feedback Probe(Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>? probe) =>
        Attempt.Judge(
            Texts13.Probe,
            probe,
            () =>
            {
                var random = new SeededRandom(133);
                foreach (var (H, N, M) in new[] { (3, 40, 7), (1, 12, 5) })
                {
                    Matrix<double> Draw(int columns) =>
                        Matrix<double>.Build.Dense(H, columns, (_, _) => random.NextUniform(-0.5, 0.9));
                    var (S, fresh) = (Draw(N), Draw(M));
                    var t =
                        (S.RowSums().Map(_ => 1.5) * S)
                        + 2
                        + Vector<double>.Build.Dense(N, _ => random.NextUniform(-0.3, 0.3));
                    var hand = new ArgumentCopies();
                    var given =
                        Attempt.Call(
                            $"for {N} states of {H} units",
                            () => probe!(hand.Copy("S", S), hand.Copy("t", t), hand.Copy("fresh", fresh))
                        ) ?? throw Attempt.Blank();
                    if ((hand.Fault() ?? ProbeDiagnosis.Fault(S, t, fresh, given)) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );
}

/// <summary>The replies to a unit that isn't the counting one.</summary>
internal static class CountingFaults
{
    public static Finding? Of(SequenceModel<double> model, int unit, double? rightWithout, int maxDepth)
    {
        var H = model.Shape.HiddenSize;
        if (unit < 0 || unit >= H)
        {
            return new(
                "no-unit",
                $"There is no unit {unit}: this network's units go from 0 to {H - 1}.",
                "How is a state indexed?",
                "By whole numbers from 0 to H − 1."
            );
        }

        var random = new SeededRandom(99); // the brackets of the lesson
        var brackets = Enumerable.Range(0, 100).Select(_ => BracketTask.Draw(maxDepth, 24, random)).ToList();
        var depths = brackets.SelectMany(e => e.Depths).Select(depth => (double)depth).ToList();
        var record = StateRecord.Of(model, brackets.Select(e => e.Symbols));
        double Right(StateRecord states) =>
            states.Answers().Zip(depths, (answer, depth) => answer == depth ? 1.0 : 0).Average();
        if (Right(record) < 0.9)
        {
            return new(
                "not-trained",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This network gives {Right(record) * 100:F0} % right answers: it can't count, so no unit "
                        + $"of it does."
                ),
                "Is it the trained one?",
                "TrainCounter(seed: 2) gives a network that can count."
            );
        }

        var goesWith = record.S.EnumerateRows().Select(row => Correlation.Pearson(row, depths)).ToList();
        // Two units may go with the depth equally closely; another sample of brackets would change their order.
        if (Math.Abs(goesWith[unit]) < goesWith.Max(Math.Abs) - Criteria13.CorrelationTolerance)
        {
            return new(
                "does-not-count",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The correlation of unit {unit} with the depth is {goesWith[unit]:F2}. There is one that "
                        + $"goes with it more closely."
                ),
                "A unit may count downwards, too. Did you compare the sizes of the correlations, without their signs?",
                "The unit with the largest |correlation| of all."
            );
        }

        if (rightWithout is not { } share)
        {
            return new(
                "not-ablated",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Unit {unit} goes with the depth: the correlation is {goesWith[unit]:F2}. But does the "
                        + $"network need it?"
                ),
                "Silence it, and let the network count.",
                "Right(Ablation.Fix(mine, unit, mean)), where the mean is that of the unit's own values."
            );
        }

        var row = record.S.Row(unit);
        var (mean, zero) = (
            Right(StateRecord.Of(Ablation.Fix(model, unit, Inside(row.Average())), brackets.Select(e => e.Symbols))),
            Right(StateRecord.Of(Ablation.Fix(model, unit, 0), brackets.Select(e => e.Symbols)))
        );
        bool Is(double value) => Math.Abs(share - value) < Criteria13.Counting.Tolerance.Limit;
        if (Is(mean))
        {
            return null;
        }

        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"Unit {unit} goes with the depth. But with it at its mean, the share that is right isn't {share:G4}."
        );
        var others = Enumerable
            .Range(0, H)
            .Where(u => u != unit)
            .Select(u =>
                Right(
                    StateRecord.Of(
                        Ablation.Fix(model, u, Inside(record.S.Row(u).Average())),
                        brackets.Select(e => e.Symbols)
                    )
                )
            );
        return !(share is >= 0 and <= 1)
                ? new(
                    "no-share",
                    what
                        + (
                            Is(100 * mean) || share > 1
                                ? " A share goes from 0 to 1, not to 100."
                                : " A share goes from 0 to 1."
                        ),
                    "Which part of all answers is right?",
                    "Right(…) gives the share as it is asked for here."
                )
            : Is(Right(record))
                ? new(
                    "whole-network",
                    what + " That is what the whole network gets.",
                    "Which network did you ask?",
                    "Ablation.Fix gives a new network. Ask that one."
                )
            : Is(zero)
                ? new(
                    "ablated-to-zero",
                    what + " That is what is left with the unit at 0.",
                    "Is 0 a value that says nothing? Look at the unit's mean.",
                    "Fix the unit at the mean of its own values."
                )
            : Is(1 - mean) || Is(Right(record) - mean)
                ? new(
                    "share-of-wrong",
                    what + " That is the share that got lost.",
                    "Are you asked what is right, or what is wrong?",
                    "Right(…) of the network with the unit at its mean, as it is."
                )
            : others.Any(Is)
                ? new(
                    "other-unit-silenced",
                    what + " That is what is left without another unit.",
                    "Which unit did you hand to Ablation.Fix, and whose mean?",
                    "The same unit at both places: Ablation.Fix(mine, unit, mean of that unit's values)."
                )
            : new(
                "other-share",
                what,
                "Was the lesson's counter asked in place of yours? Or was the mean taken from its states, "
                    + "and not from those of yours?",
                "StateRecord.Of(mine, …).S.Row(unit).Average() is the mean; then Right(Ablation.Fix(mine, unit, mean))."
            );
    }

    private static double Inside(double value) => Math.Clamp(value, -1 + 1e-12, 1 - 1e-12);
}

/// <summary>Finds why a probe's predictions are wrong.</summary>
internal static class ProbeDiagnosis
{
    private static readonly Finding NoConstant = new(
        "constant-forgotten",
        "The probe has no constant: it reads 0 off a state of zeros, whatever t is.",
        "t may be far from 0 on average. Which number could make up for that?",
        "Put a row of ones under the states. Its weight is the constant."
    );

    private static readonly Finding MeanOnly = new(
        "mean-only",
        "The probe reads the mean of t off every state: it doesn't look at the units.",
        "Where do the states enter?",
        "Solve the normal equations with the states and a row of ones under them."
    );

    private static readonly Finding WeightsGiven = new(
        "weights-given",
        "That has as many numbers as the probe has weights. The fresh states are yet to be read with them.",
        "How does a weighted sum of a state become what is read?",
        "Put ones under the fresh states, transpose, and multiply by the weights."
    );

    private static readonly Finding TrainingRead = new(
        "training-read",
        "That is what the probe reads off the states that it was fitted on.",
        "Which of the two matrices should be read?",
        "The method's last parameter: fresh."
    );

    private static readonly Finding ConstantNotRead = new(
        "constant-not-read",
        "The constant was fitted, but is missing where the fresh states are read.",
        "What is done to S before fitting has to be done to fresh, too. Which row did S get?",
        "Put ones under the fresh states as well, or add the last weight."
    );

    private static readonly Finding NotSolved = new(
        "not-solved",
        "That is S1 t read as weights (S1: the states with a row of ones under them): the system was not solved.",
        "Units that go together must share what they explain. Which matrix says how they go together?",
        "w = (S1 * S1.Transpose()).Solve(S1 * t)."
    );

    private static readonly Finding MeanAdded = new(
        "constant-from-the-mean",
        "The constant is the mean of t, but the weights were fitted to states that are not 0 on average.",
        "By how much is w · s off for the mean state?",
        "Subtract the mean state from S and from fresh, or put a row of ones under both."
    );

    private static readonly Finding FittedOnFresh = new(
        "fitted-on-fresh",
        "The probe was fitted on the fresh states, to numbers that belong to others.",
        "Whose numbers are in t?",
        "Fit on S and t; fresh is only read."
    );

    private static readonly Finding Targets = new(
        "targets-given",
        "These are numbers of t, which belong to other states.",
        "Where does your method look at fresh?",
        "Fit weights on S and t, then multiply the fresh states by them."
    );

    private static readonly Finding OneUnit = new(
        "one-unit",
        "Only one of the units is read.",
        "A probe may use all units together. How many weights has it?",
        "One weight for each unit, and one for the constant: solve for all of them at once."
    );

    public static Finding? Fault(Matrix<double> S, Vector<double> t, Matrix<double> fresh, Vector<double> given)
    {
        var right = LinearProbe.Fit(S, t.ToArray(), 1e-12).Read(fresh);
        bool Is(Vector<double> values) =>
            given.Count == values.Count
            && (given - values).AbsoluteMaximum() <= Criteria13.Probe.Tolerance.Limit * right.AbsoluteMaximum();
        if (Is(right))
        {
            return null;
        }

        if (given.Count == S.RowCount + 1 || given.Count == S.RowCount)
        {
            return WeightsGiven;
        }

        if (Is(Read(S, t, S)))
        {
            return TrainingRead;
        }

        var own = Quantity.Of("result", given);
        Vector<double> Without(Vector<double> values) => (S * S.Transpose()).Solve(S * values);
        var A = WithOnes(S);
        var M = fresh.ColumnCount;
        return own.FaultOfForm(Quantity.Of("", right))
            ?? (
                Is(fresh.Transpose() * Without(t)) ? NoConstant
                : Is(right.Map(_ => t.Average())) ? MeanOnly
                : Is(fresh.Transpose() * Weights(A, t).SubVector(0, S.RowCount)) ? ConstantNotRead
                : Is((fresh.Transpose() * Without(t)) + t.Average())
                || Is((fresh.Transpose() * Without(t - t.Average())) + t.Average())
                || Is((fresh.Transpose() * Weights(A, t).SubVector(0, S.RowCount)) + t.Average())
                    ? MeanAdded
                : Is(WithOnes(fresh).Transpose() * (A * t)) || Is(WithOnes(fresh).Transpose() * (A * t) / S.ColumnCount)
                    ? NotSolved
                : Is(t.SubVector(0, M)) ? Targets
                : Is(Read(S, t, S).SubVector(0, M)) ? TrainingRead
                : M > S.RowCount && Is(Read(fresh, t.SubVector(0, M), fresh)) ? FittedOnFresh
                : S.RowCount > 1
                && Enumerable
                    .Range(0, S.RowCount)
                    .Any(u => Is(Read(S.SubMatrix(u, 1, 0, S.ColumnCount), t, fresh.SubMatrix(u, 1, 0, M))))
                    ? OneUnit
                : own.FaultOfValue(Quantity.Of("", right), Texts13.Probe)
            );
    }

    private static Matrix<double> WithOnes(Matrix<double> S) =>
        S.Stack(Matrix<double>.Build.Dense(1, S.ColumnCount, 1));

    private static Vector<double> Weights(Matrix<double> A, Vector<double> t) => (A * A.Transpose()).Solve(A * t);

    private static Vector<double> Read(Matrix<double> S, Vector<double> t, Matrix<double> fresh) =>
        WithOnes(fresh).Transpose() * Weights(WithOnes(S), t);
}
