using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Gradients;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lessons 07 and 08.</summary>
internal static class Answers07To08
{
    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "07.1",
            new Dictionary<string, Check.MaskMethod>
            {
                ["from 1"] = (where, n, columns) =>
                    [.. Enumerable.Range(1, columns).Select(i => where == Read.EveryStep ? i <= n : i == n)],
                ["from 0"] = (where, n, columns) =>
                    [.. Enumerable.Range(0, columns).Select(i => where == Read.EveryStep ? i < n : i == n - 1)],
                ["a loop"] = (where, n, columns) =>
                {
                    var mask = new bool[columns];
                    for (var i = 0; i < n; i++)
                    {
                        mask[i] = where == Read.EveryStep || i == n - 1;
                    }

                    return mask;
                },
                ["the last set alone"] = (where, n, columns) =>
                {
                    var mask = new bool[columns];
                    if (where == Read.EveryStep)
                    {
                        Array.Fill(mask, true, 0, n);
                    }
                    else if (n > 0)
                    {
                        mask[n - 1] = true;
                    }

                    return mask;
                },
                ["three parts"] = (where, n, columns) =>
                    [
                        .. Enumerable.Repeat(where == Read.EveryStep, Math.Max(0, n - 1)),
                        .. Enumerable.Repeat(true, Math.Min(1, n)),
                        .. Enumerable.Repeat(false, columns - n),
                    ],
                ["recursion"] = (where, n, columns) =>
                {
                    List<bool> From(int i) =>
                        i > columns ? [] : [where == Read.EveryStep ? i <= n : i == n, .. From(i + 1)];
                    return From(1);
                },
                ["the first step that is read"] = (where, n, columns) =>
                {
                    var first = where == Read.EveryStep ? 1 : n;
                    return [.. Enumerable.Range(1, columns).Select(i => i >= first && i <= n && i > 0)];
                },
                ["a switch"] = (where, n, columns) =>
                    [
                        .. Enumerable
                            .Range(1, columns)
                            .Select(i =>
                                where switch
                                {
                                    Read.EveryStep => n - i >= 0,
                                    _ => n - i == 0,
                                }
                            ),
                    ],
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Mask(way.Value)))
        ),
        new("07.2a", Losses(mean: false)),
        new("07.2b", Losses(mean: true)),
        new(
            "07.3",
            new Dictionary<string, Check.ManyMethod>
            {
                ["Predict for each"] = (rnn, all) => [.. all.Select(rnn.Predict)],
                ["a loop"] = (rnn, all) =>
                {
                    var outputs = new List<IReadOnlyList<Vector<double>>>();
                    foreach (var x in all)
                    {
                        outputs.Add(rnn.Predict(x));
                    }

                    return outputs;
                },
                ["backwards"] = (rnn, all) => [.. all.Reverse().Select(rnn.Predict).Reverse()],
                ["steps by hand"] = (rnn, all) =>
                    [
                        .. all.Select(x =>
                        {
                            var s = rnn.s_0;
                            return (IReadOnlyList<Vector<double>>)
                                [
                                    .. x.Select(x_i =>
                                    {
                                        (s, var y_i) = rnn.Step(x_i, s);
                                        return y_i;
                                    }),
                                ];
                        }),
                    ],
                ["recursion"] = Recursive,
                ["in arrays"] = (rnn, all) =>
                {
                    var outputs = new IReadOnlyList<Vector<double>>[all.Count];
                    for (var k = 0; k < outputs.Length; k++)
                    {
                        outputs[k] = [.. rnn.Forward(all[k]).y];
                    }

                    return outputs;
                },
                ["step by step through all"] = (rnn, all) =>
                {
                    var s = all.Select(_ => rnn.s_0).ToList();
                    var y = all.Select(_ => new List<Vector<double>>()).ToList();
                    for (var i = 0; i < all.Select(x => x.Count).DefaultIfEmpty(0).Max(); i++)
                    {
                        for (var k = 0; k < all.Count; k++)
                        {
                            if (i < all[k].Count)
                            {
                                (s[k], var y_i) = rnn.Step(all[k][i], s[k]);
                                y[k].Add(y_i);
                            }
                        }
                    }

                    return y;
                },
                ["a state written in place, started anew"] = (rnn, all) =>
                {
                    var s = rnn.s_0.Clone();
                    var outputs = new List<IReadOnlyList<Vector<double>>>();
                    foreach (var x in all)
                    {
                        rnn.s_0.CopyTo(s);
                        var y = new List<Vector<double>>();
                        foreach (var x_i in x)
                        {
                            var (s_i, y_i) = rnn.Step(x_i, s);
                            s_i.CopyTo(s);
                            y.Add(y_i);
                        }

                        outputs.Add(y);
                    }

                    return outputs;
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.ManySequences(way.Value)))
        ),
        new(
            "07.4",
            new Dictionary<string, Func<Vector<double>, Vector<double>>>
            {
                ["shifted by the largest"] = z => (z - z.Maximum()).PointwiseExp() is var e ? e / e.Sum() : z,
                ["the library's"] = CrossEntropy.Softmax,
                ["by log-sum-exp"] = z =>
                    z.Map(v => Math.Exp(v - z.Max() - Math.Log(z.Sum(w => Math.Exp(w - z.Max()))))),
                ["as ratios"] = z => z.Map(v => 1 / z.Sum(w => Math.Exp(w - v)), Zeros.Include),
                ["a loop"] = z =>
                {
                    var (largest, sum) = (double.NegativeInfinity, 0.0);
                    foreach (var v in z)
                    {
                        largest = Math.Max(largest, v);
                    }

                    var y = Vector<double>.Build.Dense(z.Count);
                    for (var k = 0; k < z.Count; k++)
                    {
                        y[k] = Math.Exp(z[k] - largest);
                        sum += y[k];
                    }

                    for (var k = 0; k < z.Count; k++)
                    {
                        y[k] /= sum;
                    }

                    return y;
                },
                ["normalised by the norm of one"] = z => (z - z.Max()).PointwiseExp().Normalize(1),
                ["shifted by a little more"] = z => (z - z.Max() - 3).PointwiseExp() is var e ? e / e.Sum() : z,
                ["in single precision"] = z =>
                {
                    float[] e = [.. z.Select(v => MathF.Exp((float)(v - z.Max())))];
                    return Vector<double>.Build.Dense(z.Count, k => e[k] / e.Sum());
                },
                ["sorted and put back"] = z =>
                {
                    int[] order = [.. Enumerable.Range(0, z.Count).OrderByDescending(k => z[k])];
                    double[] e = [.. order.Select(k => Math.Exp(z[k] - z[order[0]]))];
                    return Vector<double>.Build.Dense(z.Count, k => e[Array.IndexOf(order, k)] / e.Sum());
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Softmax(way.Value)))
        ),
        new(
            "07.5",
            new (string Name, Func<Sentence, bool> Question, int H, int Seed)[]
            {
                ("a noun", HasNoun, 8, 7),
                ("a noun, a larger state", HasNoun, 16, 8),
                ("a determiner", s => s.Tags.Contains("DET"), 8, 9),
                ("no noun", s => !HasNoun(s), 8, 10),
                ("the", s => s.Words.Contains("the"), 8, 11),
                ("a pronoun", s => s.Tags.Contains("PRON"), 8, 12),
                ("an auxiliary", s => s.Tags.Any(tag => tag == "AUX"), 8, 13),
                ("begins with a pronoun", s => s.Words[0] is "they" or "we", 8, 14),
            }.ToDictionary(way => way.Name, way => (Func<Feedback>)(() => Verdict(way.Question, way.H, way.Seed)))
        ),
        new(
            "08.1",
            new Dictionary<string, Func<int, int, int>>
            {
                ["a condition"] = (n, k) => k < n ? n - k : 0,
                ["a maximum"] = (n, k) => Math.Max(0, n - k),
                ["counted"] = (n, k) => Enumerable.Range(1, n).Count(i => i + k <= n),
                ["counted, from the loss"] = (n, k) => Enumerable.Range(1, n).Count(j => j - k >= 1),
                ["all pairs"] = (n, k) =>
                    Enumerable
                        .Range(1, n)
                        .SelectMany(i => Enumerable.Range(1, n).Select(j => j - i))
                        .Count(l => l == k),
                ["a loop"] = (n, k) =>
                {
                    var paths = 0;
                    for (var i = 1; i <= n - k; i++)
                    {
                        paths++;
                    }

                    return paths;
                },
                ["recursion"] = Paths,
                ["half of a sum with its size"] = (n, k) => (n - k + Math.Abs(n - k)) / 2,
                ["clamped"] = (n, k) => Math.Clamp(n - k, 0, n),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Paths(way.Value)))
        ),
        new(
            "08.2",
            new[]
            {
                ("dU dW db ds_0", "ds_0", "dU dW db ds_0", "dW"),
                ("ds_0 db dW dU", "ds_0", "ds_0 db dW dU", "dW"),
                ("dU, dW, db, ds_0", "ds_0", "dU, dW, db, ds_0", "dW"),
                ("dU; dW; db; ds_0", " ds_0 ", "dU;dW;db;ds_0", " dW"),
                ("dU, dW, db and ds_0", "ds_0", "dU, dW, db and ds_0", "dW"),
                ("all of dU, dW, db and ds_0", "ds_0", "dU dW db ds_0", "dW"),
                ("dU dW db ds0", "ds0", "dU dW db ds0", "dW"),
                ("  dW  dU  ds_0  db  ", "ds_0", "db dU ds_0 dW", "dW"),
                ("dU dU dW db ds_0", "ds_0", "dU dW db ds_0", "dW dW"),
            }.ToDictionary(
                way => $"{way}",
                way => (Func<Feedback>)(() => Check.Vanishing(way.Item1, way.Item2, way.Item3, way.Item4))
            )
        ),
        new("08.3a", Answers08Parts.Scores),
        new("08.3b", Answers08Parts.States),
        new("08.3c", Answers08Parts.Inside),
        new("08.3d", Answers08.Gradients),
        new("08.4", Answers08.Measures),
        new("08.5", Answers08.ByLags),
    ];

    private static bool HasNoun(Sentence s) => s.Tags.Contains("NOUN");

    private static int Paths(int n, int k) => k >= n ? 0 : 1 + Paths(n - 1, k);

    private static IReadOnlyList<IReadOnlyList<Vector<double>>> Recursive(
        VanillaRnn rnn,
        IReadOnlyList<IReadOnlyList<Vector<double>>> all
    ) => all.Count == 0 ? [] : [rnn.Predict(all[0]), .. Recursive(rnn, [.. all.Skip(1)])];

    private static Feedback Verdict(Func<Sentence, bool> question, int H, int seed)
    {
        var net = new VanillaRnn(13, H, 2, new SeededRandom((ulong)seed));
        GradientDescent.Train(
            net,
            [
                .. TinySentences.Train.Select(s => new GradientDescent.Example(
                    TinySentences.OneHot(s.Words),
                    [.. s.Words.Select((_, i) => i == s.Words.Count - 1 ? (int?)(question(s) ? 1 : 0) : null)]
                )),
            ],
            80,
            0.03,
            new SeededRandom((ulong)seed + 1)
        );
        return Check.Verdict(net, question);
    }

    private static Dictionary<string, Func<Feedback>> Losses(bool mean)
    {
        static IEnumerable<double> Read(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets) =>
            y.Zip(targets).Where(p => p.Second is not null).Select(p => p.First[p.Second!.Value]);
        double Over(double sum, IReadOnlyList<int?> targets) =>
            !mean ? sum : sum / Math.Max(1, targets.Count(target => target is not null));
        return new Dictionary<string, Check.LossMethod>
        {
            ["a loop"] = (y, targets) =>
            {
                var loss = 0.0;
                for (var i = 1; i <= y.Count; i++)
                {
                    if (targets[i - 1] is { } k)
                    {
                        loss -= Math.Log(y[i - 1][k]);
                    }
                }

                return Over(loss, targets);
            },
            ["backwards"] = (y, targets) =>
            {
                var loss = 0.0;
                for (var i = y.Count - 1; i >= 0; i--)
                {
                    loss += targets[i] is { } k ? Math.Log(1 / y[i][k]) : 0;
                }

                return Over(loss, targets);
            },
            ["LINQ"] = (y, targets) => Over(Read(y, targets).Sum(p => -Math.Log(p)), targets),
            ["the library's"] = (y, targets) => Over(CrossEntropy.Loss(y, targets), targets),
            ["the logarithm of a product"] = (y, targets) =>
                Over(-Math.Log(Read(y, targets).Aggregate(1.0, (product, p) => product * p)), targets),
            ["bits turned into nats"] = (y, targets) =>
                Over(Read(y, targets).Sum(p => -Math.Log2(p)) * Math.Log(2), targets),
            ["in single precision"] = (y, targets) => Over(Read(y, targets).Sum(p => -MathF.Log((float)p)), targets),
            ["recursion"] = (y, targets) =>
            {
                double From(int i) => i == y.Count ? 0 : (targets[i] is { } k ? -Math.Log(y[i][k]) : 0) + From(i + 1);
                return Over(From(0), targets);
            },
            ["with one-hot targets"] = (y, targets) =>
                Over(
                    y.Zip(targets)
                        .Sum(p =>
                            -(
                                Vector<double>.Build.Dense(p.First.Count, k => k == p.Second ? 1 : 0)
                                * p.First.PointwiseLog()
                            )
                        ),
                    targets
                ),
            ["continue"] = (y, targets) =>
            {
                var (loss, i) = (0.0, -1);
                foreach (var target in targets)
                {
                    i++;
                    if (!target.HasValue)
                    {
                        continue;
                    }

                    loss += -Math.Log(y[i][target.Value]);
                }

                return Over(loss, targets);
            },
        }.ToDictionary(
            way => way.Key,
            way => (Func<Feedback>)(() => mean ? Check.MaskedMeanLoss(way.Value) : Check.MaskedLoss(way.Value))
        );
    }
}

