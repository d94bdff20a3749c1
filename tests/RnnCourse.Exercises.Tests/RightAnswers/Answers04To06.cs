using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using Example = RnnCourse.Core.GradientDescent.Example;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lessons 04 to 06.</summary>
internal static class Answers04To06
{
    private static readonly IReadOnlyList<Example> Examples = [.. TinySentences.Train.Select(TinySentences.ToExample)];

    private static readonly Lazy<SharedNetwork> Shared = new(() =>
    {
        var net = new SharedNetwork(13, 8, 7, new SeededRandom(1));
        GradientDescent.Train(net, Examples, 60, 0.1, new SeededRandom(2));
        return net;
    });

    private static readonly Lazy<FunctionPerStep> PerStep = new(() => TrainPerStep(1, TinySentences.Train));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "04.1",
            new Dictionary<string, Func<int, int, int, int>>
            {
                ["as a sum of four"] = (D, H, K) => (H * D) + (K * H) + H + K,
                ["biases as one more column"] = (D, H, K) => (H * (D + 1)) + (K * (H + 1)),
                ["H taken out"] = (D, H, K) => (H * (D + K + 1)) + K,
                ["asked of the network"] = (D, H, K) => new SharedNetwork(D, H, K, new SeededRandom(1)).ParameterCount,
                ["asked of its parameters"] = (D, H, K) =>
                    new SharedNetwork(D, H, K, new SeededRandom(1)).Parameters.Sum(p => p.Rows * p.Columns),
                ["counted in a loop"] = (D, H, K) =>
                {
                    var count = K;
                    for (var h = 0; h < H; h++)
                    {
                        count += D + 1 + K;
                    }

                    return count;
                },
                ["layer by layer"] = (D, H, K) =>
                {
                    int Layer(int from, int to) => (from * to) + to;
                    return Layer(D, H) + Layer(H, K);
                },
                ["over the sizes"] = (D, H, K) =>
                    new[] { D, H, K } is var sizes ? sizes.Zip(sizes.Skip(1), (a, b) => (a + 1) * b).Sum() : 0,
                ["recursion"] = (D, H, K) => Recursive(D, H, K),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.SharedParameterCount(way.Value)))
        ),
        new(
            "04.3",
            new[]
            {
                ("they fish", "the fish"),
                ("the fish", "they fish"),
                ("we swim", "every swim"),
                ("they still only fish", "the still only fish"),
                ("fish", "guide the fish"),
                ("cook the swim", "we will swim"),
                ("the cook can cook", "they cook"),
                ("they only swim", "the only swim can swim"),
                ("we guide the fish", "the guide will fish"),
            }.ToDictionary(
                pair => $"{pair.Item1} / {pair.Item2}",
                pair => (Func<Feedback>)(() => Check.BlindPair(Shared.Value, pair.Item1, pair.Item2))
            )
        ),
        new(
            "04.4",
            new (int Seed, int Epochs, double Rate, int More)[]
            {
                (1, 60, 0.1, 30),
                (2, 60, 0.1, 30),
                (3, 60, 0.1, 30),
                (4, 80, 0.1, 40),
                (5, 60, 0.05, 30),
                (6, 100, 0.1, 30),
                (7, 40, 0.1, 60),
                (8, 150, 0.03, 30),
            }.ToDictionary(
                way => $"seed {way.Seed}, {way.Epochs} epochs at {way.Rate}, {way.More} at 0.01",
                way =>
                    (Func<Feedback>)(
                        () =>
                        {
                            var random = new SeededRandom((ulong)way.Seed);
                            var net = new SharedNetwork(13, 50, 7, random);
                            GradientDescent.Train(net, Examples, way.Epochs, way.Rate, random);
                            GradientDescent.Train(net, Examples, way.More, 0.01, random);
                            return Check.AtTheFloor(net);
                        }
                    )
            )
        ),
        new(
            "05.1",
            new (int D, int H, int K)[]
            {
                (5, 4, 3),
                (1, 1, 1),
                (2, 3, 4),
                (13, 8, 6),
                (100, 50, 10),
                (7, 1, 9),
                (1, 20, 2),
                (3, 3, 3),
                (1000, 100, 50),
            }.ToDictionary(
                size => $"{size}",
                size =>
                    (Func<Feedback>)(
                        () =>
                        {
                            var (D, H, K) = size;
                            // Each by another of the formulas that are equal.
                            long Sum(int n) => Enumerable.Range(1, n).Sum(i => (long)((H * i * D) + H + (K * H) + K));
                            long Closed(long n) => (H * D * n * (n + 1) / 2) + (n * ((K * H) + H + K));
                            var from = 1;
                            for (long total = Sum(1); total <= 1_000_000; total += (H * from * D) + H + (K * H) + K)
                            {
                                from++;
                            }

                            return Check.PerStepCounts(D, H, K, Sum(10), Closed(100), from);
                        }
                    )
            )
        ),
        new("05.2", Answers05.Errors(PerStep)),
        new(
            "05.3",
            new[]
            {
                ("fish", 3),
                ("fish", 6),
                ("cook", 4),
                ("guide", 3),
                ("fish", 2),
                ("swim", 5),
                ("only", 3),
                ("still", 2),
                ("cook", 6),
            }
                .ToDictionary(
                    way => $"{way.Item1} at step {way.Item2}",
                    way => (Func<Feedback>)(() => Blind(way.Item1, way.Item2, 10))
                )
                .Concat(
                    RightAnswersTests.Seeds.Select(seed =>
                        KeyValuePair.Create(
                            $"fish at step 3, seed {seed}",
                            (Func<Feedback>)(() => Blind("fish", 3, seed))
                        )
                    )
                )
                .ToDictionary()
        ),
        new(
            "05.4",
            new Dictionary<string, Func<Sentence, Example>>
            {
                ["Repeat and Concat"] = s =>
                    new(
                        [.. Enumerable.Repeat(Vector<double>.Build.Dense(13), 6 - s.Words.Count), .. OneHot(s)],
                        [null, null, null, null, null, TagOf(s)]
                    ),
                ["a loop"] = s =>
                {
                    var x = new List<Vector<double>>();
                    var targets = new List<int?>();
                    for (var i = 0; i < 6; i++)
                    {
                        var place = i - (6 - s.Words.Count);
                        x.Add(place < 0 ? Vector<double>.Build.Dense(13) : OneHot(s)[place]);
                        targets.Add(i == 5 ? TagOf(s) : null);
                    }

                    return new(x, targets);
                },
                ["inserted in front"] = s =>
                {
                    var x = OneHot(s).ToList();
                    while (x.Count < 6)
                    {
                        x.Insert(0, Vector<double>.Build.Dense(13));
                    }

                    return new(x, [.. new int?[5], TagOf(s)]);
                },
                ["prepended by recursion"] = s => new(Padded(OneHot(s)), [.. new int?[5], TagOf(s)]),
                ["arrays"] = s =>
                {
                    var x = new Vector<double>[6];
                    Array.Fill(x, Vector<double>.Build.Dense(13));
                    OneHot(s).ToArray().CopyTo(x, 6 - s.Words.Count);
                    var targets = new int?[6];
                    targets[^1] = TagOf(s);
                    return new(x, targets);
                },
                ["sparse blanks"] = s =>
                    new(
                        [.. Enumerable.Repeat(Vector<double>.Build.Sparse(13), 6 - s.Words.Count), .. OneHot(s)],
                        [.. Enumerable.Repeat((int?)null, 5), TagOf(s)]
                    ),
                ["zeros by 0 *"] = s =>
                    new(
                        [.. Enumerable.Repeat(0 * OneHot(s)[0], 6 - s.Words.Count), .. OneHot(s)],
                        [.. Enumerable.Repeat((int?)null, 5), TagOf(s)]
                    ),
                ["reversed, filled and reversed"] = s =>
                    new(
                        [
                            .. OneHot(s)
                                .Reverse()
                                .Concat(Enumerable.Repeat(Vector<double>.Build.Dense(13), 5))
                                .Take(6)
                                .Reverse(),
                        ],
                        [.. new int?[5], TagOf(s)]
                    ),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.PadInFront(way.Value)))
        ),
        new("06.1a", new Dictionary<string, Func<Feedback>>([.. Answers06.Steps, .. Answers06Loops.Steps])),
        new("06.1b", Answers06.Runs),
        new("06.2a", Answers06.Tests),
        new("06.2b", Answers06.Mended),
        new("06.3", Answers06.SpecialCases),
        new("06.5", Answers06.HandMade),
    ];

    private static int Recursive(params int[] sizes) =>
        sizes.Length < 2 ? 0 : ((sizes[0] + 1) * sizes[1]) + Recursive(sizes[1..]);

    private static IReadOnlyList<Vector<double>> OneHot(Sentence s) => TinySentences.OneHot(s.Words);

    private static int TagOf(Sentence s) => TinySentences.TagSet.ToList().IndexOf(s.Tags[^1]);

    private static IReadOnlyList<Vector<double>> Padded(IReadOnlyList<Vector<double>> x) =>
        x.Count == 6 ? x : Padded([Vector<double>.Build.Dense(13), .. x]);

    private static FunctionPerStep TrainPerStep(int seed, IEnumerable<Sentence> sentences)
    {
        var random = new SeededRandom((ulong)seed);
        var net = new FunctionPerStep(13, 8, 7, 6, random);
        GradientDescent.Train(net, [.. sentences.Select(TinySentences.ToExample)], 60, 0.1, random);
        return net;
    }

    private static Feedback Blind(string word, int step, int seed) =>
        Check.BlindSpot(
            PerStep.Value,
            TrainPerStep(seed, TinySentences.Train.Where(s => s.Words.ElementAtOrDefault(step - 1) != word)),
            word,
            step
        );
}

