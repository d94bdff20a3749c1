using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.Lesson09;

/// <summary>The wrong answers that the checks of lesson 09 know, each with its own words, and right ones in other
/// forms.</summary>
public sealed class Lesson09Tests : AnswersTests<Lesson09Tests>, IAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["by-sequence"] = () => Check.ProductCount((T, B) => ((2 * T) + 6) * B),
            ["by-sequence/loops"] = () => Check.ProductCount((T, B) => 2 * T * B),
            ["gradients-missing/all"] = () => Check.ProductCount((T, B) => 2 * T),
            ["by-step"] = () => Check.ProductCount((T, B) => 8 * T),
            ["forward-only"] = () => Check.ProductCount((T, B) => T + 2),
            ["gradients-missing"] = () => Check.ProductCount((T, B) => (2 * T) + 3),
            ["dw-by-step"] = () => Check.ProductCount((T, B) => (3 * T) + 5),
            ["count-differs"] = () => Check.ProductCount((T, B) => (5 * T) + B),
            ["threw/count"] = () => Check.ProductCount((T, B) => T / (B - B)),
            ["sequence-after-sequence"] = () => Check.BatchColumn((t, m, T, B) => (m * T) + t - 1),
            ["one-block-late"] = () => Check.BatchColumn((t, m, T, B) => (t * B) + m),
            ["one-column-off"] = () => Check.BatchColumn((t, m, T, B) => ((t - 1) * B) + m - 1),
            ["block-of-T"] = () => Check.BatchColumn((t, m, T, B) => ((t - 1) * T) + m),
            ["returned/column"] = () => Check.BatchColumn((t, m, T, B) => t + m),
            ["new-state-in-w"] = () => Check.MendedPassA(Pass(previous: (S, T, B) => BatchedRnn.Blocks(S, 1, T, B))),
            ["w-not-transposed"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => rnn.W * da)),
            ["passed-before-tanh/batch"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => rnn.W.Transpose() * ds)),
            ["passed-without-w/batch"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => da)),
            ["next-missing/batch"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => 0 * da)),
            ["shapes/block on its side"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => da.Transpose() * rnn.W)),
            ["b-overwritten"] = () =>
                Check.MendedPassC(Pass(bias: (dA, T, B) => BatchedRnn.Blocks(dA, 0, 1, B).RowSums())),
            ["db-forgotten/batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => 0 * dA.RowSums())),
            ["scaled/one gradient of a batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => dA.RowSums() / T)),
            ["unread-counted"] = () => Check.MendedPassD(Pass(scores: (Y, targets) => Y - targets)),
            ["sign-flipped/batch"] = () =>
                Check.MendedPassD(Pass(scores: (Y, targets) => -BatchedRnn.ScoreGradients(Y, targets))),
            ["slope-missing/batch"] = () => Check.MendedPassA(Pass(slope: s => (0 * s) + 1)),
            ["slope-without-square/batch"] = () => Check.MendedPassA(Pass(slope: s => 1 - s)),
            ["previous-state-in-v/batch"] = () =>
                Check.MendedPassA(Pass(read: (S, T, B) => BatchedRnn.Blocks(S, 0, T, B))),
            ["divided-by-batch"] = () =>
                Check.MendedPassA((rnn, trace) => Times(BatchedRnn.Backward(rnn, trace), 1.0 / trace.B)),
            ["one-sequence-only"] = () =>
                Check.MendedPassA((rnn, trace) => Times(BatchedRnn.Backward(rnn, OnlyFirst(trace)), 1)),
            ["shape/batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => dA.ColumnSums())),
            ["missing/batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => null!)),
            ["transposed-shape/batch"] = () =>
                Check.MendedPassA(
                    (rnn, trace) => BatchedRnn.Backward(rnn, trace) is var g ? g with { dU = g.dU.Transpose() } : g
                ),
            ["changed/batch"] = () =>
                Check.MendedPassA(
                    (rnn, trace) =>
                    {
                        trace.S.Clear();
                        return BatchedRnn.Backward(rnn, trace);
                    }
                ),
        };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["count, in another order"] = () => Check.ProductCount((T, B) => 3 + T + T + 3),
            ["column, from the end"] = () => Check.BatchColumn((t, m, T, B) => (t * B) - (B - m)),
            ["the library's pass"] = () => Check.MendedPassD((rnn, trace) => BatchedRnn.Backward(rnn, trace)),
            ["the pass as a learner writes it"] = () => Check.MendedPassA(Pass()),
            ["the pass in float"] = () =>
                Check.MendedPassB((rnn, trace) => Times(BatchedRnn.Backward(rnn, trace), 1 + 1e-7)),
        };

    public static IReadOnlyList<Feedback> Blanks =>
        [
            Check.ProductCount((_, _) => throw new NotImplementedException()),
            Check.ProductCount(null),
            Check.MendedPassA(null),
            Check.MendedPassB(null),
            Check.MendedPassC((_, _) => null!),
            Check.MendedPassD((_, _) => throw new NotImplementedException()),
        ];

    // A batched backward pass as a learner writes it, in parts that can each be wrong.
    private static Check.BatchedBackwardMethod Pass(
        Func<Matrix<double>, Matrix<double>, Matrix<double>>? scores = null,
        Func<Matrix<double>, Matrix<double>>? slope = null,
        Func<VanillaRnn, Matrix<double>, Matrix<double>, Matrix<double>>? back = null,
        Func<Matrix<double>, int, int, Matrix<double>>? previous = null,
        Func<Matrix<double>, int, int, Matrix<double>>? read = null,
        Func<Matrix<double>, int, int, Vector<double>>? bias = null
    ) =>
        (rnn, trace) =>
        {
            var (X, S, Y, targets, T, B) = trace;
            var dZ = (scores ?? BatchedRnn.ScoreGradients)(Y, targets);
            var dS = rnn.V.Transpose() * dZ;
            var dA = Matrix<double>.Build.Dense(S.RowCount, T * B);
            var ds_next = Matrix<double>.Build.Dense(S.RowCount, B);
            for (var t = T; t >= 1; t--)
            {
                var ds_t = BatchedRnn.Blocks(dS, t - 1, 1, B) + ds_next;
                var da_t = (slope ?? (s => 1 - s.PointwisePower(2)))(BatchedRnn.Blocks(S, t, 1, B))
                    .PointwiseMultiply(ds_t);
                dA.SetSubMatrix(0, (t - 1) * B, da_t);
                ds_next = (back ?? ((net, _, da) => net.W.Transpose() * da))(rnn, ds_t, da_t);
            }

            return new(
                dA * X.Transpose(),
                dA * (previous ?? ((s, n, b) => BatchedRnn.Blocks(s, 0, n, b)))(S, T, B).Transpose(),
                dZ * (read ?? ((s, n, b) => BatchedRnn.Blocks(s, 1, n, b)))(S, T, B).Transpose(),
                (bias ?? ((a, _, _) => a.RowSums()))(dA, T, B),
                dZ.RowSums(),
                ds_next.RowSums()
            );
        };

    private static VanillaRnn.Gradients Times(VanillaRnn.Gradients g, double factor) =>
        new(factor * g.dU, factor * g.dW, factor * g.dV, factor * g.db, factor * g.dc, factor * g.ds_0);

    private static BatchedRnn.Trace OnlyFirst(BatchedRnn.Trace trace)
    {
        Matrix<double> First(Matrix<double> M) =>
            Matrix<double>.Build.DenseOfColumnVectors(M.EnumerateColumns().Where((_, column) => column % trace.B == 0));
        return new(First(trace.X), First(trace.S), First(trace.Y), First(trace.Targets), trace.T, 1);
    }
}
