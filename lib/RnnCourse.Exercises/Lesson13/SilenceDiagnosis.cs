using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson13;

/// <summary>Finds the mistake in the silencing of a unit.</summary>
internal static class SilenceDiagnosis
{
    private static readonly Finding NotAtAll = new(
        "not-silenced",
        "these are the outputs of the whole network: the unit isn't silenced.",
        "Which number of the state has to be overwritten, and when?",
        "s_i[unit] = value, right after s_i is computed."
    );

    private static readonly Finding OutputOnly = new(
        "output-only",
        "the outputs don't see the unit any more, but the next step does: the state that is passed on was not changed.",
        "Two things use a state. Which one still gets the unit's own value?",
        "Overwrite s_i itself, before anything uses it, and pass this s_i on."
    );

    private static readonly Finding PassedOnOnly = new(
        "passed-on-only",
        "the next step doesn't see the unit any more, but the step's own output does.",
        "Is the output computed before the unit is overwritten?",
        "Overwrite s_i[unit] first, then compute the output."
    );

    private static readonly Finding BeforeTanh = new(
        "set-before-tanh",
        "the value was set before the tanh, so the unit is tanh(value).",
        "What comes after the line that sets the unit?",
        "First s_i = tanh(…), then s_i[unit] = value. (Or set artanh(value) before the tanh.)"
    );

    private static readonly Finding Added = new(
        "added-to-the-unit",
        "the value was added to the unit, which still changes from step to step.",
        "A silenced unit has the same value at every step. Has it, after s_i[unit] += value?",
        "s_i[unit] = value."
    );

    private static readonly Finding Multiplied = new(
        "multiplied-by-the-value",
        "the unit was multiplied by the value, so it still changes from step to step.",
        "A silenced unit has the same value at every step. Has it, after s_i[unit] *= value?",
        "s_i[unit] = value."
    );

    private static readonly Finding AllUnits = new(
        "all-units",
        "all units have the value: nothing is left of the state.",
        "How many numbers of the state are to be overwritten?",
        "s_i[unit] = value, and no other."
    );

    private static readonly Finding SomeSteps = new(
        "some-steps-only",
        "the unit has the value at some of the steps only.",
        "From which step on has the unit its value, and until when?",
        "s_i[unit] = value stands inside the loop, so that it is done at each step from 1 to n."
    );

    private static readonly Finding Scores = new(
        "softmax-forgotten",
        "these are the scores V s_i + c: softmax is missing.",
        "What turns scores into probabilities?",
        "CrossEntropy.Softmax(rnn.V * s_i + rnn.c)."
    );

    private static readonly Finding StartForgotten = new(
        "start-forgotten",
        "the network starts from zeros, and not from its own s_0.",
        "What is the state before the first step?",
        "s_prev begins as rnn.s_0."
    );

    private static readonly Finding NotPassedOn = new(
        "state-not-passed-on",
        "the state isn't passed on: every step starts anew.",
        "What does the next step get as s_prev?",
        "At the end of the loop: s_prev = s_i."
    );

    private static readonly Finding BiasForgotten = new(
        "bias-forgotten",
        "a bias is missing.",
        "The step has b inside the tanh, and the output has c.",
        "s_i = tanh(U x_i + W s_prev + b), y_i = softmax(V s_i + c)."
    );

    private static readonly Finding SameVector = new(
        "same-vector",
        "all outputs are one and the same vector: each step has overwritten it.",
        "A list holds references. How many vectors were made?",
        "Make a new vector for each output: y.Add(CrossEntropy.Softmax(…))."
    );

    private static readonly Finding Zero = new(
        "set-to-zero",
        "the unit was set to 0, not to the value.",
        "Which parameter of your method is not used?",
        "s_i[unit] = value."
    );

    private static readonly Finding OtherUnit = new(
        "other-unit",
        "another unit was silenced.",
        "Units are counted from 0 here, as C# counts.",
        "s_i[unit], without adding or subtracting 1."
    );

    private static readonly Finding Backwards = new(
        "backwards",
        "the inputs were read from the last to the first.",
        "In which order does a recurrent network read?",
        "From x_1 on: foreach (var x_i in x)."
    );

    private static readonly Finding NothingElse = new(
        "nothing-else-computed",
        "the other units don't see the inputs and the state any more.",
        "Only one unit is silenced. What do the others compute?",
        "s_i = tanh(U x_i + W s_prev + b) as always; then s_i[unit] = value."
    );

    private static readonly Finding StartToo = new(
        "start-too",
        "the start s_0 was changed, too.",
        "From which step on has the unit its value?",
        "From step 1 on. s_0 stays as it is."
    );

    private static readonly Computation AsData = new(
        ["s_i", "s_prev", "x[]"],
        new Line("s_prev", new Name("start")),
        new Loop(
            "i",
            1,
            "n",
            1,
            new Line(
                "s_i",
                Functions.Tanh(new Name("U") * new Name("x", "i") + new Name("W") * new Name("s_prev") + new Name("b"))
            ),
            new Line("s_i", new ReplacedEntry(new Name("s_i"), "unit", new Name("value"))),
            new Line("y", Functions.Softmax(new Name("V") * new Name("s_i") + new Name("c")), place: "i"),
            new Line("s_prev", new Name("s_i"))
        )
    );

