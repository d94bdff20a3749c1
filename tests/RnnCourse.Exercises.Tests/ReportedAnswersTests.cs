using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests;

/// <summary>Wrong answers that learners gave, and that got a wrong hint or none: each has its own words now.</summary>
public sealed class ReportedAnswersTests : WrongAnswersTests<ReportedAnswersTests>, IWrongAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["outside/b outside tanh"] = () =>
                Check.RecurrentStep(Step((x, s, U, W, b) => ((U * x) + (W * s)).PointwiseTanh() + b)),
            ["outside/W s outside tanh"] = () =>
                Check.RecurrentStep(Step((x, s, U, W, b) => ((U * x) + b).PointwiseTanh() + (W * s))),
            ["on-each/tanh on each term"] = () =>
                Check.RecurrentStep(
                    Step((x, s, U, W, b) => (U * x).PointwiseTanh() + (W * s).PointwiseTanh() + b.PointwiseTanh())
                ),
            ["outside/tanh on both products"] = () =>
                Check.RecurrentStep(Step((x, s, U, W, b) => (U * x).PointwiseTanh() + (W * s).PointwiseTanh() + b)),
            ["old-state-added/old state added"] = () =>
                Check.RecurrentStep(Step((x, s, U, W, b) => s + ((U * x) + (W * s) + b).PointwiseTanh())),
            ["outside/c outside softmax"] = () =>
                Check.RecurrentStep(
                    (x_i, s_prev, U, W, V, b, c) =>
                    {
                        var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
                        return (s_i, CrossEntropy.Softmax(V * s_i) + c);
                    }
                ),
            ["fails-all/tags of an untrained network"] = () =>
                Check.StateTest(
                    (predict, rnn) =>
                        TinySentences.ReadTags(predict(rnn, TinySentences.OneHot("they", "fish")))[^1]
                        != TinySentences.ReadTags(predict(rnn, TinySentences.OneHot("the", "fish")))[^1]
                ),
            ["starts-at-one/sum from 1"] = () => Check.WeightedSum((w, x) => 1 + w.Zip(x, (a, b) => a * b).Sum()),
            ["first-only/return in the loop"] = () =>
                Check.WeightedSum(
                    (w, x) =>
                    {
                        foreach (var (k, w_k) in w.Index())
                        {
                            return w_k * x[k];
                        }

                        return 0;
                    }
                ),
            ["weighted-mean/weighted mean"] = () =>
                Check.WeightedSum((w, x) => w.Zip(x, (a, b) => a * b).Sum() / w.Sum()),
            ["index/one too many"] = () =>
                Check.WeightedSum(
                    (w, x) =>
                    {
                        var sum = 0.0;
                        for (var k = 1; k <= w.Length; k++)
                        {
                            sum += w[k] * x[k];
                        }

                        return sum;
                    }
                ),
            ["all-pairs/all ordered pairs"] = () =>
                Check.PairBag(
                    words =>
                    {
                        var v = Vector<double>.Build.Dense(169);
                        for (var i = 0; i < words.Count; i++)
                        {
                            for (var j = i + 1; j < words.Count; j++)
                            {
                                v[(13 * Number(words[i])) + Number(words[j])]++;
                            }
                        }

                        return v;
                    },
                    null,
                    null
                ),
            ["swapped-lengths/10 and 100 swapped"] = () => Check.PerStepCounts(5, 4, 3, 102900, 1290, 315),
            ["last-one-late/i == n from 0"] = () =>
                Check.Mask(
                    (where, n, columns) =>
                        [.. Enumerable.Range(0, columns).Select(i => where == Read.EveryStep ? i < n : i == n)]
                ),
            ["stopped-at-null/stop at the first null"] = () =>
                Check.MaskedLoss(
                    (y, targets) =>
                        y.Zip(targets)
                            .TakeWhile(pair => pair.Second is not null)
                            .Sum(pair => -Math.Log(pair.First[pair.Second!.Value]))
                ),
            ["another-entry/the largest probability"] = () =>
                Check.MaskedLoss(
                    (y, targets) =>
                        y.Zip(targets).Where(pair => pair.Second is not null).Sum(pair => -Math.Log(pair.First.Max()))
                ),
            ["unread-as-guess/ln K for what is not read"] = () =>
                Check.MaskedLoss(
                    (y, targets) =>
                        y.Zip(targets)
                            .Sum(pair => pair.Second is { } k ? -Math.Log(pair.First[k]) : Math.Log(pair.First.Count))
                ),
            ["shift-too-large/absolute maximum"] = () =>
                Check.Softmax(z =>
                {
                    var e = (z - z.AbsoluteMaximum()).PointwiseExp();
                    return e / e.Sum();
                }),
            ["unread-skipped/continue at null"] = () => Check.Backward(Backward(skip: true)),
            ["bias-before-tanh/db from ds"] = () => Check.Backward(Backward(bias: (ds, da) => ds)),
            ["ds0-without-w/ds_0 is da_1"] = () => Check.Backward(Backward(start: (rnn, da) => da)),
            ["last-loss-only/the last loss only"] = () =>
                Check.Backward(
                    (rnn, trace, targets) =>
                        rnn.Backward(trace, [.. targets.Select((t, i) => i == targets.Count - 1 ? t : null)])
                ),
            ["not-divided-by-2h/over 2 times h"] = () =>
                Check.Measure(Measured((above, below, h) => (above - below) / 2 * h)),
            ["not-divided-by-2h/no division"] = () => Check.Measure(Measured((above, below, _) => above - below)),
            ["half/cumulative"] = () =>
                Check.Measure(
                    (loss, values) =>
                    {
                        var slopes = new double[values.Length];
                        for (var k = 0; k < values.Length; k++)
                        {
                            values[k] += 1e-5;
                            var above = loss();
                            values[k] -= 1e-5;
                            var below = loss();
                            slopes[k] = (above - below) / 2e-5;
                        }

                        return slopes;
                    }
                ),
            ["not-put-back/cumulative, never back"] = () =>
                Check.Measure(
                    (loss, values) =>
                    {
                        var slopes = new double[values.Length];
                        var before = loss();
                        for (var k = 0; k < values.Length; k++)
                        {
                            values[k] += 1e-5;
                            var after = loss();
                            slopes[k] = (after - before) / 1e-5;
                        }

                        return slopes;
                    }
                ),
            ["not-put-back/cumulative, both ways"] = () =>
                Check.Measure(
                    (loss, values) =>
                    {
                        var slopes = new double[values.Length];
                        for (var k = 0; k < values.Length; k++)
                        {
                            values[k] += 1e-5;
                            var above = loss();
                            values[k] -= 1e-5;
                            values[k] -= 1e-5;
                            var below = loss();
                            slopes[k] = (above - below) / 2e-5;
                        }

                        return slopes;
                    }
                ),
            ["maximum-norm/maximum norm"] = () =>
                Check.Clip((all, limit) => Clipped(all, limit, sum => sum.AbsoluteMaximum())),
            ["squared-norm/squared norm"] = () => Check.Clip((all, limit) => Clipped(all, limit, sum => sum * sum)),
            ["other-norm/one norm"] = () => Check.Clip((all, limit) => Clipped(all, limit, sum => sum.L1Norm())),
            ["other-state-at-border/s_0 at a border"] = () => Check.TruncatedGradient(AtBorders((rnn, s) => rnn.s_0)),
            ["other-state-at-border/zeros at a border"] = () =>
                Check.TruncatedGradient(AtBorders((rnn, s) => 0 * rnn.s_0)),
            ["not-trained/an untrained network"] = () =>
                Check.BlindSpot(
                    new FunctionPerStep(13, 8, 7, 6, new SeededRandom(1)),
                    new FunctionPerStep(13, 8, 7, 6, new SeededRandom(2)),
                    "fish",
                    3
                ),
        };

    private static int Number(string word) => TinySentences.Vocabulary.ToList().IndexOf(word);

    private static Check.StepMethod Step(
        Func<Vector<double>, Vector<double>, Matrix<double>, Matrix<double>, Vector<double>, Vector<double>> state
    ) =>
        (x_i, s_prev, U, W, V, b, c) =>
        {
            var s_i = state(x_i, s_prev, U, W, b);
            return (s_i, CrossEntropy.Softmax((V * s_i) + c));
        };

    private static Func<Func<double>, double[], double[]> Measured(Func<double, double, double, double> slope) =>
        (loss, values) =>
        {
            const double h = 1e-5;
            var slopes = new double[values.Length];
            for (var k = 0; k < values.Length; k++)
            {
                var here = values[k];
                values[k] = here + h;
                var above = loss();
                values[k] = here - h;
                var below = loss();
                values[k] = here;
                slopes[k] = slope(above, below, h);
            }

            return slopes;
        };

    private static double[] Clipped(IReadOnlyList<double[]> all, double limit, Func<Vector<double>, double> norm)
    {
        var sum = all.Select(one => Vector<double>.Build.DenseOfArray(one)).Aggregate((a, b) => a + b);
        return (norm(sum) > limit ? sum * (limit / norm(sum)) : sum).ToArray();
    }

    private static Check.BackwardMethod Backward(
        bool skip = false,
        Func<Vector<double>, Vector<double>, Vector<double>>? bias = null,
        Func<VanillaRnn, Vector<double>, Vector<double>>? start = null
    ) =>
        (rnn, trace, targets) =>
        {
            var (x, s, y) = trace;
            var (dU, dW, dV, db, dc) = (0 * rnn.U, 0 * rnn.W, 0 * rnn.V, 0 * rnn.b, 0 * rnn.c);
            var (ds_next, da_first) = (0 * rnn.s_0, 0 * rnn.s_0);
            for (var i = x.Count; i >= 1; i--)
            {
                if (skip && targets[i - 1] is null)
                {
                    continue;
                }

                var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]);
                dV += dz_i.OuterProduct(s[i]);
                dc += dz_i;
                var ds_i = (rnn.V.Transpose() * dz_i) + ds_next;
                var da_i = (1 - s[i].PointwisePower(2)).PointwiseMultiply(ds_i);
                dU += da_i.OuterProduct(x[i - 1]);
                dW += da_i.OuterProduct(s[i - 1]);
                db += (bias ?? ((_, da) => da))(ds_i, da_i);
                ds_next = rnn.W.Transpose() * da_i;
                da_first = da_i;
            }

            return new(dU, dW, dV, db, dc, start is null ? ds_next : start(rnn, da_first));
        };

    private static Func<VanillaRnn, VanillaRnn.Trace, IReadOnlyList<int?>, int, Matrix<double>> AtBorders(
        Func<VanillaRnn, Vector<double>, Vector<double>> previous
    ) =>
        (rnn, trace, targets, tau) =>
        {
            var (x, s, y) = trace;
            var dW = 0 * rnn.W;
            var ds_next = 0 * rnn.s_0;
            for (var i = x.Count; i >= 1; i--)
            {
                var isBorder = (i - 1) % tau == 0;
                var ds_i = (rnn.V.Transpose() * CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1])) + ds_next;
                var da_i = (1 - s[i].PointwisePower(2)).PointwiseMultiply(ds_i);
                dW += da_i.OuterProduct(isBorder ? previous(rnn, s[i - 1]) : s[i - 1]);
                ds_next = isBorder ? 0 * ds_i : rnn.W.Transpose() * da_i;
            }

            return dW;
        };
}
