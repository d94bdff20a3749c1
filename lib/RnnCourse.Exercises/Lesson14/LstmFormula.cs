using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson14;

/// <summary>The LSTM's step with any of its parts right or wrong, to compare with a wrong answer.</summary>
internal sealed class LstmFormula
{
    public static readonly string[] Names = ["keep", "add", "show", "candidate"];

    private static readonly Computation AsData = new(
        ["keep_i", "add_i", "show_i", "candidate_i", "s_prev", "c_prev", "c_i", "x_i", "s_i"],
        new Line("keep_i", Functions.Sigmoid(GateInputs.SumOf("keep", Names))),
        new Line("add_i", Functions.Sigmoid(GateInputs.SumOf("add", Names))),
        new Line("show_i", Functions.Sigmoid(GateInputs.SumOf("show", Names))),
        new Line("candidate_i", Functions.Tanh(GateInputs.SumOf("candidate", Names))),
        new Line(
            "c_i",
            new Name("keep_i").Times(new Name("c_prev")) + new Name("add_i").Times(new Name("candidate_i"))
        ),
        new Line("s_i", new Name("show_i").Times(Functions.Tanh(new Name("c_i"))))
    );

    private static readonly (Finding Fault, LstmFormula Formula)[] Suspects =
    [
        (CellFaults.Swapped("keep", "add"), new() { Order = [1, 0, 2] }),
        (CellFaults.Swapped("keep", "show"), new() { Order = [2, 1, 0] }),
        (CellFaults.Swapped("add", "show"), new() { Order = [0, 2, 1] }),
        (CellFaults.KeepMissing, new() { Kept = (p, _) => p.c_prev }),
        (CellFaults.AddMissing, new() { Added = (_, _, candidate) => candidate }),
        (CellFaults.Coupled, new() { Added = (keep, _, candidate) => (1 - keep).PointwiseMultiply(candidate) }),
        (CellFaults.StateForCell, new() { Kept = (p, keep) => keep.PointwiseMultiply(p.s_prev) }),
        (CellFaults.CellForState, new() { Seen = p => p.c_prev }),
        (CellFaults.CandidateSigmoid, new() { Squash = Gate.Sigmoid }),
        (CellFaults.GateTanh, new() { Open = a => a.PointwiseTanh() }),
        (CellFaults.GatesNotSquashed, new() { Open = a => a }),
        (CellFaults.ShowMissing, new() { Shown = (_, _, c_i) => c_i.PointwiseTanh() }),
        (CellFaults.TanhOfCellMissing, new() { Shown = (_, show, c_i) => show.PointwiseMultiply(c_i) }),
        (CellFaults.KeepInvertedInCell, new() { Kept = (p, keep) => (1 - keep).PointwiseMultiply(p.c_prev) }),
        (CellFaults.Subtracted, new() { Added = (_, add, candidate) => -add.PointwiseMultiply(candidate) }),
        (CellFaults.CandidateNotSquashed, new() { Squash = a => a }),
        (CellFaults.TanhOutside, new() { Shown = (_, show, c_i) => show.PointwiseMultiply(c_i).PointwiseTanh() }),
        (CellFaults.CellSigmoid, new() { Shown = (_, show, c_i) => show.PointwiseMultiply(Gate.Sigmoid(c_i)) }),
        (CellFaults.OldStateMissing, new() { Seen = p => 0 * p.s_prev }),
        (CellFaults.BiasesMissing, new() { Made = gate => gate with { b = 0 * gate.b } }),
        (CellFaults.Transposed, new() { Made = gate => gate with { W = gate.W.Transpose() } }),
        (CellFaults.InPlaceOf("keep", "add"), new() { Order = [0, 0, 2] }),
        (CellFaults.InPlaceOf("keep", "show"), new() { Order = [0, 1, 0] }),
        (CellFaults.InPlaceOf("add", "keep"), new() { Order = [1, 1, 2] }),
        (CellFaults.InPlaceOf("add", "show"), new() { Order = [0, 1, 1] }),
        (CellFaults.InPlaceOf("show", "keep"), new() { Order = [2, 1, 2] }),
        (CellFaults.InPlaceOf("show", "add"), new() { Order = [0, 2, 2] }),
        (CellFaults.OldCellShown, new() { Shown = (p, show, _) => show.PointwiseMultiply(p.c_prev.PointwiseTanh()) }),
    ];

