using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private const int DepthOfExercise = 5;

    /// <summary>Checks the outputs of a network in which one unit keeps one value from step 1 on.</summary>
    /// <param name="silenced">The learner's method: from the network, the inputs x, each of shape (D), the unit and its value to the outputs y, each of shape (K).</param>
    public static Feedback SilencedUnit(Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, double, IReadOnlyList<Vector<double>>>? silenced) => Attempt.Judge(Texts13.Silence, silenced is null, () =>
    {
        var net = SampleNetwork.Recurrent();
        foreach (var (unit, value) in new[] { (1, 0.3), (0, -0.5) })
        {
            var hand = new Guarded();
            var x = SampleNetwork.Inputs(net.U.ColumnCount, 5, 131);
            var y = Attempt.Call($"for five steps, unit {unit} and the value {value.ToString(CultureInfo.InvariantCulture)}", () => silenced!(hand.Copy(net), hand.Copy("x", x), unit, value)) ?? throw Attempt.Blank();
            if (hand.Fault() is { } changed) return changed;
            if (y.Count != x.Count) return Findings.Shape("The list of outputs", $"{x.Count} entries", $"{y.Count}");
            if (SilenceDiagnosis.Fault(net, x, unit, value, y) is { } fault) return fault with { What = string.Create(CultureInfo.InvariantCulture, $"For unit {unit} and the value {value}: {fault.What}") };
        }

        return null;
    });

    /// <summary>Checks that a unit of a network counts brackets, and what is left when it is silenced.</summary>
    /// <param name="model">The network, trained on <see cref="BracketTask"/>: D = 3, K = 6, an RNN of one layer.</param>
    /// <param name="unit">The unit, from 0.</param>
    /// <param name="rightWithout">The share of right answers with the unit at its mean, from 0 to 1.</param>
    public static Feedback CountingUnit(SequenceModel<double>? model, int? unit, double? rightWithout) => Attempt.Judge(Texts13.Counting, model is null || unit is null, () =>
    {
        var shape = model!.Shape;
        if ((shape.InputSize, shape.OutputSize, shape.Cell, shape.Layers, shape.Bidirectional) != (BracketTask.Symbols, DepthOfExercise + 1, CellKind.Rnn, 1, false))
            return Findings.Shape("The network", $"D = {BracketTask.Symbols} and K = {DepthOfExercise + 1}, one layer of an RNN", $"D = {shape.InputSize} and K = {shape.OutputSize}, {shape.Layers} of {shape.Cell}");
        return CountingFaults.Of(model, unit!.Value, rightWithout, DepthOfExercise);
    });

    /// <summary>Checks a linear probe: fitted on some states, it reads a number off others.</summary>
    /// <param name="probe">The learner's method: from states S, shape (H, N), their numbers t, shape (N), and fresh states, shape (H, M), to what is read off those, shape (M).</param>
    public static Feedback Probe(Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>? probe) => Attempt.Judge(Texts13.Probe, probe is null, () =>
    {
        var random = new SeededRandom(133);
        foreach (var (H, N, M) in new[] { (3, 40, 7), (1, 12, 5) })
        {
            Matrix<double> Draw(int columns) => Matrix<double>.Build.Dense(H, columns, (_, _) => random.NextUniform(-0.5, 0.9));
            var (S, fresh) = (Draw(N), Draw(M));
            var t = (S.RowSums().Map(_ => 1.5) * S) + 2 + Vector<double>.Build.Dense(N, _ => random.NextUniform(-0.3, 0.3));
            var hand = new Guarded();
            var given = Attempt.Call($"for {N} states of {H} units", () => probe!(hand.Copy("S", S), hand.Copy("t", t), hand.Copy("fresh", fresh))) ?? throw Attempt.Blank();
            if ((hand.Fault() ?? ProbeDiagnosis.Fault(S, t, fresh, given)) is { } fault) return fault;
        }

        return null;
    });
}

/// <summary>Finds how a unit was silenced wrongly.</summary>
internal static class SilenceDiagnosis
{
    private static readonly Finding NotAtAll = new("not-silenced", "these are the outputs of the whole network: the unit still speaks.",
        "Which number of the state has to be overwritten, and when?", "s_i[unit] = value, right after s_i is computed.");

    private static readonly Finding OutputOnly = new("output-only", "the outputs don't see the unit any more, but the next step does: the state that is passed on was not changed.",
        "Two things use a state. Which one still gets the unit's own value?", "Overwrite s_i itself, before anything uses it, and pass this s_i on.");

