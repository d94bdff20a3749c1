using RnnCourse.Core;
using RnnCourse.Exercises.Lesson09;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Backpropagation through time over a batch, in matrices.</summary>
    /// <param name="rnn">The network, for its W and V.</param>
    /// <param name="trace">The trace of <see cref="BatchedRnn.Forward"/>: X (D, T·B), S (H, (T + 1)·B), Y (K, T·B),
    /// Targets (K, T·B).</param>
    /// <returns>The gradients of the loss summed over all sequences, each of the shape of its parameter.</returns>
    public delegate VanillaRnn.Gradients BatchedBackwardMethod(VanillaRnn rnn, BatchedRnn.Trace trace);

    /// <summary>Checks the corrected backward pass a.</summary>
    /// <param name="backward">The learner's method.</param>
    public static Feedback MendedPassA(BatchedBackwardMethod? backward) => MendedPass(Texts09.PassA, backward);

    /// <summary>Checks the corrected backward pass b.</summary>
    /// <param name="backward">The learner's method.</param>
    public static Feedback MendedPassB(BatchedBackwardMethod? backward) => MendedPass(Texts09.PassB, backward);

    /// <summary>Checks the corrected backward pass c.</summary>
    /// <param name="backward">The learner's method.</param>
    public static Feedback MendedPassC(BatchedBackwardMethod? backward) => MendedPass(Texts09.PassC, backward);

    /// <summary>Checks the corrected backward pass d.</summary>
    /// <param name="backward">The learner's method.</param>
    public static Feedback MendedPassD(BatchedBackwardMethod? backward) => MendedPass(Texts09.PassD, backward);

    private static Feedback MendedPass(Exercise exercise, BatchedBackwardMethod? backward) =>
        Attempt.Judge(
            exercise,
            backward,
            () =>
            {
                // two sequences, of which the first is padded and has an unread output; one sequence; one step. Never
                // as many as a state has numbers: a block lying on its side must not fit.
                foreach (
                    var lengths in new int?[][][]
                    {
                        [
                            [1, null],
                            [2, 0, 4, 1],
                        ],
                        [
                            [2, 4, 0],
                        ],
                        [
                            [3],
                            [1],
                        ],
                    }
                )
                {
                    if (BatchFault(exercise, backward!, SampleNetwork.Recurrent(), lengths) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );

    private static Finding? BatchFault(
        Exercise exercise,
        BatchedBackwardMethod backward,
        VanillaRnn net,
        int?[][] targets
    )
    {
        var sequences = targets
            .Select(
                (classes, m) =>
                    new GradientDescent.Example(
                        SampleNetwork.Inputs(net.U.ColumnCount, classes.Length, 90 + (ulong)m),
                        classes
                    )
            )
            .ToList();
        var trace = BatchedRnn.Forward(net, sequences);
        var hand = new ArgumentCopies();
        var copy = trace with
        {
            X = hand.Copy("trace.X", trace.X),
            S = hand.Copy("trace.S", trace.S),
            Y = hand.Copy("trace.Y", trace.Y),
            Targets = hand.Copy("trace.Targets", trace.Targets),
        };
        var g =
            Attempt.Call(
                $"for a batch of {sequences.Count} sequences and {trace.T} steps",
                () => backward(hand.Copy(net), copy)
            ) ?? throw Attempt.Blank();
        var parts = new (string Name, object? Value)[]
        {
            ("dU", g.dU),
            ("dW", g.dW),
            ("dV", g.dV),
            ("db", g.db),
            ("dc", g.dc),
            ("ds_0", g.ds_0),
        };
        if (parts.FirstOrDefault(part => part.Value is null).Name is { } missing)
        {
            return Findings.Missing(missing);
        }

        return hand.Fault()
            ?? BatchDiagnosis.Fault(
                net,
                sequences,
                [
                    Quantity.Of("dU", g.dU),
                    Quantity.Of("dW", g.dW),
                    Quantity.Of("dV", g.dV),
                    Quantity.Of("db", g.db),
                    Quantity.Of("dc", g.dc),
                    Quantity.Of("ds_0", g.ds_0),
                ],
                exercise
            );
    }
}