/// <summary>Right lists of errors, each counted in another way.</summary>
internal static class Answers05
{
    private delegate int Counts(int step, string word, string tag);

    public static IReadOnlyDictionary<string, Func<Feedback>> Errors(Lazy<FunctionPerStep> network)
    {
        Func<Feedback> Listed(
            Counts elsewhere,
            Func<
                IEnumerable<(int, string, string, int, int)>,
                IReadOnlyList<(int Step, string Word, string Tag, int There, int Elsewhere)>
            > list
        ) =>
            () =>
                Check.ExplainedErrors(
                    network.Value,
                    list(
                        from sentence in TinySentences.Test
                        let said = TinySentences.ReadTags(network.Value.Predict(TinySentences.OneHot(sentence.Words)))
                        from i in Enumerable.Range(0, sentence.Words.Count)
                        where said[i] != sentence.Tags[i]
                        let there = TinySentences.Train.Count(s =>
                            s.Words.ElementAtOrDefault(i) == sentence.Words[i] && s.Tags[i] == sentence.Tags[i]
                        )
                        select (
                            i + 1,
                            sentence.Words[i],
                            sentence.Tags[i],
                            there,
                            elsewhere(i + 1, sentence.Words[i], sentence.Tags[i])
                        )
                    )
                );

        static IEnumerable<int> Others(Sentence s, int step) =>
            Enumerable.Range(1, s.Words.Count).Where(i => i != step);
        Counts sentences = (step, word, _) =>
            TinySentences.Train.Count(s => Others(s, step).Any(i => s.Words[i - 1] == word));
        return new Dictionary<string, Func<Feedback>>
        {
            ["sentences, whatever the tag"] = Listed(sentences, all => [.. all]),
            ["each error once"] = Listed(sentences, all => [.. all.Distinct()]),
            ["some errors twice"] = Listed(sentences, all => [.. all, .. all]),
            ["in another order"] = Listed(sentences, all => [.. all.OrderBy(error => error.Item2)]),
            ["backwards"] = Listed(sentences, all => [.. all.Reverse()]),
            ["places, whatever the tag"] = Listed(
                (step, word, _) => TinySentences.Train.Sum(s => Others(s, step).Count(i => s.Words[i - 1] == word)),
                all => [.. all]
            ),
            ["sentences, with the tag"] = Listed(
                (step, word, tag) =>
                    TinySentences.Train.Count(s =>
                        Others(s, step).Any(i => s.Words[i - 1] == word && s.Tags[i - 1] == tag)
                    ),
                all => [.. all]
            ),
            ["places, with the tag"] = Listed(
                (step, word, tag) =>
                    TinySentences.Train.Sum(s =>
                        Others(s, step).Count(i => s.Words[i - 1] == word && s.Tags[i - 1] == tag)
                    ),
                all => all.ToArray()
            ),
        };
    }
}

