using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson08;

/// <summary>A backward pass with all intermediate results; step i has index i.</summary>
internal sealed record BackwardPass(
    VanillaRnn Net,
    VanillaRnn.Trace Trace,
    IReadOnlyList<int?> Targets,
    Vector<double>[] dz,
    Vector<double>[] ds,
    Vector<double>[] da
)
{
    /// <summary>The number of steps.</summary>
    public int n => Targets.Count;

    /// <summary>The pass over drawn inputs.</summary>
    public static BackwardPass Of(VanillaRnn net, IReadOnlyList<int?> targets)
    {
        var n = targets.Count;
        var trace = net.Forward(SampleNetwork.Inputs(net.U.ColumnCount, n, 31));
        Vector<double>[] dz = new Vector<double>[n + 1],
            ds = new Vector<double>[n + 1],
            da = new Vector<double>[n + 1];
        for (var i = n; i >= 1; i--)
        {
            dz[i] = CrossEntropy.ScoreGradient(trace.y[i - 1], targets[i - 1]);
            ds[i] = net.V.TransposeThisAndMultiply(dz[i]);
            if (i < n)
            {
                ds[i] += net.W.TransposeThisAndMultiply(da[i + 1]);
            }

            da[i] = (1 - trace.s[i].PointwiseMultiply(trace.s[i])).PointwiseMultiply(ds[i]);
        }

        return new(net, trace, targets, dz, ds, da);
    }
}

