using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson14;

/// <summary>The GRU's step with any of its parts right or wrong, to compare with a wrong answer.</summary>
internal static class GruFormula
{
    public static readonly string[] Names = ["keep", "reset", "candidate"];

    private static readonly Computation AsData = new(
        [
            "keep_i",
            "reset_i",
            "candidate_i",
            "past",
            "s_prev",
            "x_i",
            "s_i",
            .. Names.SelectMany(gate => new[] { $"{gate}.U", $"{gate}.W", $"{gate}.b" }),
        ],
        new Line("keep_i", Functions.Sigmoid(GateInputs.SumOf("keep", Names))),
        new Line("reset_i", Functions.Sigmoid(GateInputs.SumOf("reset", Names))),
        new Line("past", new Name("candidate.W") * new Name("s_prev") + new Name("candidate.b_W")),
        new Line(
            "candidate_i",
            Functions.Tanh(
                new Name("candidate.U") * new Name("x_i")
                    + new Name("candidate.b")
                    + new Name("reset_i").Times(new Name("past"))
            )
        ),
        new Line(
            "s_i",
            new Name("keep_i").Times(new Name("s_prev")) + (1 - new Name("keep_i")).Times(new Name("candidate_i"))
        )
    );

    // From the gates and the inputs, and the opened reset gate, to the candidate.
    private static readonly (Finding? Fault, Func<Gate, GateInputs, Vector<double>, Vector<double>> Of)[] Candidates =
    [
        (null, (g, p, reset) => (Input(g, p) + reset.PointwiseMultiply(Past(g, p) + g.b_W!)).PointwiseTanh()),
        (CellFaults.WithoutReset, (g, p, _) => (Input(g, p) + Past(g, p) + g.b_W!).PointwiseTanh()),
        (CellFaults.WithoutReset, (g, p, _) => (Input(g, p) + Past(g, p)).PointwiseTanh()),
        (
            CellFaults.ResetOnState,
            (g, p, reset) => (Input(g, p) + (g.W * reset.PointwiseMultiply(p.s_prev)) + g.b_W!).PointwiseTanh()
        ),
        (
            CellFaults.ResetOnState,
            (g, p, reset) => (Input(g, p) + (g.W * reset.PointwiseMultiply(p.s_prev))).PointwiseTanh()
        ),
        (
            CellFaults.ResetOnAll,
            (g, p, reset) => reset.PointwiseMultiply(Input(g, p) + Past(g, p) + g.b_W!).PointwiseTanh()
        ),
        (
            CellFaults.SecondBiasMissing,
            (g, p, reset) => (Input(g, p) + reset.PointwiseMultiply(Past(g, p))).PointwiseTanh()
        ),
        (
            CellFaults.SecondBiasOutside,
            (g, p, reset) => (Input(g, p) + reset.PointwiseMultiply(Past(g, p)) + g.b_W!).PointwiseTanh()
        ),
        (
            CellFaults.ResetInverted,
            (g, p, reset) => (Input(g, p) + (1 - reset).PointwiseMultiply(Past(g, p) + g.b_W!)).PointwiseTanh()
        ),
        (
            CellFaults.KeepForReset,
            (g, p, _) =>
                (
                    Input(g, p) + Gate.Sigmoid(p.Gates[0].Sum(p.x_i, p.s_prev)).PointwiseMultiply(Past(g, p) + g.b_W!)
                ).PointwiseTanh()
        ),
        (
            CellFaults.ResetOnCandidate,
            (g, p, reset) => reset.PointwiseMultiply((Input(g, p) + Past(g, p) + g.b_W!).PointwiseTanh())
        ),
        (
            CellFaults.FirstBiasMissing,
            (g, p, reset) => ((g.U * p.x_i) + reset.PointwiseMultiply(Past(g, p) + g.b_W!)).PointwiseTanh()
        ),
        (
            CellFaults.FirstBiasInside,
            (g, p, reset) => ((g.U * p.x_i) + reset.PointwiseMultiply(Past(g, p) + g.b + g.b_W!)).PointwiseTanh()
        ),
        (CellFaults.CandidateNotSquashed, (g, p, reset) => Input(g, p) + reset.PointwiseMultiply(Past(g, p) + g.b_W!)),
        (
            CellFaults.CandidateSigmoid,
            (g, p, reset) => Gate.Sigmoid(Input(g, p) + reset.PointwiseMultiply(Past(g, p) + g.b_W!))
        ),
    ];

