using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson08;

/// <summary>Finds why gradients are wrong, by making the known mistakes on purpose.</summary>
internal static class BackwardDiagnosis
{
    private static readonly BackwardFault[] All = Enum.GetValues<BackwardFault>();

    // Their messages are about all gradients, so they don't explain a single one.
    private static readonly BackwardFault[] OfAllGradients =
    [
        BackwardFault.DividedBySteps,
        BackwardFault.DividedByReadSteps,
        BackwardFault.SignFlipped,
    ];
    private static readonly Computation AllGradients = new Backpropagation("i").AllGradients();
    private static readonly BackwardFormula Right = new();
    private static readonly BackwardFormula[] One = [.. All.Select(fault => new BackwardFormula(fault))];
    private static readonly BackwardFormula[] OfSome =
    [
        .. All.Except(OfAllGradients).Select(fault => new BackwardFormula(fault)),
    ];
    private static readonly BackwardFormula[] Two =
    [
        .. from first in All from second in All where first < second select new BackwardFormula(first, second),
    ];

    /// <summary>The fault of the given gradients (in the order dU, dW, dV, db, dc, ds_0), or null.</summary>
    public static Finding? Fault(
        VanillaRnn net,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        IReadOnlyList<Quantity> given,
        Exercise exercise
    )
    {
        var right = Right.Compute(net, trace, targets);
        var first = FirstDifference(given, right);
        if (first is null)
        {
            return null;
        }

        if (
            given.Zip(right, (own, other) => own.FaultOfForm(other)).FirstOrDefault(fault => fault is not null) is
            { } form
        )
        {
            return form;
        }

        bool Explains(BackwardFormula formula) => FirstDifference(given, formula.Compute(net, trace, targets)) is null;
        if ((One.FirstOrDefault(Explains) ?? Two.FirstOrDefault(Explains)) is { } formula)
        {
            return BackwardFaults.Of(formula.Faults.First());
        }

        if (AllGradients.Diagnose(() => Given(net, trace, targets), Named(given)) is { } slip)
        {
            return slip;
        }

        // No formula explains everything, so the first wrong gradient is reported, in the order of the chain rule.
        foreach (var k in new[] { 4, 2, 3, 0, 1, 5 })
        {
            if (given[k].IsNear(right[k]))
            {
                continue;
            }

            var suspect = OfSome.FirstOrDefault(formula => given[k].IsNear(formula.Compute(net, trace, targets)[k]));
            return suspect is not null
                ? BackwardFaults.Of(suspect.Faults.First())
                : given[k].FaultOfValue(right[k], exercise);
        }

        return null;
    }

    /// <summary>The given values of backpropagation.</summary>
    public static Memory Given(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets) =>
        Backpropagation.Given(
            [
                ("U", net.U),
                ("W", net.W),
                ("V", net.V),
                ("b", net.b.ToColumnMatrix()),
                ("c", net.c.ToColumnMatrix()),
                ("start", net.s_0.ToColumnMatrix()),
            ],
            [.. trace.x.Select(x_i => x_i.ToColumnMatrix())],
            [.. trace.s.Select(s_i => s_i.ToColumnMatrix())],
            [.. trace.y.Zip(targets, (y_i, t_i) => CrossEntropy.ScoreGradient(y_i, t_i).ToColumnMatrix())]
        );

    private static IReadOnlyList<(string Name, double[] Values)> Named(IReadOnlyList<Quantity> given) =>
        [.. given.Select(quantity => (quantity.Name, quantity.Values))];

    private static string? FirstDifference(IReadOnlyList<Quantity> given, IReadOnlyList<Quantity> expected) =>
        given
            .Zip(expected)
            .Where(pair => !pair.First.IsNear(pair.Second))
            .Select(pair => pair.First.Name)
            .FirstOrDefault();
}
