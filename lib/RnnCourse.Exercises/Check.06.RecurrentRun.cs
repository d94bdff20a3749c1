using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Lesson06;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly int[] OtherLengths = [1, 0, Criteria06.LongSequence];

    /// <summary>A recurrent network over a whole sequence, written by hand.</summary>
    /// <param name="rnn">The network, for its U, W, V, b, c.</param>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D); n may be 0.</param>
    /// <param name="s_0">The state to start from, shape (H).</param>
    /// <returns>The states s_1 … s_n (or s_0 … s_n), each of shape (H), and the outputs y_1 … y_n, each of shape
    /// (K).</returns>
    public delegate (IReadOnlyList<Vector<double>> s, IReadOnlyList<Vector<double>> y) RunMethod(
        VanillaRnn rnn,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s_0
    );

    /// <summary>The outputs of a recurrent network over a whole sequence.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D); n may be 0.</param>
    /// <returns>The outputs y_1 … y_n, each of shape (K).</returns>
    public delegate IReadOnlyList<Vector<double>> PredictMethod(VanillaRnn rnn, IReadOnlyList<Vector<double>> x);

    /// <summary>Checks a recurrent network that was written by hand: all states and outputs, for sequences of 0, 1, 5
    /// and 100 inputs.</summary>
    /// <param name="run">The learner's method: from n inputs of shape (D) to states of shape (H) and outputs of shape
    /// (K).</param>
    public static Feedback RecurrentRun(RunMethod? run) =>
        Attempt.Judge(
            Texts06.Run,
            run,
            () =>
                RunFault(
                    Texts06.Run,
                    (net, x, s_0) =>
                    {
                        var (s, y) = run!(net, x, s_0);
                        return s is null && y is null ? throw Attempt.Blank() : (s ?? [], y);
                    },
                    ownStart: true
                )
        );

    /// <summary>Checks the corrected method of the exercise on the forgotten state: the outputs for sequences of 0, 1,
    /// 5 and 100 inputs.</summary>
    /// <param name="predict">The learner's method: from n inputs of shape (D) to n outputs of shape (K).</param>
    public static Feedback MendedPredict(PredictMethod? predict) =>
        Attempt.Judge(
            Texts06.Mended,
            predict,
            () =>
                RunFault(
                    Texts06.Mended,
                    (net, x, _) => (null, predict!(net, x) ?? throw Attempt.Blank()),
                    ownStart: false
                )
        );

    private static Finding? RunFault(
        Exercise exercise,
        Func<
            VanillaRnn,
            IReadOnlyList<Vector<double>>,
            Vector<double>,
            (IReadOnlyList<Vector<double>>?, IReadOnlyList<Vector<double>>?)
        > run,
        bool ownStart
    )
    {
        var net = SampleNetwork.Recurrent();
        var start = ownStart ? SampleNetwork.Inputs(net.W.RowCount, 1, 11)[0] : net.s_0;
        Finding? Try(IReadOnlyList<Vector<double>> x)
        {
            var hand = new ArgumentCopies();
            var what = $"for a sequence of {Findings.Counted(x.Count, "input")}";
            var (s, y) = Attempt.Call(
                what,
                () => run(hand.Copy(net), hand.Copy("the list of inputs", x), hand.Copy("s_0", start))
            );
            return hand.Fault() is { } changed
                ? changed.What.Contains("s_0", StringComparison.Ordinal)
                    ? RunFaults.StartOverwritten
                    : changed
                : RunDiagnosis.Fault(net, x, start, Attempt.Watched(what, s), Attempt.Watched(what, y), exercise);
        }

        IReadOnlyList<Vector<double>> Sequence(int n) => SampleNetwork.Inputs(net.U.ColumnCount, n, 12);
        var first = Try(Sequence(5));
        var again = Try(Sequence(5));
        if (first?.What != again?.What)
        {
            return RunFaults.NotReset; // the same question, another answer
        }

        if (first is not null)
        {
            return first;
        }

        foreach (var n in OtherLengths)
        {
            if (Try(Sequence(n)) is { } other)
            {
                return RunFaults.AtLength(n, other);
            }
        }

        return null;
    }
}
