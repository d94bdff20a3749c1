using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests.Lesson08;

/// <summary>The checks of lesson 08 beside the backward pass itself: typical wrong answers, each told apart, and right
/// ones written otherwise.</summary>
public sealed class PathsAndJudgesTests : WrongAnswersTests<PathsAndJudgesTests>, IWrongAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["negative"] = () => Check.Paths((n, k) => n - k),
            ["one-too-few"] = () => Check.Paths((n, k) => Math.Max(0, n - k - 1)),
            ["one-too-few/negative"] = () => Check.Paths((n, k) => n - k - 1),
            ["one-too-many"] = () => Check.Paths((n, k) => Math.Max(0, n - k + 1)),
            ["all-paths"] = () => Check.Paths((n, _) => n * (n + 1) / 2),
            ["same-for-all"] = () => Check.Paths((n, _) => n),
            ["up-to-lag"] = () => Check.Paths((n, k) => Enumerable.Range(0, Math.Min(n, k + 1)).Sum(lag => n - lag)),
            ["differs/paths"] = () => Check.Paths((n, k) => n * k),
            ["threw"] = () => Check.Paths((n, _) => n == 0 ? throw new InvalidOperationException("none") : 1),
            ["saturated-dV-not-zero"] = () => Check.Vanishing("dU dW dV db ds_0", null, null, null),
            ["saturated-db-is-zero"] = () => Check.Vanishing("dU, dW, ds_0", null, null, null),
            ["withoutW-dW-not-zero"] = () => Check.Vanishing(null, "dW ds_0", null, null),
            ["withoutW-ds_0-is-zero"] = () => Check.Vanishing(null, "none", null, null),
            ["withoutV-dV-not-zero"] = () => Check.Vanishing(null, null, "dV", null),
            ["withoutV-dU-is-zero"] = () => Check.Vanishing(null, null, "dW db ds_0", null),
            ["oneStep-ds_0-not-zero"] = () => Check.Vanishing(null, null, null, "dW ds_0"),
            ["oneStep-dW-is-zero"] = () => Check.Vanishing(null, null, null, ""),
            ["unknown-name"] = () => Check.Vanishing("dw", null, null, null),
            ["open"] = () => Check.Vanishing("dU dW db ds_0", "ds_0", null, "dW"),
            ["not-put-back"] = () => Check.Measure((loss, values) => Measure(loss, values, putBack: false)),
            ["twice"] = () => Check.Measure((loss, values) => [.. Measure(loss, values).Select(g => 2 * g)]),
            ["half"] = () => Check.Measure((loss, values) => [.. OneSided(loss, values, 1e-5).Select(g => g / 2)]),
            ["scaled/one gradient of six"] = () =>
                Check.Backward(
                    (rnn, trace, targets) =>
                        rnn.Backward(trace, targets) is var g ? g with { dW = g.dW / Math.Max(1, trace.x.Count) } : g
                ),
            ["wrong-sign/one of six"] = () =>
                Check.Backward(
                    (rnn, trace, targets) => rnn.Backward(trace, targets) is var g ? g with { db = -g.db } : g
                ),
            ["divided-by-steps"] = () =>
                Check.Backward(
                    (rnn, trace, targets) =>
                        rnn.Backward(trace, targets) is var g && 1.0 / Math.Max(1, trace.x.Count) is var f
                            ? new(f * g.dU, f * g.dW, f * g.dV, f * g.db, f * g.dc, f * g.ds_0)
                            : g
                ),
            ["sign"] = () => Check.Measure((loss, values) => [.. Measure(loss, values).Select(g => -g)]),
            ["one-sided"] = () => Check.Measure((loss, values) => OneSided(loss, values, 1e-4)),
            ["one-sided/backwards"] = () => Check.Measure((loss, values) => OneSided(loss, values, -1e-3)),
            ["step-too-long"] = () => Check.Measure((loss, values) => Measure(loss, values, 1e-2)),
            ["step-too-short"] = () => Check.Measure((loss, values) => Measure(loss, values, 1e-12)),
            ["all-at-once"] = () =>
                Check.Measure((loss, values) => [.. Enumerable.Repeat(Measure(loss, values).Sum(), 4)]),
            ["zero"] = () => Check.Measure((loss, values) => Measure(loss, (double[])values.Clone())),
            ["shape"] = () => Check.Measure((loss, values) => [1, 2]),
            ["not-finite"] = () => Check.Measure((loss, values) => Measure(loss, values, 0)),
            ["differs/measure"] = () => Check.Measure((loss, values) => [1, 2, 3, 4]),
            ["all-lags"] = () => Check.ByLag((rnn, trace, targets, _) => rnn.Backward(trace, targets).dW),
            ["up-to-lag/by lag"] = () =>
                Check.ByLag((rnn, trace, targets, lag) => Sum(rnn, lag, k => Part(rnn, trace, targets, k))),
            ["one-longer"] = () => Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag + 1)),
            ["one-shorter"] = () =>
                Check.ByLag((rnn, trace, targets, lag) => lag == 0 ? 0 * rnn.W : Part(rnn, trace, targets, lag - 1)),
            ["last-loss-only"] = () =>
                Check.ByLag(
                    (rnn, trace, targets, lag) =>
                        Part(rnn, trace, [.. targets.Select((t, i) => i == targets.Count - 1 ? t : null)], lag)
                ),
            ["slope-missing"] = () =>
                Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag, slope: s => 1 + (0 * s))),
            ["w-not-transposed"] = () =>
                Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag, back: v => rnn.W * v)),
            ["new-state-in-w"] = () =>
                Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag, before: 0)),
            ["shape/by lag"] = () => Check.ByLag((rnn, _, _, _) => Matrix<double>.Build.Dense(2, 3)),
            ["factor-missing/by lag"] = () =>
                Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag) + rnn.W),
            ["swapped"] = () => Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag).Transpose()),
        };

    [Fact]
    public void Right_answers_may_be_written_otherwise()
    {
        Assert.Equal(FeedbackState.Correct, Check.Paths((n, k) => k < n ? n - k : 0).State);
        Assert.Equal(FeedbackState.Correct, Check.Vanishing("ds_0, db, dW, dU", " ds_0 ", "dU;dW;db;ds_0", "dW").State);
        Assert.Equal(
            FeedbackState.Correct,
            Check.Measure((loss, values) => RnnCourse.Gradients.CentralDifferences.Gradient(loss, values)).State
        );
        Assert.Equal(FeedbackState.Correct, Check.Measure((loss, values) => Measure(loss, values, 1e-5)).State);
        Assert.Equal(
            FeedbackState.Correct,
            Check.ByLag((rnn, trace, targets, lag) => Part(rnn, trace, targets, lag)).State
        );
    }

    [Fact]
    public void Blanks_are_not_attempted()
    {
        Assert.All(
            [
                Check.Paths(null),
                Check.Paths((_, _) => throw new NotImplementedException()),
                Check.Vanishing(null, null, null, null),
                Check.Measure(null),
                Check.Measure((_, _) => null!),
                Check.ByLag(null),
                Check.ByLag((_, _, _, _) => throw new NotImplementedException()),
            ],
            feedback => Assert.Equal(FeedbackState.NotAttempted, feedback.State)
        );
    }

    [Fact]
    public void What_the_check_says_of_vanishing_gradients_is_what_the_network_computes()
    {
        var random = new SeededRandom(3);
        VanillaRnn Network(double size = 1)
        {
            var rnn = new VanillaRnn(3, 4, 2, random);
            foreach (var parameter in rnn.Parameters)
            {
                for (var k = 0; k < parameter.Values.Length; k++)
                {
                    parameter.Values[k] = size * (random.NextIndex(2) == 0 ? -1 : 1) * random.NextUniform(0.5, 1);
                }
            }

            return rnn;
        }

        string Zero(VanillaRnn rnn, int n)
        {
            var gradients = rnn.LossAndGradients(
                SampleNetwork.Inputs(3, n, seed: (ulong)n),
                [.. Enumerable.Range(0, n).Select(i => (int?)(i % 2))]
            ).Gradients;
            return string.Join(
                ' ',
                rnn.Parameters.Zip(gradients)
                    .Where(pair => pair.Second.All(g => g == 0))
                    .Select(pair => pair.First.Name is "s_0" ? "ds_0" : "d" + pair.First.Name)
            );
        }

        var (saturated, withoutW, withoutV, oneStep) = (Network(1), Network(), Network(), Network());
        foreach (var parameter in saturated.Parameters.Where(p => p.Name is "b"))
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] *= 1000;
            }
        }

        withoutW.W.Clear();
        withoutV.V.Clear();
        oneStep.s_0.Clear();
        Assert.Equal(
            FeedbackState.Correct,
            Check.Vanishing(Zero(saturated, 3), Zero(withoutW, 3), Zero(withoutV, 3), Zero(oneStep, 1)).State
        );
    }

    private static double[] Measure(Func<double> loss, double[] values, double h = 1e-5, bool putBack = true) =>
        [
            .. values.Select(
                (here, k) =>
                {
                    values[k] = here + h;
                    var above = loss();
                    values[k] = here - h;
                    var below = loss();
                    if (putBack)
                    {
                        values[k] = here;
                    }
                    return (above - below) / (2 * h);
                }
            ),
        ];

    private static double[] OneSided(Func<double> loss, double[] values, double h) =>
        [
            .. values.Select(
                (here, k) =>
                {
                    var before = loss();
                    values[k] = here + h;
                    var after = loss();
                    values[k] = here;
                    return (after - before) / h;
                }
            ),
        ];

    private static Matrix<double> Sum(VanillaRnn rnn, int lag, Func<int, Matrix<double>> part) =>
        Enumerable.Range(0, lag + 1).Select(part).Aggregate(0 * rnn.W, (p, q) => p + q);

    private static Matrix<double> Part(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int lag,
        int before = -1,
        Func<Vector<double>, Vector<double>>? slope = null,
        Func<Vector<double>, Vector<double>>? back = null
    )
    {
        slope ??= s => 1 - s.PointwisePower(2);
        back ??= v => v * rnn.W;
        var sum = 0 * rnn.W;
        for (var i = 1; i + lag <= targets.Count; i++)
        {
            var ds =
                (
                    trace.y[i + lag - 1]
                    - trace.y[i + lag - 1]
                    + CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1])
                ) * rnn.V;
            for (var step = i + lag; step > i; step--)
            {
                ds = back(slope(trace.s[step]).PointwiseMultiply(ds));
            }

            sum += (1 - trace.s[i].PointwisePower(2)).PointwiseMultiply(ds).OuterProduct(trace.s[i + before]);
        }

        return sum;
    }
}