/// <summary>Right answers to the exercises of lesson 08 on gradients.</summary>
internal static class Answers08
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Gradients { get; } =
        new Dictionary<string, Check.BackwardMethod>
        {
            ["the library's"] = (rnn, trace, targets) => rnn.Backward(trace, targets),
            ["a loop"] = (rnn, trace, targets) => Loop(rnn, trace, targets),
            ["with products from the left"] = (rnn, trace, targets) => Loop(rnn, trace, targets, left: true),
            ["in place"] = (rnn, trace, targets) => Loop(rnn, trace, targets, inPlace: true),
            ["as one-column matrices"] = Columns,
            ["by recursion"] = (rnn, trace, targets) =>
            {
                var (zero, _) = Back(rnn, trace, targets, 1);
                return zero;
            },
            ["each loss alone"] = (rnn, trace, targets) =>
                Enumerable
                    .Range(0, targets.Count)
                    .Select(j => rnn.Backward(trace, [.. targets.Select((t, k) => k == j ? t : null)]))
                    .Aggregate(rnn.Backward(trace, new int?[targets.Count]), Plus),
            ["a loss and then the next, halved and doubled"] = (rnn, trace, targets) =>
            {
                var g = rnn.Backward(trace, targets);
                return Plus(Times(g, 0.5), Times(g, 0.5));
            },
            ["with noise in the tenth digit"] = (rnn, trace, targets) => Times(rnn.Backward(trace, targets), 1 + 1e-10),
            ["by central differences"] = (rnn, trace, targets) =>
            {
                var g = rnn
                    .Parameters.Select(p =>
                        CentralDifferences.Gradient(() => CrossEntropy.Loss(rnn.Predict(trace.x), targets), p.Values)
                    )
                    .ToList();
                Matrix<double> As(Matrix<double> m, double[] values) =>
                    Matrix<double>.Build.Dense(m.RowCount, m.ColumnCount, values);
                return new(
                    As(rnn.U, g[0]),
                    As(rnn.W, g[1]),
                    As(rnn.V, g[2]),
                    Vector<double>.Build.Dense(g[3]),
                    Vector<double>.Build.Dense(g[4]),
                    Vector<double>.Build.Dense(g[5])
                );
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Backward(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Measures { get; } =
        new Dictionary<string, Func<Func<double>, double[], double[]>>
        {
            ["the library's"] = (loss, values) => CentralDifferences.Gradient(loss, values),
            ["a step of 1e-5"] = (loss, values) => Central(loss, values, _ => 1e-5),
            ["a step of 1e-4 / 4"] = (loss, values) => Central(loss, values, _ => 2.5e-5),
            ["a step of 6e-6"] = (loss, values) => Central(loss, values, _ => 6e-6),
            ["a step that goes with the number"] = (loss, values) =>
                Central(loss, values, value => 1e-5 * Math.Max(0.5, Math.Abs(value))),
            ["to the other side first"] = (loss, values) => Central(loss, values, _ => -1e-5),
            ["four places"] = (loss, values) =>
            {
                var (one, two) = (Central(loss, values, _ => 1e-3), Central(loss, values, _ => 2e-3));
                return [.. one.Zip(two, (a, b) => ((4 * a) - b) / 3)];
            },
            ["from the last number to the first"] = (loss, values) =>
            {
                var slopes = new double[values.Length];
                for (var k = values.Length - 1; k >= 0; k--)
                {
                    slopes[k] = Slope(loss, values, k, 1e-5);
                }

                return slopes;
            },
            ["LINQ"] = (loss, values) =>
                [.. Enumerable.Range(0, values.Length).Select(k => Slope(loss, values, k, 1e-5))],
            ["moved with += and back"] = (loss, values) =>
            {
                const double h = 1e-5;
                var slopes = new double[values.Length];
                for (var k = 0; k < values.Length; k++)
                {
                    values[k] += h;
                    var above = loss();
                    values[k] -= 2 * h;
                    var below = loss();
                    values[k] += h;
                    slopes[k] = (above - below) / (2 * h);
                }

                return slopes;
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Measure(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> ByLags { get; } =
        new Dictionary<string, Check.ByLagMethod>
        {
            ["each loss on its own path"] = (rnn, trace, targets, lag) => OfLag(rnn, trace, targets, lag),
            ["from the last step to the first"] = (rnn, trace, targets, lag) =>
                OfLag(rnn, trace, targets, lag, backwards: true),
            ["products of Jacobians"] = (rnn, trace, targets, lag) =>
            {
                var sum = 0 * rnn.W;
                for (var i = 1; i + lag <= targets.Count; i++)
                {
                    var ds =
                        StateJacobians.Between(rnn, trace.s, i + lag, i).Transpose()
                        * (rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1]));
                    sum += Slope(trace.s[i]).PointwiseMultiply(ds).OuterProduct(trace.s[i - 1]);
                }

                return sum;
            },
            ["LINQ"] = (rnn, trace, targets, lag) =>
                Enumerable
                    .Range(1, Math.Max(0, targets.Count - lag))
                    .Select(i =>
                    {
                        var ds =
                            rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1]);
                        for (var j = i + lag; j > i; j--)
                        {
                            ds = rnn.W.Transpose() * Slope(trace.s[j]).PointwiseMultiply(ds);
                        }

                        return Slope(trace.s[i]).PointwiseMultiply(ds).OuterProduct(trace.s[i - 1]);
                    })
                    .Aggregate(0 * rnn.W, (sum, part) => sum + part),
            ["recursion"] = (rnn, trace, targets, lag) =>
            {
                Vector<double> Sent(int i, int j) =>
                    i == j
                        ? rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1])
                        : rnn.W.Transpose() * Slope(trace.s[i + 1]).PointwiseMultiply(Sent(i + 1, j));
                var sum = 0 * rnn.W;
                for (var i = 1; i + lag <= targets.Count; i++)
                {
                    sum += Slope(trace.s[i]).PointwiseMultiply(Sent(i, i + lag)).OuterProduct(trace.s[i - 1]);
                }

                return sum;
            },
            ["all lags in a table"] = (rnn, trace, targets, lag) =>
            {
                var table = Enumerable.Range(0, targets.Count).ToDictionary(l => l, _ => 0 * rnn.W);
                for (var j = 1; j <= targets.Count; j++)
                {
                    var ds = rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1]);
                    for (var i = j; i >= 1; i--)
                    {
                        var da = Slope(trace.s[i]).PointwiseMultiply(ds);
                        table[j - i] += da.OuterProduct(trace.s[i - 1]);
                        ds = rnn.W.Transpose() * da;
                    }
                }

                return table.GetValueOrDefault(lag) ?? 0 * rnn.W;
            },
            ["all up to the lag, less those before"] = (rnn, trace, targets, lag) =>
            {
                Matrix<double> UpTo(int most) =>
                    Enumerable
                        .Range(0, Math.Max(0, most + 1))
                        .Aggregate(0 * rnn.W, (sum, l) => sum + OfLag(rnn, trace, targets, l));
                return UpTo(lag) - UpTo(lag - 1);
            },
            ["numbers in loops"] = (rnn, trace, targets, lag) =>
            {
                var of = OfLag(rnn, trace, targets, lag);
                return Matrix<double>.Build.Dense(of.RowCount, of.ColumnCount, (r, c) => of[r, c] * (1 + 1e-12));
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.ByLag(way.Value)));

    private static Vector<double> Slope(Vector<double> s_i) => 1 - s_i.PointwiseMultiply(s_i);

    private static Matrix<double> OfLag(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int lag,
        bool backwards = false
    )
    {
        var steps = Enumerable.Range(1, Math.Max(0, targets.Count - lag));
        var sum = 0 * rnn.W;
        foreach (var i in backwards ? steps.Reverse() : steps)
        {
            var ds = CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1]) * rnn.V;
            for (var j = i + lag; j > i; j--)
            {
                ds = Slope(trace.s[j]).PointwiseMultiply(ds) * rnn.W;
            }

            sum += Slope(trace.s[i]).PointwiseMultiply(ds).OuterProduct(trace.s[i - 1]);
        }

        return sum;
    }

    private static double Slope(Func<double> loss, double[] values, int k, double h)
    {
        var here = values[k];
        values[k] = here + h;
        var above = loss();
        values[k] = here - h;
        var below = loss();
        values[k] = here;
        return (above - below) / (2 * h);
    }

    private static double[] Central(Func<double> loss, double[] values, Func<double, double> step) =>
        [.. values.Select((value, k) => Slope(loss, values, k, step(value)))];

    private static VanillaRnn.Gradients Times(VanillaRnn.Gradients g, double factor) =>
        new(factor * g.dU, factor * g.dW, factor * g.dV, factor * g.db, factor * g.dc, factor * g.ds_0);

    private static VanillaRnn.Gradients Plus(VanillaRnn.Gradients a, VanillaRnn.Gradients b) =>
        new(a.dU + b.dU, a.dW + b.dW, a.dV + b.dV, a.db + b.db, a.dc + b.dc, a.ds_0 + b.ds_0);

    private static VanillaRnn.Gradients Loop(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        bool left = false,
        bool inPlace = false
    )
    {
        var (x, s, y) = trace;
        Matrix<double> dU = 0 * rnn.U,
            dW = 0 * rnn.W,
            dV = 0 * rnn.V;
        Vector<double> db = 0 * rnn.b,
            dc = 0 * rnn.c,
            ds_next = 0 * rnn.s_0;
        for (var i = x.Count; i >= 1; i--)
        {
            var dz_i = y[i - 1].Clone();
            if (targets[i - 1] is { } k)
            {
                dz_i[k] -= 1;
            }
            else
            {
                dz_i.Clear();
            }

            var ds_i = (left ? dz_i * rnn.V : rnn.V.Transpose() * dz_i) + ds_next;
            var da_i = Slope(s[i]).PointwiseMultiply(ds_i);
            if (inPlace)
            {
                dU.Add(da_i.OuterProduct(x[i - 1]), dU);
                dW.Add(da_i.OuterProduct(s[i - 1]), dW);
                dV.Add(dz_i.OuterProduct(s[i]), dV);
                db.Add(da_i, db);
                dc.Add(dz_i, dc);
            }
            else
            {
                (dU, dW, dV) = (
                    dU + da_i.OuterProduct(x[i - 1]),
                    dW + da_i.OuterProduct(s[i - 1]),
                    dV + dz_i.OuterProduct(s[i])
                );
                (db, dc) = (db + da_i, dc + dz_i);
            }

            ds_next = left ? da_i * rnn.W : rnn.W.Transpose() * da_i;
        }

        return new(dU, dW, dV, db, dc, ds_next);
    }

    // All steps' gradients side by side; the parameters' are products of such matrices.
    private static VanillaRnn.Gradients Columns(VanillaRnn rnn, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
    {
        var (x, s, y) = trace;
        var n = x.Count;
        if (n == 0)
        {
            return rnn.Backward(trace, targets);
        }

        var dZ = Matrix<double>.Build.DenseOfColumnVectors(
            y.Select((y_i, i) => CrossEntropy.ScoreGradient(y_i, targets[i]))
        );
        var dA = Matrix<double>.Build.Dense(s[0].Count, n);
        var ds_next = 0 * s[0];
        for (var i = n; i >= 1; i--)
        {
            dA.SetColumn(i - 1, Slope(s[i]).PointwiseMultiply((rnn.V.Transpose() * dZ.Column(i - 1)) + ds_next));
            ds_next = rnn.W.Transpose() * dA.Column(i - 1);
        }

        var before = Matrix<double>.Build.DenseOfColumnVectors(s.Take(n));
        var after = Matrix<double>.Build.DenseOfColumnVectors(s.Skip(1));
        return new(
            dA * Matrix<double>.Build.DenseOfColumnVectors(x).Transpose(),
            dA * before.Transpose(),
            dZ * after.Transpose(),
            dA.RowSums(),
            dZ.RowSums(),
            ds_next
        );
    }

    private static (VanillaRnn.Gradients Sum, Vector<double> ToPrevious) Back(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int i
    )
    {
        if (i > trace.x.Count)
        {
            return (new(0 * rnn.U, 0 * rnn.W, 0 * rnn.V, 0 * rnn.b, 0 * rnn.c, 0 * rnn.s_0), 0 * rnn.s_0);
        }

        var (later, fromNext) = Back(rnn, trace, targets, i + 1);
        var dz_i = CrossEntropy.ScoreGradient(trace.y[i - 1], targets[i - 1]);
        var da_i = Slope(trace.s[i]).PointwiseMultiply((rnn.V.Transpose() * dz_i) + fromNext);
        var sent = rnn.W.Transpose() * da_i;
        return (
            new(
                later.dU + da_i.OuterProduct(trace.x[i - 1]),
                later.dW + da_i.OuterProduct(trace.s[i - 1]),
                later.dV + dz_i.OuterProduct(trace.s[i]),
                later.db + da_i,
                later.dc + dz_i,
                sent
            ),
            sent
        );
    }
}
