using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises;
using RnnCourse.Gradients;
using RnnCourse.Model;

namespace RnnCourse.Tests.Exercises.Zoo;

/// <summary>The wrong answers that the checks of lessons 09 to 11 know, each with its own words, and right ones in other forms.</summary>
public sealed class Lessons09To11Tests
{
    public static TheoryData<string> WrongNames => [.. Wrong.Keys];

    public static TheoryData<string> RightNames => [.. Right.Keys];

    private static readonly Dictionary<string, Func<Feedback>> Wrong = new()
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
        ["column-differs"] = () => Check.BatchColumn((t, m, T, B) => t + m),
        ["new-state-in-w"] = () => Check.MendedPassA(Pass(previous: (S, T, B) => BatchedRnn.Blocks(S, 1, T, B))),
        ["w-not-transposed"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => rnn.W * da)),
        ["passed-before-tanh/batch"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => rnn.W.Transpose() * ds)),
        ["passed-without-w/batch"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => da)),
        ["next-missing/batch"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => 0 * da)),
        ["shapes/block on its side"] = () => Check.MendedPassB(Pass(back: (rnn, ds, da) => da.Transpose() * rnn.W)),
        ["b-overwritten"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => BatchedRnn.Blocks(dA, 0, 1, B).RowSums())),
        ["db-forgotten/batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => 0 * dA.RowSums())),
        ["scaled/one gradient of a batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => dA.RowSums() / T)),
        ["unread-counted"] = () => Check.MendedPassD(Pass(scores: (Y, targets) => Y - targets)),
        ["sign-flipped/batch"] = () => Check.MendedPassD(Pass(scores: (Y, targets) => -BatchedRnn.ScoreGradients(Y, targets))),
        ["slope-missing/batch"] = () => Check.MendedPassA(Pass(slope: s => (0 * s) + 1)),
        ["slope-without-square/batch"] = () => Check.MendedPassA(Pass(slope: s => 1 - s)),
        ["previous-state-in-v/batch"] = () => Check.MendedPassA(Pass(read: (S, T, B) => BatchedRnn.Blocks(S, 0, T, B))),
        ["divided-by-batch"] = () => Check.MendedPassA((rnn, trace) => Times(BatchedRnn.Backward(rnn, trace), 1.0 / trace.B)),
        ["one-sequence-only"] = () => Check.MendedPassA((rnn, trace) => Times(BatchedRnn.Backward(rnn, OnlyFirst(trace)), 1)),
        ["shape/batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => dA.ColumnSums())),
        ["missing/batch"] = () => Check.MendedPassC(Pass(bias: (dA, T, B) => null!)),
        ["transposed-shape/batch"] = () => Check.MendedPassA((rnn, trace) => BatchedRnn.Backward(rnn, trace) is var g ? g with { dU = g.dU.Transpose() } : g),
        ["changed/batch"] = () => Check.MendedPassA((rnn, trace) =>
        {
            trace.S.Clear();
            return BatchedRnn.Backward(rnn, trace);
        }),
        ["slope-missing"] = () => Check.StepJacobian((rnn, s) => rnn.W),
        ["slope-on-columns"] = () => Check.StepJacobian((rnn, s) => rnn.W * Diagonal(1 - s.PointwisePower(2))),
        ["transposed"] = () => Check.StepJacobian((rnn, s) => (Diagonal(1 - s.PointwisePower(2)) * rnn.W).Transpose()),
        ["w-transposed"] = () => Check.StepJacobian((rnn, s) => Diagonal(1 - s.PointwisePower(2)) * rnn.W.Transpose()),
        ["slope-without-square"] = () => Check.StepJacobian((rnn, s) => Diagonal(1 - s) * rnn.W),
        ["slope-of-dot-product"] = () => Check.StepJacobian((rnn, s) => (1 - (s * s)) * rnn.W),
        ["slope-is-square"] = () => Check.StepJacobian((rnn, s) => Diagonal(s.PointwisePower(2)) * rnn.W),
        ["slope-of-tanh-twice"] = () => Check.StepJacobian((rnn, s) => Diagonal(1 - s.PointwiseTanh().PointwisePower(2)) * rnn.W),
        ["shape/jacobian"] = () => Check.StepJacobian((rnn, s) => rnn.U),
        ["scaled/jacobian"] = () => Check.StepJacobian((rnn, s) => -StateJacobians.Step(rnn, s)),
        ["order-reversed"] = () => Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k + 1, n - k))),
        ["one-too-many"] = () => Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k, n - k + 1).Reverse())),
        ["last-missing"] = () => Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k + 1, Math.Max(0, n - k - 1)).Reverse())),
        ["first-missing"] = () => Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k + 2, Math.Max(0, n - k - 1)).Reverse())),
        ["slope-of-previous-state"] = () => Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k, n - k).Reverse())),
        ["slopes-missing"] = () => Check.JacobianProduct((rnn, s, n, k) => Enumerable.Repeat(rnn.W, n - k).Aggregate(Identity(rnn), (p, J) => p * J)),
        ["one-state-for-all"] = () => Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Repeat(n, n - k))),
        ["transposed/product"] = () => Check.JacobianProduct((rnn, s, n, k) => StateJacobians.Between(rnn, s, n, k).Transpose()),
        ["vanished"] = () => Check.KeepsLag20(Lesson10Network(), 1),
        ["exploded"] = () => Check.KeepsLag20(Lesson10Network(), 3),
        ["exploded/by far"] = () => Check.KeepsLag20(Lesson10Network(), 1e300),
        ["no-radius"] = () => Check.KeepsLag20(Lesson10Network(), -1),
        ["radius-too-large"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.DenseIdentity(2) * 20),
        ["normal"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.DenseIdentity(2) * 0.9),
        ["grows-too-little"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.DenseOfArray(new[,] { { 0.9, 1 }, { 0, 0.9 } })),
        ["shape/growing"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.Dense(2, 3)),
        ["too-short"] = () => Check.WindowForLag12(5, null),
        ["one-short"] = () => Check.WindowForLag12(12, null),
        ["longer-than-needed"] = () => Check.WindowForLag12(24, Untrained(2)),
        ["not-trained"] = () => Check.WindowForLag12(13, null),
        ["not-learnt"] = () => Check.WindowForLag12(13, Untrained(2)),
        ["shape/window"] = () => Check.WindowForLag12(13, Untrained(3)),
        ["not-cut"] = () => Check.TruncatedGradient((rnn, trace, y, tau) => rnn.Backward(trace, y).dW),
        ["cut-at-each-step"] = () => Check.TruncatedGradient((rnn, trace, y, tau) => TruncatedBackpropagation.InWindows(rnn, trace, y, 1).dW),
        ["border-one-early"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => i % tau == 0)),
        ["border-one-late"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => i > 1 && (i - 2) % tau == 0)),
        ["counted-from-the-end"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => (n - i + 1) % tau == 0)),
        ["last-window-only"] = () => Check.TruncatedGradient((rnn, trace, y, tau) =>
        {
            var begin = (y.Count - 1) / tau * tau;    // the steps before it belong to earlier windows
            return CutWhere((i, _, _) => i == begin + 1)(rnn, trace, [.. y.Select((target, i) => i < begin ? null : target)], tau);
        }),
        ["states-started-anew"] = () => Check.TruncatedGradient((rnn, trace, y, tau) => trace.x.Zip(y).Chunk(tau).Aggregate(0 * rnn.W, (sum, window) =>
            sum + rnn.Backward(rnn.Forward([.. window.Select(step => step.First)]), [.. window.Select(step => step.Second)]).dW)),
        ["sliding"] = () => Check.TruncatedGradient((rnn, trace, y, tau) =>
        {
            var dW = 0 * rnn.W;
            for (var j = 1; j <= y.Count; j++)
            {
                var ds = rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[j - 1], y[j - 1]);
                for (var i = j; i >= 1 && i > j - tau; i--)
                {
                    var da = (1 - trace.s[i].PointwisePower(2)).PointwiseMultiply(ds);
                    dW += da.OuterProduct(trace.s[i - 1]);
                    ds = rnn.W.Transpose() * da;
                }
            }

            return dW;
        }),
        ["swapped/truncated"] = () => Check.TruncatedGradient((rnn, trace, y, tau) => TruncatedBackpropagation.InWindows(rnn, trace, y, tau).dW.Transpose()),
        ["not-random"] = () => Check.OrthogonalStart((size, random) => Matrix<double>.Build.DenseIdentity(size)),
        ["columns-not-at-right-angles"] = () => Check.OrthogonalStart((size, random) => Normal(size, random).NormalizeColumns(2)),
        ["triangular"] = () => Check.OrthogonalStart((size, random) => Normal(size, random).QR().R),
        ["radius-only"] = () => Check.OrthogonalStart((size, random) => RecurrentWeights.WithSpectralRadius(Normal(size, random), 1)),
        ["not-orthogonal"] = () => Check.OrthogonalStart(Normal),
        ["shape/orthogonal"] = () => Check.OrthogonalStart((size, random) => Matrix<double>.Build.Dense(size, 2 * size)),
        ["not-finite/growing"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.Dense(2, 2, double.NaN)),
    };

    private static readonly Dictionary<string, Func<Feedback>> Right = new()
    {
        ["count, in another order"] = () => Check.ProductCount((T, B) => 3 + T + T + 3),
        ["column, from the end"] = () => Check.BatchColumn((t, m, T, B) => (t * B) - (B - m)),
        ["the library's pass"] = () => Check.MendedPassD((rnn, trace) => BatchedRnn.Backward(rnn, trace)),
        ["the pass as a learner writes it"] = () => Check.MendedPassA(Pass()),
        ["the pass in float"] = () => Check.MendedPassB((rnn, trace) => Times(BatchedRnn.Backward(rnn, trace), 1 + 1e-7)),
        ["Jacobian, row by row"] = () => Check.StepJacobian((rnn, s) => Matrix<double>.Build.Dense(3, 3, (r, c) => (1 - (s[r] * s[r])) * rnn.W[r, c])),
        ["product, from the right"] = () => Check.JacobianProduct((rnn, s, n, k) =>
            Enumerable.Range(k + 1, n - k).Aggregate(Identity(rnn), (p, i) => StateJacobians.Step(rnn, s[i]) * p)),
        ["radius 1.45"] = () => Check.KeepsLag20(Lesson10Network(), 1.45),
        ["windows, border by border"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => (i - 1) % tau == 0)),
        ["orthogonal, by singular values"] = () => Check.OrthogonalStart((size, random) => Normal(size, random).Svd().U),
        ["growing, larger"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, 100, 0 }, { 0, 0.5, 100 }, { 0, 0, 0.5 } })),
    };

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void A_wrong_answer_is_named(string name)
    {
        var feedback = Wrong[name]();
        Assert.True(feedback.Fault == name.Split('/')[0], feedback.ToString());
        Assert.Equal(2, feedback.Hint().Hints.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(RightNames))]
    public void A_right_answer_in_another_form_is_right(string name)
    {
        var feedback = Right[name]();
        Assert.True(feedback.State == FeedbackState.Correct, feedback.ToString());
    }

    [Fact]
    public void Blanks_are_not_attempted_yet() => Assert.All(
        [
            Check.ProductCount((_, _) => throw new NotImplementedException()), Check.ProductCount(null), Check.BatchColumn((_, _, _, _) => 0), Check.MendedPassA(null), Check.MendedPassB(null),
            Check.MendedPassC((_, _) => null!), Check.MendedPassD((_, _) => throw new NotImplementedException()), Check.StepJacobian(null), Check.JacobianProduct((_, _, _, _) => null!),
            Check.KeepsLag20(Lesson10Network(), null), Check.GrowsBeforeItFalls(null),
            Check.WindowForLag12(null, null), Check.TruncatedGradient(null), Check.TruncatedGradient((_, _, _, _) => null!), Check.OrthogonalStart((_, _) => throw new NotImplementedException()),
        ],
        feedback => Assert.Equal(FeedbackState.NotAttempted, feedback.State));

    // A batched backward pass as a learner writes it, in parts that can be got wrong.
    private static Check.BatchedBackwardMethod Pass(
        Func<Matrix<double>, Matrix<double>, Matrix<double>>? scores = null, Func<Matrix<double>, Matrix<double>>? slope = null,
        Func<VanillaRnn, Matrix<double>, Matrix<double>, Matrix<double>>? back = null, Func<Matrix<double>, int, int, Matrix<double>>? previous = null,
        Func<Matrix<double>, int, int, Matrix<double>>? read = null, Func<Matrix<double>, int, int, Vector<double>>? bias = null) => (rnn, trace) =>
    {
        var (X, S, Y, targets, T, B) = trace;
        var dZ = (scores ?? BatchedRnn.ScoreGradients)(Y, targets);
        var dS = rnn.V.Transpose() * dZ;
        var dA = Matrix<double>.Build.Dense(S.RowCount, T * B);
        var ds_next = Matrix<double>.Build.Dense(S.RowCount, B);
        for (var t = T; t >= 1; t--)
        {
            var ds_t = BatchedRnn.Blocks(dS, t - 1, 1, B) + ds_next;
            var da_t = (slope ?? (s => 1 - s.PointwisePower(2)))(BatchedRnn.Blocks(S, t, 1, B)).PointwiseMultiply(ds_t);
            dA.SetSubMatrix(0, (t - 1) * B, da_t);
            ds_next = (back ?? ((net, _, da) => net.W.Transpose() * da))(rnn, ds_t, da_t);
        }

        return new(dA * X.Transpose(), dA * (previous ?? ((s, n, b) => BatchedRnn.Blocks(s, 0, n, b)))(S, T, B).Transpose(),
            dZ * (read ?? ((s, n, b) => BatchedRnn.Blocks(s, 1, n, b)))(S, T, B).Transpose(), (bias ?? ((a, _, _) => a.RowSums()))(dA, T, B), dZ.RowSums(), ds_next.RowSums());
    };

    private static VanillaRnn.Gradients Times(VanillaRnn.Gradients g, double factor) =>
        new(factor * g.dU, factor * g.dW, factor * g.dV, factor * g.db, factor * g.dc, factor * g.ds_0);

    private static BatchedRnn.Trace OnlyFirst(BatchedRnn.Trace trace)
    {
        Matrix<double> First(Matrix<double> M) => Matrix<double>.Build.DenseOfColumnVectors(M.EnumerateColumns().Where((_, column) => column % trace.B == 0));
        return new(First(trace.X), First(trace.S), First(trace.Y), First(trace.Targets), trace.T, 1);
    }

    private static Matrix<double> Diagonal(Vector<double> v) => Matrix<double>.Build.DiagonalOfDiagonalVector(v);

    private static Matrix<double> Identity(VanillaRnn rnn) => Matrix<double>.Build.DenseIdentity(rnn.W.RowCount);

    private static Matrix<double> Product(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, IEnumerable<int> steps) =>
        steps.Aggregate(Identity(rnn), (product, i) => product * StateJacobians.Step(rnn, s[i]));

    private static SequenceModel<float> Untrained(int symbols) => new(new ModelShape(CellKind.Rnn, symbols, 4, symbols), new SeededRandom(1));

    private static Matrix<double> Normal(int size, SeededRandom random) => Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());

    private static Func<VanillaRnn, VanillaRnn.Trace, IReadOnlyList<int?>, int, Matrix<double>> CutWhere(Func<int, int, int, bool> begins) => (rnn, trace, y, tau) =>
    {
        var n = trace.x.Count;
        var (dW, ds_next) = (0 * rnn.W, 0 * rnn.s_0);
        for (var i = n; i >= 1; i--)
        {
            var ds = (rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[i - 1], y[i - 1])) + ds_next;
            var da = (1 - trace.s[i].PointwisePower(2)).PointwiseMultiply(ds);
            dW += da.OuterProduct(trace.s[i - 1]);
            ds_next = begins(i, tau, n) ? 0 * ds : rnn.W.Transpose() * da;
        }

        return dW;
    };

    private static VanillaRnn Lesson10Network() => new(8, 64, 2, new SeededRandom(5));
}