/// <summary>Finds why one of the intermediate gradients is wrong.</summary>
/// <param name="letter">Its letter, such as dz.</param>
/// <param name="right">Its right value at a step.</param>
/// <param name="suspects">Known mistakes: the reply to each, and its result at a step; null if it throws.</param>
/// <param name="formula">The formula as data; its result is named by <paramref name="letter"/>.</param>
/// <param name="given">The given values of the formula at a step.</param>
internal sealed class PartsDiagnosis(
    string letter,
    Func<BackwardPass, int, Vector<double>> right,
    IReadOnlyList<(Finding Fault, Func<BackwardPass, int, Vector<double>> Of)> suspects,
    Computation formula,
    Func<BackwardPass, int, Memory> given
)
{
    /// <summary>The letter, such as dz.</summary>
    public string Letter => letter;

    /// <summary>The right value at a step.</summary>
    public Vector<double> Right(BackwardPass pass, int i) => right(pass, i);

    /// <summary>Finds what is wrong with the answers for all steps, or null.</summary>
    public Finding? Fault(BackwardPass pass, IReadOnlyList<Quantity> answers, Exercise exercise)
    {
        bool Explains(Func<BackwardPass, int, Vector<double>> of) =>
            answers.Select((own, k) => own.IsNear(Quantity.Of("", of(pass, k + 1)))).All(near => near);
        if (Explains(right))
        {
            return null;
        }

        if (
            answers
                .Select((own, k) => own.FaultOfForm(Quantity.Of("", right(pass, k + 1))))
                .FirstOrDefault(form => form is not null) is
            { } fault
        )
        {
            return fault;
        }

        if (suspects.FirstOrDefault(suspect => Explains(suspect.Of)).Fault is { } known)
        {
            return known;
        }

        if (
            formula.DiagnoseAll(
                [
                    .. answers.Select(
                        (own, k) =>
                            (
                                new Func<Memory>(() => given(pass, k + 1)),
                                (IReadOnlyList<(string, double[])>)[(letter, own.Values)]
                            )
                    ),
                ],
                allPairs: true
            ) is
            { } slip
        )
        {
            return slip;
        }

        var wrong = Enumerable
            .Range(0, answers.Count)
            .First(k => !answers[k].IsNear(Quantity.Of("", right(pass, k + 1))));
        return answers[wrong].FaultOfValue(Quantity.Of("", right(pass, wrong + 1)), exercise);
    }

    private static Vector<double> OneHot(BackwardPass pass, int? target, double value = 1)
    {
        var v = Vector<double>.Build.Dense(pass.Net.V.RowCount);
        if (target is { } t && t >= 0 && t < v.Count)
        {
            v[t] = value;
        }

        return v;
    }

    private static Vector<double> WhereRead(BackwardPass pass, int i, Func<Vector<double>, int, Vector<double>> of) =>
        pass.Targets[i - 1] is { } t ? of(pass.Trace.y[i - 1], t) : 0 * pass.Trace.y[i - 1];

    public static PartsDiagnosis Scores { get; } =
        new(
            "dz",
            (pass, i) => pass.dz[i],
            [
                (BackwardFaults.Of(BackwardFault.OneHotForgotten), (pass, i) => WhereRead(pass, i, (y, _) => y)),
                (
                    BackwardFaults.Of(BackwardFault.UnreadCounted),
                    (pass, i) => pass.Trace.y[i - 1] - OneHot(pass, pass.Targets[i - 1])
                ),
                (
                    BackwardFaults.Of(BackwardFault.UnreadAsClassZero),
                    (pass, i) => pass.Trace.y[i - 1] - OneHot(pass, pass.Targets[i - 1] ?? 0)
                ),
                (
                    new(
                        "sign",
                        "dz_i has the wrong sign: it is onehot − y_i.",
                        "If the right class got too little, should its score grow or shrink? And the slope of the "
                            + "loss by it?",
                        "dz_i = y_i − onehot(target): at the right class it is negative."
                    ),
                    (pass, i) => -pass.dz[i]
                ),
                (
                    new(
                        "slope-by-output",
                        "That is the slope by y_i, −1/y_i at the target: softmax is still to be passed.",
                        "The scores z_i go through softmax. Which class's probability moves when one score moves?",
                        "All of them do. The chain rule through softmax makes y_i − onehot(target) of it."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => OneHot(pass, t, -1 / y[t]))
                ),
                (
                    new(
                        "target-only",
                        "Only the target's number is there; the other scores have a slope, too.",
                        "If the score of a wrong class grows, what becomes of the right class's probability?",
                        "The other numbers of dz_i are those of y_i."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => OneHot(pass, t, y[t] - 1))
                ),
                (
                    new(
                        "target-left-out",
                        "The target's number is 0 or −1: y_i is missing there.",
                        "Is 1 subtracted at the target, or is the number there replaced?",
                        "dz_i[target] -= 1, from a copy of y_i."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => y - OneHot(pass, t, y[t]))
                ),
                (
                    new(
                        "target-left-out",
                        "The target's number is 0 or −1: y_i is missing there.",
                        "Is 1 subtracted at the target, or is the number there replaced?",
                        "dz_i[target] -= 1, from a copy of y_i."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => y - OneHot(pass, t, y[t] + 1))
                ),
                (
                    new(
                        "two-at-target",
                        "2 is subtracted at the target, not 1.",
                        "Which number has onehot at the target?",
                        "dz_i[target] -= 1."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => y - OneHot(pass, t, 2))
                ),
                (
                    new(
                        "one-from-all",
                        "1 is subtracted from every number; it belongs to the target alone.",
                        "onehot has one 1. Where?",
                        "dz_i[target] -= 1."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, _) => y - 1)
                ),
                (
                    new(
                        "target-one-off",
                        "The 1 is subtracted beside the target.",
                        "Classes count from 0, as indices do.",
                        "dz_i[target] -= 1, without a + 1 or − 1 at the index."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => y - OneHot(pass, t - 1))
                ),
                (
                    new(
                        "onehot-added",
                        "The 1 at the target is added where it should be subtracted: y_i + onehot.",
                        "What is the derivative where the prediction is perfect? It must be zero there.",
                        "dz_i = y_i − onehot(target)."
                    ),
                    (pass, i) => WhereRead(pass, i, (y, t) => y + OneHot(pass, t))
                ),
                (
                    new(
                        "always-zero",
                        "dz_i is zero at each step, read or not.",
                        "At which steps does the loss look at the output?",
                        "Zeros only where the target is null; y_i − onehot(target) elsewhere."
                    ),
                    (pass, i) => 0 * pass.dz[i]
                ),
            ],
            new(
                ["y", "onehot"],
                new Condition(
                    "the output is read",
                    memory => memory.NumberOf("read") == 1,
                    [new Line("dz", new Name("y") - new Name("onehot"))],
                    [new Line("dz", 0 * new Name("y"))]
                )
            ),
            (pass, i) =>
                Memory.With(
                    ("y", pass.Trace.y[i - 1]),
                    ("onehot", OneHot(pass, pass.Targets[i - 1])),
                    ("read", pass.Targets[i - 1] is null ? 0 : 1)
                )
        );

    public static PartsDiagnosis States { get; } =
        new(
            "ds",
            (pass, i) => pass.ds[i],
            [
                (BackwardFaults.Of(BackwardFault.NextMissing), (pass, i) => Own(pass, i)),
                (
                    BackwardFaults.Of(BackwardFault.WTransposeForgotten),
                    (pass, i) => Own(pass, i) + Next(pass, i, da => pass.Net.W * da)
                ),
                (BackwardFaults.Of(BackwardFault.PassedWithoutW), (pass, i) => Own(pass, i) + Next(pass, i, da => da)),
                (
                    new(
                        "own-output-missing",
                        "What the step's own output wants is left out: Vᵀ dz_i.",
                        "A state is used twice. By what, besides the next state?",
                        "ds_i = Vᵀ dz_i + Wᵀ da_{i+1}."
                    ),
                    (pass, i) => Next(pass, i, da => pass.Net.W.TransposeThisAndMultiply(da))
                ),
                (
                    new(
                        "own-output-missing",
                        "Where there is a next step, only what comes from it is there: Vᵀ dz_i is left out.",
                        "A state is used twice. By what, besides the next state?",
                        "ds_i = Vᵀ dz_i + Wᵀ da_{i+1}: both, where there is a next step."
                    ),
                    (pass, i) =>
                        i == pass.n ? Own(pass, i) : Next(pass, i, da => pass.Net.W.TransposeThisAndMultiply(da))
                ),
                (
                    new(
                        "last-step-zero",
                        "At the last step ds_i is zero. It has no next step, but it has an output.",
                        "What is left of the formula where da_{i+1} isn't there?",
                        "Vᵀ dz_i alone."
                    ),
                    (pass, i) => i == pass.n ? 0 * pass.ds[i] : pass.ds[i]
                ),
                (
                    new(
                        "next-subtracted",
                        "What comes from the next step is subtracted.",
                        "What happens to slopes where something is used more than once?",
                        "They add up: Vᵀ dz_i + Wᵀ da_{i+1}."
                    ),
                    (pass, i) => Own(pass, i) - Next(pass, i, da => pass.Net.W.TransposeThisAndMultiply(da))
                ),
            ],
            new(
                ["dz_i", "da_next"],
                new Condition(
                    "there is a next step",
                    memory => memory.NumberOf("next") == 1,
                    [new Line("ds", new Name("V").T * new Name("dz_i") + new Name("W").T * new Name("da_next"))],
                    [new Line("ds", new Name("V").T * new Name("dz_i"))]
                )
            ),
            (pass, i) =>
                Memory.With(
                    ("W", pass.Net.W),
                    ("V", pass.Net.V),
                    ("dz_i", pass.dz[i]),
                    ("da_next", i < pass.n ? pass.da[i + 1] : 0 * pass.da[i]),
                    ("next", i < pass.n ? 1 : 0)
                )
        );

    public static PartsDiagnosis Inside { get; } =
        new(
            "da",
            (pass, i) => pass.da[i],
            [
                (BackwardFaults.Of(BackwardFault.SlopeMissing), (pass, i) => pass.ds[i]),
                (
                    new(
                        "gradient-missing",
                        "That is the slope of tanh alone: ds_i is missing.",
                        "The chain rule multiplies what comes in by the slope. What comes in?",
                        "(1 − s_i²) ds_i, number by number."
                    ),
                    (pass, i) => 1 - Square(pass.Trace.s[i])
                ),
                (
                    BackwardFaults.Of(BackwardFault.SlopeWithoutSquare),
                    (pass, i) => (1 - pass.Trace.s[i]).PointwiseMultiply(pass.ds[i])
                ),
                (
                    BackwardFaults.Of(BackwardFault.SlopeOfSigmoid),
                    (pass, i) => pass.Trace.s[i].PointwiseMultiply(1 - pass.Trace.s[i]).PointwiseMultiply(pass.ds[i])
                ),
                (
                    BackwardFaults.Of(BackwardFault.SlopeOfTanhTwice),
                    (pass, i) => (1 - Square(pass.Trace.s[i].PointwiseTanh())).PointwiseMultiply(pass.ds[i])
                ),
                (
                    BackwardFaults.Of(BackwardFault.SlopeOfDerivative),
                    (pass, i) => (1 - Square(pass.ds[i])).PointwiseMultiply(pass.ds[i])
                ),
                (
                    BackwardFaults.Of(BackwardFault.SlopeOfDotProduct),
                    (pass, i) => (1 - pass.Trace.s[i].DotProduct(pass.Trace.s[i])) * pass.ds[i]
                ),
                (
                    new(
                        "tanh-of-gradient",
                        "tanh itself was applied to ds_i; on the way back its slope multiplies.",
                        "What does the chain rule put in place of a function?",
                        "Its slope at the place where the forward pass was: 1 − s_i²."
                    ),
                    (pass, i) => pass.ds[i].PointwiseTanh()
                ),
            ],
            new(["s_i", "ds_i"], new Line("da", (1 - new Name("s_i").Times(new Name("s_i"))).Times(new Name("ds_i")))),
            (pass, i) => Memory.With(("s_i", pass.Trace.s[i]), ("ds_i", pass.ds[i]))
        );

    private static Vector<double> Square(Vector<double> v) => v.PointwiseMultiply(v);

    private static Vector<double> Own(BackwardPass pass, int i) => pass.Net.V.TransposeThisAndMultiply(pass.dz[i]);

    private static Vector<double> Next(BackwardPass pass, int i, Func<Vector<double>, Vector<double>> of) =>
        i < pass.n ? of(pass.da[i + 1]) : 0 * pass.ds[i];
}
