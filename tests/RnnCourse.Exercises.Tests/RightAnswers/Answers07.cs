using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 07.</summary>
internal static class Answers07
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
    ];

    private static bool HasNoun(Sentence s) => s.Tags.Contains("NOUN");

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