/// <summary>Right answers to the exercises of lesson 06.</summary>
internal static class Answers06
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Steps { get; } =
        new Dictionary<string, Check.StepMethod>
        {
            ["two lines"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["softmax without a shift"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
                var e = ((V * s_i) + c).PointwiseExp();
                return (s_i, e / e.Sum());
            },
            ["one matrix for both"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var both = Vector<double>.Build.DenseOfEnumerable(x_i.Concat(s_prev));
                var s_i = ((U.Append(W) * both) + b).PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["biases as columns"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var all = Vector<double>.Build.DenseOfEnumerable([.. x_i, .. s_prev, 1.0]);
                var s_i = (U.Append(W).Append(b.ToColumnMatrix()) * all).PointwiseTanh();
                var z_i = V.Append(c.ToColumnMatrix()) * Vector<double>.Build.DenseOfEnumerable(s_i.Append(1));
                return (s_i, CrossEntropy.Softmax(z_i));
            },
            ["loops over numbers"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = Vector<double>.Build.Dense(b.Count);
                for (var r = 0; r < b.Count; r++)
                {
                    var a = b[r];
                    for (var k = 0; k < x_i.Count; k++)
                    {
                        a += U[r, k] * x_i[k];
                    }

                    for (var k = 0; k < s_prev.Count; k++)
                    {
                        a += W[r, k] * s_prev[k];
                    }

                    s_i[r] = Math.Tanh(a);
                }

                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["tanh by exponentials"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).Map(a =>
                    (Math.Exp(a) - Math.Exp(-a)) / (Math.Exp(a) + Math.Exp(-a))
                );
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["rows from the left"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((x_i * U.Transpose()) + (s_prev * W.Transpose()) + b).PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((s_i * V.Transpose()) + c));
            },
            ["sums of columns"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = x_i.Select((value, k) => value * U.Column(k))
                    .Concat(s_prev.Select((value, k) => value * W.Column(k)))
                    .Aggregate(b, (sum, part) => sum + part)
                    .PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["rounded to nine digits"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).Map(a => Math.Round(Math.Tanh(a), 9));
                return (s_i, CrossEntropy.Softmax((V * s_i) + c).Map(p => Math.Round(p, 9)));
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.RecurrentStep(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Runs { get; } =
        new Dictionary<string, Check.RunMethod>
        {
            ["foreach"] = (rnn, x, s_0) =>
            {
                var (s, y) = (new List<Vector<double>>(), new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    s.Add(State(rnn, x_i, s.Count == 0 ? s_0 : s[^1]));
                    y.Add(Output(rnn, s[^1]));
                }

                return (s, y);
            },
            ["for, in arrays"] = (rnn, x, s_0) =>
            {
                var (s, y) = (new Vector<double>[x.Count], new Vector<double>[x.Count]);
                for (var i = 1; i <= x.Count; i++)
                {
                    s[i - 1] = State(rnn, x[i - 1], i == 1 ? s_0 : s[i - 2]);
                    y[i - 1] = Output(rnn, s[i - 1]);
                }

                return (s, y);
            },
            ["while"] = (rnn, x, s_0) =>
            {
                var states = new List<Vector<double>> { s_0 };
                while (states.Count <= x.Count)
                {
                    states.Add(State(rnn, x[states.Count - 1], states[^1]));
                }

                return ([.. states.Skip(1)], [.. states.Skip(1).Select(s => Output(rnn, s))]);
            },
            ["LINQ with a state outside"] = (rnn, x, s_0) =>
            {
                var s = s_0;
                List<Vector<double>> states = [.. x.Select(x_i => s = State(rnn, x_i, s))];
                return (states, [.. states.Select(state => Output(rnn, state))]);
            },
            ["Aggregate"] = (rnn, x, s_0) =>
            {
                var states = x.Aggregate(
                    new List<Vector<double>> { s_0 },
                    (list, x_i) => [.. list, State(rnn, x_i, list[^1])]
                );
                return ([.. states.Skip(1)], [.. states.Skip(1).Select(s => Output(rnn, s))]);
            },
            ["recursion"] = (rnn, x, s_0) =>
            {
                var states = From(rnn, x, s_0, 0).ToList();
                return (states, [.. states.Select(s => Output(rnn, s))]);
            },
            ["a generator"] = (rnn, x, s_0) =>
            {
                IEnumerable<Vector<double>> States()
                {
                    var s = s_0;
                    foreach (var x_i in x)
                    {
                        yield return s = State(rnn, x_i, s);
                    }
                }

                return ([.. States()], [.. States().Select(s => Output(rnn, s))]);
            },
            ["all inputs multiplied at once"] = (rnn, x, s_0) =>
            {
                if (x.Count == 0)
                {
                    return ([], []);
                }

                var UX = rnn.U * Matrix<double>.Build.DenseOfColumnVectors(x);
                var (s, states) = (s_0, new List<Vector<double>>());
                for (var i = 0; i < x.Count; i++)
                {
                    states.Add(s = (UX.Column(i) + (rnn.W * s) + rnn.b).PointwiseTanh());
                }

                return (states, [.. states.Select(state => Output(rnn, state))]);
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.RecurrentRun(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Tests { get; } =
        new Dictionary<string, Func<Check.PredictMethod, VanillaRnn, bool>>
        {
            ["they and the"] = (predict, rnn) => Differ(predict, rnn, "they fish", "the fish"),
            ["longer sentences"] = (predict, rnn) => Differ(predict, rnn, "they still fish", "the still fish"),
            ["by the norm"] = (predict, rnn) =>
                (Last(predict, rnn, "they fish") - Last(predict, rnn, "the fish")).L2Norm() > 0,
            ["by the sum of differences"] = (predict, rnn) =>
                (Last(predict, rnn, "we swim") - Last(predict, rnn, "every swim")).PointwiseAbs().Sum() > 1e-12,
            ["as numbers"] = (predict, rnn) =>
                Last(predict, rnn, "they cook").Zip(Last(predict, rnn, "the cook")).Any(p => p.First != p.Second),
            ["as an inequality of sequences"] = (predict, rnn) =>
                !Last(predict, rnn, "can fish").SequenceEqual(Last(predict, rnn, "every fish")),
            ["any of many"] = (predict, rnn) =>
                TinySentences.Vocabulary.Select(word => Last(predict, rnn, $"{word} fish")[0]).Distinct().Count() > 1,
            ["with the first output alone of a repeated word"] = (predict, rnn) =>
                predict(rnn, TinySentences.OneHot("fish", "fish")) is var y && !y[0].Equals(y[1]),
            ["against the start"] = (predict, rnn) =>
                !Last(predict, rnn, "they fish").Equals(rnn.Step(TinySentences.OneHot("fish")[0], rnn.s_0).y_i),
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.StateTest(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Mended { get; } =
        new Dictionary<string, Check.PredictMethod>
        {
            ["the library's"] = (rnn, x) => rnn.Predict(x),
            ["its trace"] = (rnn, x) => rnn.Forward(x).y,
            ["a loop"] = (rnn, x) =>
            {
                var (s, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    (s, var y_i) = rnn.Step(x_i, s);
                    y.Add(y_i);
                }

                return y;
            },
            ["LINQ"] = (rnn, x) =>
            {
                var s = rnn.s_0;
                return
                [
                    .. x.Select(x_i =>
                    {
                        (s, var y_i) = rnn.Step(x_i, s);
                        return y_i;
                    }),
                ];
            },
            ["recursion"] = (rnn, x) => [.. From(rnn, x, rnn.s_0, 0).Select(s => Output(rnn, s))],
            ["each output from the beginning"] = (rnn, x) =>
                [.. x.Select((_, i) => rnn.Predict([.. x.Take(i + 1)])[i])],
            ["Aggregate"] = (rnn, x) =>
                x.Aggregate(
                    (s: rnn.s_0, y: new List<Vector<double>>()),
                    (so, x_i) => rnn.Step(x_i, so.s) is var (s_i, y_i) ? (s_i, [.. so.y, y_i]) : so
                ).y,
            ["states first, outputs later"] = (rnn, x) => [.. rnn.Forward(x).s.Skip(1).Select(s => Output(rnn, s))],
            ["in an array"] = (rnn, x) =>
            {
                var (s, y) = (rnn.s_0, new Vector<double>[x.Count]);
                for (var i = 0; i < y.Length; i++)
                {
                    (s, y[i]) = rnn.Step(x[i], s);
                }

                return y;
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.MendedPredict(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> SpecialCases { get; } =
        new Dictionary<string, Func<(VanillaRnn, SharedNetwork)>>
        {
            ["copied with CopyTo"] = () => Special(1, 8),
            ["another seed"] = () => Special(2, 8),
            ["a small state"] = () => Special(3, 1),
            ["a large state"] = () => Special(4, 40),
            ["copied the other way"] = () => Special(5, 8, back: true),
            ["number by number"] = () => Special(6, 8, numbers: true),
            ["with biases"] = () => Special(7, 8, biases: true),
            ["a state to start from"] = () => Special(8, 8, start: 0.7),
            ["trained before W is cleared"] = () =>
            {
                var rnn = new VanillaRnn(13, 8, 7, new SeededRandom(9));
                GradientDescent.Train(
                    rnn,
                    [.. TinySentences.Train.Select(TinySentences.ToExample)],
                    3,
                    0.1,
                    new SeededRandom(1)
                );
                return Special(9, 8, of: rnn);
            },
        }.ToDictionary(
            way => way.Key,
            way => (Func<Feedback>)(() => way.Value() is var (rnn, plain) ? Check.SpecialCase(rnn, plain) : null!)
        );

    public static IReadOnlyDictionary<string, Func<Feedback>> HandMade { get; } =
        new (string Name, int H, int Unit, double Push, double Keep, double Read, int Sign, double Start)[]
        {
            ("one number", 1, 0, 12, 4, 5, 1, 0),
            ("the other way round", 1, 0, 12, 4, 5, -1, 0),
            ("from −1", 1, 0, 12, 4, 5, 1, -1),
            ("from 1", 1, 0, 12, 4, 5, 1, 1),
            ("two numbers", 2, 1, 12, 4, 5, 1, 0),
            ("three numbers", 3, 0, 8, 3, 2, 1, 0),
            ("four numbers", 4, 3, 12, 4, 5, -1, 0.5),
            ("smaller weights", 1, 0, 3, 1.5, 1, 1, 0),
            ("larger weights", 1, 0, 100, 50, 30, 1, 0),
        }.ToDictionary(
            way => way.Name,
            way =>
                (Func<Feedback>)(
                    () =>
                    {
                        var net = new VanillaRnn(13, way.H, 7, new SeededRandom(1));
                        foreach (var parameter in net.Parameters)
                        {
                            Array.Clear(parameter.Values);
                        }

                        for (var k = 0; k < 6; k++)
                        {
                            net.U[way.Unit, k] = way.Sign * (k < 2 ? way.Push : -way.Push);
                        }

                        net.W[way.Unit, way.Unit] = way.Keep;
                        (net.V[5, way.Unit], net.V[6, way.Unit]) = (way.Sign * way.Read, -way.Sign * way.Read);
                        net.s_0[way.Unit] = way.Start;
                        return Check.HandMade(net);
                    }
                )
        );

    private static Vector<double> State(VanillaRnn rnn, Vector<double> x_i, Vector<double> s_prev) =>
        ((rnn.U * x_i) + (rnn.W * s_prev) + rnn.b).PointwiseTanh();

    private static Vector<double> Output(VanillaRnn rnn, Vector<double> s_i) =>
        CrossEntropy.Softmax((rnn.V * s_i) + rnn.c);

    private static IEnumerable<Vector<double>> From(
        VanillaRnn rnn,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s,
        int i
    )
    {
        if (i == x.Count)
        {
            return [];
        }

        var s_i = rnn.Step(x[i], s).s_i;
        return [s_i, .. From(rnn, x, s_i, i + 1)];
    }

    private static Vector<double> Last(Check.PredictMethod predict, VanillaRnn rnn, string sentence) =>
        predict(rnn, TinySentences.OneHot(sentence.Split(' ')))[^1];

    private static bool Differ(Check.PredictMethod predict, VanillaRnn rnn, string one, string other) =>
        !Last(predict, rnn, one).Equals(Last(predict, rnn, other));

    private static (VanillaRnn, SharedNetwork) Special(
        ulong seed,
        int H,
        bool back = false,
        bool numbers = false,
        bool biases = false,
        double start = 0,
        VanillaRnn? of = null
    )
    {
        var rnn = of ?? new VanillaRnn(13, H, 7, new SeededRandom(seed));
        var plain = new SharedNetwork(13, H, 7, new SeededRandom(seed + 100));
        rnn.W.Clear();
        if (biases)
        {
            rnn.b[0] = 0.5;
            rnn.c[3] = -1;
        }

        rnn.s_0.MapInplace(_ => start, Zeros.Include);
        foreach (var parameter in plain.Parameters)
        {
            var own = rnn.Parameters.Single(other => other.Name == parameter.Name);
            if (numbers)
            {
                for (var k = 0; k < own.Values.Length; k++)
                {
                    parameter.Values[k] = own.Values[k];
                }
            }
            else if (back)
            {
                parameter.Values.CopyTo(own.Values, 0);
            }
            else
            {
                own.Values.CopyTo(parameter.Values, 0);
            }
        }

        return (rnn, plain);
    }
}
