using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Lesson06;
using RnnCourse.Exercises.Lesson07;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly int[] LengthsOfMany = [3, 5, 1, 0, 4];

    /// <summary>The outputs of a recurrent network over several independent sequences.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="sequences">The sequences, each a list of inputs of shape (D).</param>
    /// <returns>For each sequence its outputs, each of shape (K).</returns>
    public delegate IReadOnlyList<IReadOnlyList<Vector<double>>> ManyMethod(
        VanillaRnn rnn,
        IReadOnlyList<IReadOnlyList<Vector<double>>> sequences
    );

    /// <summary>Checks that sequences are read independently: each starts from s_0, regardless of the sequences before
    /// it.</summary>
    /// <param name="predictAll">The learner's method: from sequences of inputs of shape (D) to as many lists of outputs
    /// of shape (K).</param>
    public static Feedback ManySequences(ManyMethod? predictAll) =>
        Attempt.Judge(
            Texts07.Many,
            predictAll,
            () =>
            {
                var net = SampleNetwork.Recurrent();
                IReadOnlyList<IReadOnlyList<Vector<double>>> all =
                [
                    .. LengthsOfMany.Select((n, k) => SampleNetwork.Inputs(net.U.ColumnCount, n, 50 + (ulong)k)),
                ];
                var hand = new ArgumentCopies();
                var given =
                    Attempt.Call(
                        "for five sequences",
                        () => predictAll!(hand.Copy(net), [.. all.Select(x => hand.Copy("an input", x))])
                    ) ?? throw Attempt.Blank();
                given = Attempt.Watched("for five sequences", given);
                if (given.Count != all.Count)
                {
                    return ManySequencesFaults.Count(given.Count, all.Count);
                }

                var end = net.s_0;
                for (var k = 0; k < all.Count; k++)
                {
                    var outputs = Attempt.Watched("for five sequences", given[k]);
                    if (RunDiagnosis.Fault(net, all[k], net.s_0, null, outputs, Texts07.Many) is { } fault)
                    {
                        return
                            k > 0
                            && outputs is not null
                            && RunDiagnosis.Matches(
                                RunDiagnosis.Compute(net, all[k], end, StepFormula.Right),
                                [],
                                [.. outputs]
                            )
                            ? ManySequencesFaults.StateShared
                            : fault with
                            {
                                What = $"Sequence {k + 1}: {fault.What}",
                            };
                    }

                    end = RunDiagnosis.Compute(net, all[k], end, StepFormula.Right).s[^1];
                }

                return hand.Fault();
            }
        );
}

/// <summary>Known mistakes in reading several sequences.</summary>
internal static class ManySequencesFaults
{
    public static Finding Count(int given, int sequences) =>
        new(
            "count",
            $"For {sequences} sequences the method returns {given} {(given == 1 ? "list" : "lists")} of "
                + "outputs. It should be one list for each sequence.",
            "Where does a new list begin, and where is it finished?",
            "Make the list of outputs inside the loop over the sequences, and add it to the result at "
                + "the end of each turn. A sequence of length 0 has an empty one."
        );

    public static Finding StateShared { get; } =
        new(
            "state-shared-across-sequences",
            "The first sequence is right; each later one starts from the state in which the one before ended.",
            "The sequences have nothing to do with each other. Where does the state go back to s_0?",
            "Set the state to s_0 within the loop over the sequences, before the loop over the steps."
        );
}