    // From the opened keep gate, the old state and the candidate to the new state.
    private static readonly (
        Finding? Fault,
        Func<Vector<double>, Vector<double>, Vector<double>, Vector<double>> Of
    )[] Mixtures =
    [
        (null, (keep, old, candidate) => keep.PointwiseMultiply(old) + (1 - keep).PointwiseMultiply(candidate)),
        (
            CellFaults.Inverted,
            (keep, old, candidate) => (1 - keep).PointwiseMultiply(old) + keep.PointwiseMultiply(candidate)
        ),
        (CellFaults.OldNotMixed, (keep, old, candidate) => old + (1 - keep).PointwiseMultiply(candidate)),
        (CellFaults.NewNotMixed, (keep, old, candidate) => keep.PointwiseMultiply(old) + candidate),
        (
            CellFaults.BothKept,
            (keep, old, candidate) => keep.PointwiseMultiply(old) + keep.PointwiseMultiply(candidate)
        ),
        (CellFaults.OldLeftOut, (keep, _, candidate) => (1 - keep).PointwiseMultiply(candidate)),
        (CellFaults.OldLeftOut, (_, _, candidate) => candidate),
    ];

    private static readonly Finding GatesSwapped = CellFaults.Swapped("keep", "reset") with
    {
        More = "keep mixes the old state with the candidate; reset works inside the candidate.",
    };

    /// <summary>Whether it is the result of the given, uncorrected step: without the reset gate, and with the keep gate
    /// reversed.</summary>
    public static bool IsAsGiven(GateInputs p, Vector<double> s_i) =>
        Quantity.Of("s_i", s_i).IsNear(Quantity.Of("s_i", Step(p, 1, 1, Gate.Sigmoid)));

    /// <summary>The fault of a step's result, or null.</summary>
    public static Finding? Fault(GateInputs p, Vector<double> s_i)
    {
        var (given, right) = (Quantity.Of("s_i", s_i), Quantity.Of("s_i", Step(p, 0, 0, Gate.Sigmoid)));
        bool Is(Vector<double> state) => given.IsNear(Quantity.Of("s_i", state));
        if (given.IsNear(right))
        {
            return null;
        }

        if (given.FaultOfForm(right) is { } form)
        {
            return form;
        }

        if (Is(Step(p, 0, 0, Gate.Sigmoid, swapped: true)))
        {
            return GatesSwapped;
        }

        if (Is(MixedByReset(p)))
        {
            return CellFaults.ResetForKeep;
        }

        if (Is(Step(p, 0, 0, a => a.PointwiseTanh())))
        {
            return CellFaults.GateTanh;
        }

        if (Is(Step(p, 0, 0, a => a)))
        {
            return CellFaults.GatesNotSquashed;
        }

        for (var mixture = 0; mixture < Mixtures.Length; mixture++)
        {
            for (var candidate = 0; candidate < Candidates.Length; candidate++)
            {
                if (Is(Step(p, candidate, mixture, Gate.Sigmoid)))
                {
                    return Mixtures[mixture].Fault ?? Candidates[candidate].Fault;
                }
            }
        }

        return AsData.Diagnose(() => p.Given(Names), [("s_i", given.Values)]) ?? given.FaultOfValue(right, Texts14.Gru);
    }

    private static Vector<double> Step(
        GateInputs p,
        int candidate,
        int mixture,
        Func<Vector<double>, Vector<double>> open,
        bool swapped = false
    )
    {
        Vector<double> Opened(int k) => open(p.Gates[k].Sum(p.x_i, p.s_prev));
        var (keep, reset) = swapped ? (Opened(1), Opened(0)) : (Opened(0), Opened(1));
        return Mixtures[mixture].Of(keep, p.s_prev, Candidates[candidate].Of(p.Gates[2], p, reset));
    }

    private static Vector<double> MixedByReset(GateInputs p)
    {
        var reset = Gate.Sigmoid(p.Gates[1].Sum(p.x_i, p.s_prev));
        return Mixtures[0].Of(reset, p.s_prev, Candidates[0].Of(p.Gates[2], p, reset));
    }

    private static Vector<double> Input(Gate g, GateInputs p) => (g.U * p.x_i) + g.b;

    private static Vector<double> Past(Gate g, GateInputs p) => g.W * p.s_prev;
}