    private static readonly Finding PassedOnOnly = new("passed-on-only", "the next step doesn't see the unit any more, but the step's own output does.",
        "Is the output computed before the unit is overwritten?", "Overwrite s_i[unit] first, then compute the output.");

    private static readonly Finding Zero = new("set-to-zero", "the unit was set to 0, not to the value.",
        "Which parameter of your method is not used?", "s_i[unit] = value.");

    private static readonly Finding OtherUnit = new("other-unit", "another unit was silenced.",
        "Units are counted from 0 here, as C# counts.", "s_i[unit], without adding or subtracting 1.");

    private static readonly Finding StartToo = new("start-too", "the start s_0 was changed, too.",
        "From which step on has the unit its value?", "From step 1 on. s_0 stays as it is.");

    public static Finding? Fault(VanillaRnn net, IReadOnlyList<Vector<double>> x, int unit, double value, IReadOnlyList<Vector<double>> given)
    {
        var right = Run(net, x, unit, value);
        for (var i = 0; i < x.Count; i++)
            if (given[i] is null) return Findings.Missing($"y_{i + 1}");
            else if (Quantity.Of($"y_{i + 1}", given[i]).FaultOfForm(Quantity.Of("", right[i])) is { } form) return form;
        bool Is(IReadOnlyList<Vector<double>> y) => given.Zip(y).All(pair => Quantity.Of("", pair.First).IsNear(Quantity.Of("", pair.Second)));
        if (Is(right)) return null;
        return Is(net.Predict(x)) ? NotAtAll
            : Is(Run(net, x, unit, value, passOn: false)) ? OutputOnly
            : Is(Run(net, x, unit, value, atOutput: false)) ? PassedOnOnly
            : Is(Run(net, x, unit, 0)) ? Zero
            : Is(Run(net, x, unit, value, startToo: true)) ? StartToo
            : Enumerable.Range(0, net.W.RowCount).Any(other => other != unit && Is(Run(net, x, other, value))) ? OtherUnit
            : FirstDifference(given, right);
    }

    private static Finding FirstDifference(IReadOnlyList<Vector<double>> given, List<Vector<double>> right)
    {
        var i = Enumerable.Range(0, right.Count).First(k => !Quantity.Of("", given[k]).IsNear(Quantity.Of("", right[k])));
        return Quantity.Of($"y_{i + 1}", given[i]).FaultOfValue(Quantity.Of("", right[i]), Texts13.Silence);
    }

    private static List<Vector<double>> Run(VanillaRnn net, IReadOnlyList<Vector<double>> x, int unit, double value, bool passOn = true, bool atOutput = true, bool startToo = false)
    {
        var (s_prev, y) = (net.s_0.Clone(), new List<Vector<double>>());
        if (startToo) s_prev[unit] = value;
        foreach (var x_i in x)
        {
            var own = net.Step(x_i, s_prev).s_i;
            var fixed_ = own.Clone();
            fixed_[unit] = value;
            y.Add(CrossEntropy.Softmax((net.V * (atOutput ? fixed_ : own)) + net.c));
            s_prev = passOn ? fixed_ : own;
        }

        return y;
    }
}