    private Func<Vector<double>, Vector<double>> Open { get; init; } = Gate.Sigmoid;

    private Func<Vector<double>, Vector<double>> Squash { get; init; } = a => a.PointwiseTanh();

    // Which of the four sets of parameters is used as keep, as add, as show and, where a fourth is given, as the
    // candidate.
    private int[] Order { get; init; } = [0, 1, 2];

    private Func<Gate, Gate> Made { get; init; } = gate => gate;

    private Func<GateInputs, Vector<double>> Seen { get; init; } = p => p.s_prev;

    private Func<GateInputs, Vector<double>, Vector<double>> Kept { get; init; } =
        (p, keep) => keep.PointwiseMultiply(p.c_prev);

    private Func<Vector<double>, Vector<double>, Vector<double>, Vector<double>> Added { get; init; } =
        (_, add, candidate) => add.PointwiseMultiply(candidate);

    private Func<GateInputs, Vector<double>, Vector<double>, Vector<double>> Shown { get; init; } =
        (_, show, c_i) => show.PointwiseMultiply(c_i.PointwiseTanh());

    /// <summary>The fault of a step's results, or null.</summary>
    public static Finding? Fault(GateInputs p, Vector<double> s_i, Vector<double> c_i)
    {
        var (s, c) = new LstmFormula().Step(p);
        var (state, cell) = (Quantity.Of("s_i", s_i), Quantity.Of("c_i", c_i));
        var (rightState, rightCell) = (Quantity.Of("s_i", s), Quantity.Of("c_i", c));
        bool Is((Vector<double> s_i, Vector<double> c_i) other) =>
            state.IsNear(Quantity.Of("s_i", other.s_i)) && cell.IsNear(Quantity.Of("c_i", other.c_i));
        return Is((s, c))
            ? null
            : cell.FaultOfForm(rightCell)
                ?? state.FaultOfForm(rightState)
                ?? (
                    Is((c, s))
                        ? CellFaults.Returned
                        : Suspects.FirstOrDefault(suspect => Is(suspect.Formula.Step(p))).Fault
                )
                ?? (
                    Orders().Any(order => Is(new LstmFormula { Order = order }.Step(p)))
                        ? CellFaults.GatesMixedUp
                        : null
                )
                ?? (
                    state.IsNear(rightState)
                    && new[] { s, c.PointwiseTanh(), p.c_prev }.Any(other => cell.IsNear(Quantity.Of("c_i", other)))
                        ? CellFaults.CellNotReturned
                        : null
                )
                ?? AsData.Diagnose(() => p.Given(Names), [("s_i", state.Values), ("c_i", cell.Values)])
                ?? (
                    cell.IsNear(rightCell)
                        ? state.FaultOfValue(rightState, Texts14.Lstm)
                        : cell.FaultOfValue(rightCell, Texts14.Lstm)
                );
    }

    private static IEnumerable<int[]> Orders() =>
        Enumerable
            .Range(0, 256)
            .Select(n => new[] { n / 64, n / 16 % 4, n / 4 % 4, n % 4 })
            .Where(order => order.Distinct().Count() > 2);

    private (Vector<double> s_i, Vector<double> c_i) Step(GateInputs p)
    {
        Vector<double> Sum(int k) => Made(p.Gates[k]).Sum(p.x_i, Seen(p));
        var (keep, add, show) = (Open(Sum(Order[0])), Open(Sum(Order[1])), Open(Sum(Order[2])));
        var c_i = Kept(p, keep) + Added(keep, add, Squash(Sum(Order is [_, _, _, var candidate] ? candidate : 3)));
        return (Shown(p, show, c_i), c_i);
    }
}
