using RnnCourse.Core;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Backpropagation through time, written by hand.</summary>
    /// <param name="rnn">The network, for its W and V.</param>
    /// <param name="trace">The trace of its forward pass: x of shape (D) each, s of shape (H) each, from s_0, and y of
    /// shape (K) each.</param>
    /// <param name="targets">The right class at each step, n of them; null if the output is not read.</param>
    /// <returns>dU, dW, dV, db, dc and ds_0, each of the shape of its parameter.</returns>
    public delegate VanillaRnn.Gradients BackwardMethod(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets
    );

    /// <summary>Checks a backward pass: the gradients of the loss, summed over the steps that are read, with respect to
    /// all six parameters.</summary>
    /// <param name="backward">The learner's method. Its gradients have the shapes (H, D), (H, H), (K, H), (H), (K) and
    /// (H).</param>
    public static Feedback Backward(BackwardMethod? backward)
    {
        var table = new ComparisonTable();
        return Attempt.Judge(
            Texts08.Backward,
            backward,
            () =>
            {
                var net = SampleNetwork.Recurrent();
                foreach (var targets in new int?[][] { [2, 0, null, 4, 1], [1, null, 3], [3], [], [null, null] })
                {
                    if (Fault(backward!, net, targets, targets.Length == 5 ? table : null) is { } fault)
                    {
                        return targets.Length >= 3
                            ? fault
                            : fault with
                            {
                                What =
                                    $"For {targets.Length} "
                                    + $"inputs{(targets.Length == 2 ? ", with unread outputs" : "")}: {fault.What}",
                            };
                    }
                }

                return Fault(backward!, SampleNetwork.WithZeros(), [2, 0, 1], null)
                    ?? Fault(backward!, SampleNetwork.WithZeros(), [], null);
            },
            table
        );
    }

    private static Finding? Fault(BackwardMethod backward, VanillaRnn net, int?[] targets, ComparisonTable? table)
    {
        var trace = net.Forward(SampleNetwork.Inputs(net.U.ColumnCount, targets.Length, 31));
        var hand = new ArgumentCopies();
        var copy = new VanillaRnn.Trace(
            hand.Copy("trace.x", trace.x),
            hand.Copy("trace.s", trace.s),
            hand.Copy("trace.y", trace.y)
        );
        var g = Attempt.Call(
            $"for a sequence of {targets.Length} inputs",
            () => backward(hand.Copy(net), copy, hand.Copy("the targets", targets))
        );
        if (g is null)
        {
            throw Attempt.Blank();
        }

        var missing = new (string Name, object? Value)[]
        {
            ("dU", g.dU),
            ("dW", g.dW),
            ("dV", g.dV),
            ("db", g.db),
            ("dc", g.dc),
            ("ds_0", g.ds_0),
        }
            .Where(pair => pair.Value is null)
            .Select(pair => pair.Name)
            .FirstOrDefault();
        if (missing is not null)
        {
            return Findings.Missing(missing);
        }

        Quantity[] given =
        [
            Quantity.Of("dU", g.dU),
            Quantity.Of("dW", g.dW),
            Quantity.Of("dV", g.dV),
            Quantity.Of("db", g.db),
            Quantity.Of("dc", g.dc),
            Quantity.Of("ds_0", g.ds_0),
        ];
        foreach (var (own, right) in given.Zip(Outcomes.Parts(net.Backward(trace, targets))))
        {
            table?.Compare(own, right);
        }

        return hand.Fault() ?? BackwardDiagnosis.Fault(net, trace, targets, given, Texts08.Backward);
    }
}