/// <summary>What to say of a unit that isn't the counting one.</summary>
internal static class CountingFaults
{
    public static Finding? Of(SequenceModel<double> model, int unit, double? rightWithout, int maxDepth)
    {
        var H = model.Shape.HiddenSize;
        if (unit < 0 || unit >= H) return new("no-unit", $"There is no unit {unit}: this network's units go from 0 to {H - 1}.", "How is a state indexed?", "By whole numbers from 0 to H − 1.");
        var random = new SeededRandom(99);      // the brackets of the lesson
        var brackets = Enumerable.Range(0, 100).Select(_ => BracketTask.Draw(maxDepth, 24, random)).ToList();
        var depths = brackets.SelectMany(e => e.Depths).Select(depth => (double)depth).ToList();
        var record = StateRecord.Of(model, brackets.Select(e => e.Symbols));
        double Right(StateRecord states) => states.Answers().Zip(depths, (answer, depth) => answer == depth ? 1.0 : 0).Average();
        if (Right(record) < 0.9)
        {
            return new("not-trained", string.Create(CultureInfo.InvariantCulture, $"This network gives {Right(record) * 100:F0} % right answers: it can't count, so no unit of it does."),
                "Is it the trained one?", "TrainCounter(seed: 2) gives a network that can count.");
        }

        var goesWith = record.S.EnumerateRows().Select(row => Correlation.Pearson(row, depths)).ToList();
        if (Math.Abs(goesWith[unit]) < 0.85)
        {
            return new("does-not-count", string.Create(CultureInfo.InvariantCulture, $"The correlation of unit {unit} with the depth is {goesWith[unit]:F2}. There is one that goes with it more closely."),
                "A unit may count downwards, too. Did you compare the sizes of the correlations, without their signs?", "The unit with the largest |correlation| of all.");
        }

        if (rightWithout is not { } share)
        {
            return new("not-ablated", string.Create(CultureInfo.InvariantCulture, $"Unit {unit} goes with the depth: the correlation is {goesWith[unit]:F2}. But does the network need it?"),
                "Silence it, and let the network count.", "Right(Ablation.Fix(mine, unit, mean)), where the mean is that of the unit's own values.");
        }

        var row = record.S.Row(unit);
        var (mean, zero) = (Right(StateRecord.Of(Ablation.Fix(model, unit, Inside(row.Average())), brackets.Select(e => e.Symbols))),
            Right(StateRecord.Of(Ablation.Fix(model, unit, 0), brackets.Select(e => e.Symbols))));
        if (Math.Abs(share - mean) < 0.004) return null;
        var what = string.Create(CultureInfo.InvariantCulture, $"Unit {unit} counts. With it at its mean, {mean * 100:F1} % of the answers are right, and you say {share * 100:F1} %.");
        return Math.Abs(share - Right(record)) < 0.004
            ? new("whole-network", what + " That is what the whole network gets.", "Which network did you ask?", "Ablation.Fix gives a new network. Ask that one.")
            : Math.Abs(share - zero) < 0.004 ? new("ablated-to-zero", what + " That is what is left with the unit at 0.", "Is 0 a value that says nothing? Look at the unit's mean.", "Fix the unit at the mean of its own values.")
            : new("other-share", what, "Was another unit silenced, or another network asked?", "Right(Ablation.Fix(mine, unit, mean of the unit's own values)).");
    }

    private static double Inside(double value) => Math.Clamp(value, -1 + 1e-12, 1 - 1e-12);
}

/// <summary>Finds why a probe reads wrongly.</summary>
internal static class ProbeDiagnosis
{
    private static readonly Finding NoConstant = new("constant-forgotten", "The probe has no constant: it reads 0 off a state of zeros, whatever t is.",
        "t may be far from 0 on average. Which number could make up for that?", "Put a row of ones under the states. Its weight is the constant.");

    private static readonly Finding MeanOnly = new("mean-only", "The probe reads the mean of t off every state: it doesn't look at the units.",
        "Where do the states enter?", "Solve the normal equations with the states and a row of ones under them.");

    private static readonly Finding WeightsGiven = new("weights-given", "That has as many numbers as the probe has weights. The fresh states are yet to be read with them.",
        "How does a weighted sum of a state become what is read?", "Put ones under the fresh states, transpose, and multiply by the weights.");

    private static readonly Finding TrainingRead = new("training-read", "That is what the probe reads off the states that it was fitted on.",
        "Which of the two matrices should be read?", "The method's last parameter: fresh.");

    public static Finding? Fault(Matrix<double> S, Vector<double> t, Matrix<double> fresh, Vector<double> given)
    {
        var right = LinearProbe.Fit(S, t.ToArray(), 1e-12).Read(fresh);
        bool Is(Vector<double> values) => given.Count == values.Count && (given - values).AbsoluteMaximum() <= 2e-3 * right.AbsoluteMaximum();
        if (Is(right)) return null;
        if (given.Count == S.ColumnCount && S.ColumnCount != fresh.ColumnCount) return TrainingRead;
        if (given.Count == S.RowCount + 1 || given.Count == S.RowCount) return WeightsGiven;
        var w = (S * S.Transpose()).Solve(S * t);
        return Quantity.Of("what is read", given).FaultOfForm(Quantity.Of("", right)) ?? (
            Is(fresh.Transpose() * w) ? NoConstant :
            Is(right.Map(_ => t.Average())) ? MeanOnly :
            Quantity.Of("what is read", given).FaultOfValue(Quantity.Of("", right), Texts13.Probe));
    }
}
