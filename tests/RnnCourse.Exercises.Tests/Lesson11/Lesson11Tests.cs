using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Tests.Lesson11;

/// <summary>The wrong answers that the checks of lesson 11 know, each with its own words, and right ones in other
/// forms.</summary>
public sealed class Lesson11Tests : AnswersTests<Lesson11Tests>, IAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["too-short"] = () => Check.WindowForLag12(5, null),
            ["one-short"] = () => Check.WindowForLag12(12, null),
            ["longer-than-needed"] = () => Check.WindowForLag12(24, Untrained(2)),
            ["not-trained"] = () => Check.WindowForLag12(13, null),
            ["not-learnt"] = () => Check.WindowForLag12(13, Untrained(2)),
            ["shape/window"] = () => Check.WindowForLag12(13, Untrained(3)),
            ["not-cut"] = () => Check.TruncatedGradient((rnn, trace, y, tau) => rnn.Backward(trace, y).dW),
            ["cut-at-each-step"] = () =>
                Check.TruncatedGradient(
                    (rnn, trace, y, tau) => TruncatedBackpropagation.InWindows(rnn, trace, y, 1).dW
                ),
            ["border-one-early"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => i % tau == 0)),
            ["border-one-late"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => i > 1 && (i - 2) % tau == 0)),
            ["counted-from-the-end"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => (n - i + 1) % tau == 0)),
            ["last-window-only"] = () =>
                Check.TruncatedGradient(
                    (rnn, trace, y, tau) =>
                    {
                        var begin = (y.Count - 1) / tau * tau; // the steps before it belong to earlier windows
                        return CutWhere((i, _, _) => i == begin + 1)(
                            rnn,
                            trace,
                            [.. y.Select((target, i) => i < begin ? null : target)],
                            tau
                        );
                    }
                ),
            ["states-started-anew"] = () =>
                Check.TruncatedGradient(
                    (rnn, trace, y, tau) =>
                        trace
                            .x.Zip(y)
                            .Chunk(tau)
                            .Aggregate(
                                0 * rnn.W,
                                (sum, window) =>
                                    sum
                                    + rnn.Backward(
                                        rnn.Forward([.. window.Select(step => step.First)]),
                                        [.. window.Select(step => step.Second)]
                                    ).dW
                            )
                ),
            ["sliding"] = () =>
                Check.TruncatedGradient(
                    (rnn, trace, y, tau) =>
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
                    }
                ),
            ["swapped/truncated"] = () =>
                Check.TruncatedGradient(
                    (rnn, trace, y, tau) => TruncatedBackpropagation.InWindows(rnn, trace, y, tau).dW.Transpose()
                ),
            ["not-random"] = () => Check.OrthogonalStart((size, random) => Matrix<double>.Build.DenseIdentity(size)),
            ["columns-not-at-right-angles"] = () =>
                Check.OrthogonalStart((size, random) => Normal(size, random).NormalizeColumns(2)),
            ["triangular"] = () => Check.OrthogonalStart((size, random) => Normal(size, random).QR().R),
            ["radius-only"] = () =>
                Check.OrthogonalStart((size, random) => RecurrentWeights.WithSpectralRadius(Normal(size, random), 1)),
            ["not-orthogonal"] = () => Check.OrthogonalStart(Normal),
            ["shape/orthogonal"] = () =>
                Check.OrthogonalStart((size, random) => Matrix<double>.Build.Dense(size, 2 * size)),
        };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["windows, border by border"] = () => Check.TruncatedGradient(CutWhere((i, tau, n) => (i - 1) % tau == 0)),
            ["orthogonal, by singular values"] = () =>
                Check.OrthogonalStart((size, random) => Normal(size, random).Svd().U),
        };

    public static IReadOnlyList<Feedback> Blanks =>
        [
            Check.WindowForLag12(null, null),
            Check.TruncatedGradient(null),
            Check.TruncatedGradient((_, _, _, _) => null!),
            Check.OrthogonalStart((_, _) => throw new NotImplementedException()),
        ];

    [Fact]
    public void A_network_that_echoes_is_accepted_however_it_was_trained() =>
        Assert.Equal(FeedbackState.Correct, Check.WindowForLag12(13, TrainedNetworks.EchoState(100, 7)).State);

    private static SequenceModel<float> Untrained(int symbols) =>
        new(new ModelShape(CellKind.Rnn, symbols, 4, symbols), new SeededRandom(1));

    private static Matrix<double> Normal(int size, SeededRandom random) =>
        Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());

    private static Func<VanillaRnn, VanillaRnn.Trace, IReadOnlyList<int?>, int, Matrix<double>> CutWhere(
        Func<int, int, int, bool> begins
    ) =>
        (rnn, trace, y, tau) =>
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
}
