using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson11;
using RnnCourse.Model;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly int[] Windows = [5, 3, 2, 1, 7, 20];
    private static readonly int[] OrthogonalSizes = [5, 1, 12];

    /// <summary>Checks the shortest window τ that contains both an output of the echo of lag 12 and the toss that it
    /// repeats, and a network that echoes. How the network was trained cannot be seen.</summary>
    /// <param name="tau">τ, in steps.</param>
    /// <param name="trained">The network, with D = K = 2.</param>
    public static Feedback WindowForLag12(int? tau, SequenceModel<float>? trained) =>
        Attempt.Judge(Texts11.Window, tau is null, () => Criteria11.Window.Fault((tau!.Value, trained)));

    /// <summary>Checks the gradient of W that is truncated at the borders of windows.</summary>
    /// <param name="truncated">The learner's method: from the network, the trace of a whole sequence (x of shape (D)
    /// each, s of shape (H) each, from s_0, y of shape (K) each), its targets and τ to dW, shape (H, H).</param>
    public static Feedback TruncatedGradient(
        Func<VanillaRnn, VanillaRnn.Trace, IReadOnlyList<int?>, int, Matrix<double>>? truncated
    ) =>
        Attempt.Judge(
            Texts11.Truncated,
            truncated,
            () =>
            {
                int?[] targets = [2, 0, null, 4, 1, 3, 0];
                foreach (
                    var (net, tau) in Windows
                        .Select(tau => (SampleNetwork.Recurrent(), tau))
                        .Append((SampleNetwork.WithZeros(), Windows[0]))
                )
                {
                    var trace = net.Forward(SampleNetwork.Inputs(net.U.ColumnCount, targets.Length, 81));
                    var hand = new ArgumentCopies();
                    var copy = new VanillaRnn.Trace(
                        hand.Copy("trace.x", trace.x),
                        hand.Copy("trace.s", trace.s),
                        hand.Copy("trace.y", trace.y)
                    );
                    var given =
                        Attempt.Call(
                            $"for seven steps and τ = {tau}",
                            () => truncated!(hand.Copy(net), copy, hand.Copy("the targets", targets), tau)
                        ) ?? throw Attempt.Blank();
                    if (
                        (
                            hand.Fault()
                            ?? TruncationDiagnosis.Fault(net, trace, targets, tau, Quantity.Of("dW", given))
                        ) is
                        { } fault
                    )
                    {
                        return fault with { What = $"For seven steps and τ = {tau}: {fault.What}" };
                    }
                }

                return null;
            }
        );

    /// <summary>Checks a method that makes orthogonal matrices.</summary>
    /// <param name="orthogonal">The learner's method: from the size H and a source of random numbers to a matrix of
    /// shape (H, H).</param>
    public static Feedback OrthogonalStart(Func<int, SeededRandom, Matrix<double>>? orthogonal) =>
        Attempt.Judge(
            Texts11.Orthogonal,
            orthogonal,
            () =>
            {
                foreach (var size in OrthogonalSizes)
                {
                    var Q =
                        Attempt.Call($"for the size {size}", () => orthogonal!(size, new SeededRandom(41)))
                        ?? throw Attempt.Blank();
                    var other =
                        Attempt.Call($"for the size {size}", () => orthogonal!(size, new SeededRandom(42)))
                        ?? throw Attempt.Blank();
                    if ((Q.RowCount, Q.ColumnCount) != (size, size))
                    {
                        return Findings.Shape(
                            "The matrix",
                            $"the shape ({size}, {size})",
                            $"the shape ({Q.RowCount}, {Q.ColumnCount})"
                        );
                    }

                    if (Q.Exists(value => !double.IsFinite(value)))
                    {
                        return Findings.NotFinite(
                            "An entry of the matrix",
                            Q.Enumerate().First(value => !double.IsFinite(value))
                        );
                    }

                    if (OrthogonalFaults.Of(Q, other) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );

    /// <summary>Finds why a network doesn't echo, or null if it does.</summary>
    internal static Finding? EchoFault(SequenceModel<float> trained, double least)
    {
        if (trained.Shape.InputSize != EchoTask.Symbols || trained.Shape.OutputSize != EchoTask.Symbols)
        {
            return Findings.Shape(
                "The network",
                "D = 2 and K = 2",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"D = {trained.Shape.InputSize} and K = {trained.Shape.OutputSize}"
                )
            );
        }

        var accuracy = EchoAccuracy(trained, Criteria11.Lag);
        return accuracy < least ? WindowFaults.NotLearnt(accuracy) : null;
    }

    // Over sequences that no one has trained on, each from the start.
    private static double EchoAccuracy(SequenceModel<float> model, int lag)
    {
        const int Steps = 200,
            Sequences = 16;
        var random = new SeededRandom(1112);
        var batch = SequenceBatch.OfSymbols<float>(EchoTask.Symbols);
        batch.Resize(Steps, Sequences);
        for (var m = 0; m < Sequences; m++)
        {
            var (symbols, targets) = EchoTask.Draw(lag, Steps, random);
            for (var t = 0; t < Steps; t++)
            {
                (batch.Symbols[(t * Sequences) + m], batch.Targets[(t * Sequences) + m]) = (symbols[t], targets[t]);
            }
        }

        var scores = model.Twin().Forward(batch);
        var (right, read) = (0, 0);
        for (var column = 0; column < batch.Columns; column++)
        {
            if (batch.Targets[column] < 0)
            {
                continue;
            }

            read++;
            if ((scores[(2 * column) + 1] > scores[2 * column] ? 1 : 0) == batch.Targets[column])
            {
                right++;
            }
        }

        return (double)right / read;
    }
}