    public static Finding? Fault(
        VanillaRnn net,
        IReadOnlyList<Vector<double>> x,
        int unit,
        double value,
        IReadOnlyList<Vector<double>> given
    )
    {
        var right = Run(net, x, unit, value);
        for (var i = 0; i < x.Count; i++)
        {
            if (given[i] is null)
            {
                return Findings.Missing($"y_{i + 1}");
            }
            else if (Quantity.Of($"y_{i + 1}", given[i]).FaultOfForm(Quantity.Of("", right[i])) is { } form)
            {
                return form;
            }
        }

        bool Is(IReadOnlyList<Vector<double>> y) =>
            given.Zip(y).All(pair => Quantity.Of("", pair.First).IsNear(Quantity.Of("", pair.Second)));
        if (Is(right))
        {
            return null;
        }

        if (x.Count > 1 && given.All(y => ReferenceEquals(y, given[0])))
        {
            return SameVector;
        }

        return Is(net.Predict(x)) ? NotAtAll
            : Is(Run(net, x, unit, value, passOn: false)) ? OutputOnly
            : Is(Run(net, x, unit, value, atOutput: false)) ? PassedOnOnly
            : Is(Run(net, x, unit, 0)) ? Zero
            : Is(Run(net, x, unit, value, startToo: true)) ? StartToo
            : Is(Run(net, x, unit, Math.Tanh(value))) ? BeforeTanh
            : Is(Run(net, x, unit, value, set: (old, v) => old + v)) ? Added
            : Is(Run(net, x, unit, value, set: (old, v) => old * v)) ? Multiplied
            : Is(Run(net, x, unit, value, all: true)) ? AllUnits
            : Enumerable
                .Range(1, x.Count - 1)
                .Any(k => Is(Run(net, x, unit, value, at: i => i < k)) || Is(Run(net, x, unit, value, at: i => i >= k)))
                ? SomeSteps
            : Is(Run(net, x, unit, value, squash: z => z)) ? Scores
            : Is(Run(Changed(net, n => n.s_0.Clear()), x, unit, value)) ? StartForgotten
            : new[] { net, Changed(net, n => n.s_0.Clear()) }.Any(start =>
                Is([.. x.Select(x_i => Run(start, [x_i], unit, value)[0])])
            )
                ? NotPassedOn
            : Is(Run(Changed(net, n => n.b.Clear()), x, unit, value))
            || Is(Run(Changed(net, n => n.c.Clear()), x, unit, value))
                ? BiasForgotten
            : Enumerable.Range(0, net.W.RowCount).Any(other => other != unit && Is(Run(net, x, other, value)))
                ? OtherUnit
            : Is(Run(net, [.. x.Reverse()], unit, value)) ? Backwards
            : Is(
                Run(Changed(net, n => ((Matrix<double>[])[n.U, n.W]).ToList().ForEach(m => m.Clear())), x, unit, value)
            ) || Is(Run(Silent(net), x, unit, value))
                ? NothingElse
            : Slip(unit)
                ?? (
                    Enumerable.Range(0, net.W.RowCount).Any(other => other != unit && Slip(other) is not null)
                        ? OtherUnit
                        : FirstDifference(given, right)
                );

        Finding? Slip(int silenced) =>
            AsData.Diagnose(
                () =>
                    Memory
                        .With(
                            ("U", net.U),
                            ("W", net.W),
                            ("V", net.V),
                            ("b", net.b),
                            ("c", net.c),
                            ("start", net.s_0),
                            ("value", value),
                            ("unit", silenced),
                            ("n", x.Count)
                        )
                        .AndList("x", x),
                [.. given.Select((y_i, k) => ($"y[{k + 1}]", y_i.ToArray()))]
            );
    }

    // A network whose states are zero.
    private static VanillaRnn Silent(VanillaRnn net) =>
        Changed(
            net,
            n =>
            {
                n.U.Clear();
                n.W.Clear();
                n.b.Clear();
            }
        );

    private static Finding FirstDifference(IReadOnlyList<Vector<double>> given, List<Vector<double>> right)
    {
        var i = Enumerable
            .Range(0, right.Count)
            .First(k => !Quantity.Of("", given[k]).IsNear(Quantity.Of("", right[k])));
        return Quantity.Of($"y_{i + 1}", given[i]).FaultOfValue(Quantity.Of("", right[i]), Texts13.Silence);
    }

    // The network run with the unit silenced, in any of the ways that learners try.
    private static List<Vector<double>> Run(
        VanillaRnn net,
        IReadOnlyList<Vector<double>> x,
        int unit,
        double value,
        bool passOn = true,
        bool atOutput = true,
        bool startToo = false,
        bool all = false,
        Func<double, double, double>? set = null,
        Func<int, bool>? at = null,
        Func<Vector<double>, Vector<double>>? squash = null
    )
    {
        var (s_prev, y) = (net.s_0.Clone(), new List<Vector<double>>());
        if (startToo)
        {
            s_prev[unit] = value;
        }

        for (var i = 0; i < x.Count; i++)
        {
            var own = net.Step(x[i], s_prev).s_i;
            var silent = own.Clone();
            if (at?.Invoke(i) ?? true)
            {
                silent[unit] = set?.Invoke(own[unit], value) ?? value;
            }

            if (all)
            {
                silent = silent.Map(_ => value);
            }

            y.Add((squash ?? CrossEntropy.Softmax)((net.V * (atOutput ? silent : own)) + net.c));
            s_prev = passOn ? silent : own;
        }

        return y;
    }

    private static VanillaRnn Changed(VanillaRnn net, Action<VanillaRnn> change)
    {
        var twin = ArgumentCopies.Twin(net);
        change(twin);
        return twin;
    }
}
