using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises.Lesson09;

/// <summary>Finds why the gradients of a batch are wrong. A batch's gradient is the sum of its sequences' gradients, so
/// the known mistakes for one sequence from lesson 08 apply here, too; this class adds those that are possible only
/// with a batch.</summary>
internal static class BatchDiagnosis
{
    private static readonly BackwardFault[] Known = Enum.GetValues<BackwardFault>();

    private static readonly Computation AllGradients = new Backpropagation("t").OfBatch();

    // Their messages are about all gradients, so they don't explain a single one.
    private static readonly BackwardFault[] OfAllGradients =
    [
        BackwardFault.DividedBySteps,
        BackwardFault.DividedByReadSteps,
        BackwardFault.SignFlipped,
    ];

    /// <summary>The fault of the given gradients (in the order dU, dW, dV, db, dc, ds_0), or null.</summary>
    public static Finding? Fault(
        VanillaRnn net,
        IReadOnlyList<GradientDescent.Example> sequences,
        IReadOnlyList<Quantity> given,
        Exercise exercise
    )
    {
        var padded = Padded(sequences);
        var traces = padded.Select(sequence => net.Forward(sequence.x)).ToList();
        IReadOnlyList<Quantity> Compute(params IReadOnlyCollection<BackwardFault> faults) =>
            Sum([
                .. traces.Zip(
                    padded,
                    (trace, sequence) => new BackwardFormula(faults).Compute(net, trace, sequence.targets)
                ),
            ]);
        bool Is(IReadOnlyList<Quantity> expected) => given.Zip(expected).All(pair => pair.First.IsNear(pair.Second));

        var right = Compute();
        if (Is(right))
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

        foreach (var fault in Known)
        {
            if (Is(Compute(fault)))
            {
                return BatchFaults.Of(fault);
            }
        }

        var B = sequences.Count;
        if (B > 1 && Is(Scaled(right, 1.0 / B)))
        {
            return BatchFaults.DividedByBatch;
        }

        if (B > 1 && traces.Select((trace, m) => new BackwardFormula().Compute(net, trace, padded[m].targets)).Any(Is))
        {
            return BatchFaults.OneSequenceOnly;
        }

        foreach (var first in Known)
        {
            foreach (var second in Known)
            {
                if (first < second && Is(Compute(first, second)))
                {
                    return BatchFaults.Of(first);
                }
            }
        }

        if (
            AllGradients.Diagnose(
                () => Given(net, traces, padded),
                [.. given.Select(quantity => (quantity.Name, quantity.Values))]
            ) is
            { } slip
        )
        {
            return slip;
        }

        // The first wrong gradient, in the order of the chain rule.
        foreach (var k in new[] { 4, 2, 3, 0, 1, 5 })
        {
            if (given[k].IsNear(right[k]))
            {
                continue;
            }

            foreach (var fault in Known.Except(OfAllGradients))
            {
                if (given[k].IsNear(Compute(fault)[k]))
                {
                    return BatchFaults.Of(fault);
                }
            }

            return given[k].FaultOfValue(right[k], exercise);
        }

        return null;
    }

    // A matrix for each step, a column for each sequence.
    private static Memory Given(VanillaRnn net, List<VanillaRnn.Trace> traces, List<GradientDescent.Example> sequences)
    {
        var T = traces[0].x.Count;
        Matrix<double> Columns(Func<int, Vector<double>> of) =>
            Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(0, traces.Count).Select(of));
        Matrix<double> Repeated(Vector<double> v) => Columns(_ => v);
        var memory = Backpropagation.Given(
            [
                ("U", net.U),
                ("W", net.W),
                ("V", net.V),
                ("b", net.b.ToColumnMatrix()),
                ("c", net.c.ToColumnMatrix()),
                ("start", Repeated(net.s_0)),
            ],
            [.. Enumerable.Range(0, T).Select(t => Columns(m => traces[m].x[t]))],
            [.. Enumerable.Range(0, T + 1).Select(t => Columns(m => traces[m].s[t]))],
            [
                .. Enumerable
                    .Range(0, T)
                    .Select(t => Columns(m => CrossEntropy.ScoreGradient(traces[m].y[t], sequences[m].targets[t]))),
            ]
        );
        for (var t = 1; t <= T; t++)
        {
            memory[$"targets[{t}]"] = Columns(m =>
                traces[m].y[t - 1] - CrossEntropy.ScoreGradient(traces[m].y[t - 1], sequences[m].targets[t - 1])
            );
        }

        return memory;
    }

    // As a batch holds them: filled up with inputs of zeros and outputs that are not read.
    private static List<GradientDescent.Example> Padded(IReadOnlyList<GradientDescent.Example> sequences)
    {
        var T = sequences.Max(sequence => sequence.x.Count);
        return
        [
            .. sequences.Select(sequence => new GradientDescent.Example(
                [.. sequence.x, .. Enumerable.Repeat(0 * sequence.x[0], T - sequence.x.Count)],
                [.. sequence.targets, .. Enumerable.Repeat((int?)null, T - sequence.x.Count)]
            )),
        ];
    }

    private static IReadOnlyList<Quantity> Sum(IReadOnlyList<IReadOnlyList<Quantity>> all) =>
        [
            .. all[0]
                .Select(
                    (quantity, k) =>
                        quantity with
                        {
                            Values = [.. quantity.Values.Select((_, i) => all.Sum(one => one[k].Values[i]))],
                        }
                ),
        ];

    private static IReadOnlyList<Quantity> Scaled(IReadOnlyList<Quantity> all, double factor) =>
        [.. all.Select(quantity => quantity with { Values = [.. quantity.Values.Select(value => factor * value)] })];
}
