using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson03;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lessons 00 to 03.</summary>
internal static class Answers00To03
{
    private static readonly IReadOnlyList<string> TrainWords =
    [
        .. TinySentences.Train.SelectMany(sentence => sentence.Words),
    ];

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "00.1",
            new Dictionary<string, Func<Feedback>>
            {
                ["by CountBy"] = () => Check.CommonestWord(TrainWords.CountBy(w => w).MaxBy(pair => pair.Value).Key),
                ["by GroupBy"] = () =>
                    Check.CommonestWord(TrainWords.GroupBy(w => w).OrderByDescending(g => g.Count()).First().Key),
                ["by ToLookup"] = () =>
                    Check.CommonestWord(TrainWords.ToLookup(w => w).OrderBy(g => g.Count()).Last().Key),
                ["in a dictionary"] = () =>
                {
                    var counts = new Dictionary<string, int>();
                    foreach (var word in TrainWords)
                    {
                        counts[word] = counts.GetValueOrDefault(word) + 1;
                    }

                    return Check.CommonestWord(counts.First(pair => pair.Value == counts.Values.Max()).Key);
                },
                ["over the vocabulary"] = () =>
                    Check.CommonestWord(TinySentences.Vocabulary.MaxBy(word => TrainWords.Count(w => w == word))),
                ["over the bags"] = () =>
                {
                    var bag = TrainWords.Aggregate(
                        Vector<double>.Build.Dense(13),
                        (sum, word) => sum + TinySentences.OneHot(word)[0]
                    );
                    return Check.CommonestWord(TinySentences.Vocabulary[bag.MaximumIndex()]);
                },
                ["in a sorted array"] = () =>
                {
                    var counts = new int[13];
                    foreach (var word in TrainWords)
                    {
                        counts[TinySentences.Vocabulary.ToList().IndexOf(word)]++;
                    }

                    return Check.CommonestWord(TinySentences.Vocabulary[Array.IndexOf(counts, counts.Max())]);
                },
                ["with spaces around it"] = () =>
                    Check.CommonestWord($"  {TrainWords.CountBy(w => w).MaxBy(pair => pair.Value).Key} "),
            }
        ),
        new(
            "00.2",
            Ways(
                Check.WeightedSum,
                ("Zip and Sum", (w, x) => w.Zip(x, (a, b) => a * b).Sum()),
                (
                    "a loop from the end",
                    (w, x) =>
                    {
                        var sum = 0.0;
                        for (var k = w.Length - 1; k >= 0; k--)
                        {
                            sum += x[k] * w[k];
                        }

                        return sum;
                    }
                ),
                ("recursion", (w, x) => Recursive(w, x, 0)),
                ("recursion on parts", (w, x) => Halves(w, x)),
                ("Aggregate", (w, x) => w.Index().Aggregate(0.0, (sum, one) => sum + (one.Item * x[one.Index]))),
                ("Select and Sum", (w, x) => Enumerable.Range(0, w.Length).Select(k => w[k] * x[k]).Sum()),
                ("in single precision", (w, x) => w.Zip(x, (a, b) => (float)a * (float)b).Sum()),
                (
                    "a product of vectors",
                    (w, x) => w.Length == 0 ? 0 : Vector<double>.Build.Dense(w) * Vector<double>.Build.Dense(x)
                ),
                ("half the difference of squares", (w, x) => w.Zip(x, Polar).Sum()),
                (
                    "places that are even, then the others",
                    (w, x) =>
                        w.Select((a, k) => k % 2 == 0 ? a * x[k] : 0).Sum()
                        + w.Select((a, k) => k % 2 == 1 ? a * x[k] : 0).Sum()
                )
            )
        ),
        new(
            "01.2",
            new Dictionary<string, Func<Feedback>>
            {
                ["one number, the last read"] = () => Check.TaskOfYourOwn(Numbers(4, 1), [null, null, null, "warmer"]),
                ["each read"] = () => Check.TaskOfYourOwn(Numbers(3, 1), ["low", "low", "high"]),
                ["two steps only"] = () => Check.TaskOfYourOwn(Numbers(2, 3), [null, "sell"]),
                ["many steps"] = () =>
                    Check.TaskOfYourOwn(Numbers(200, 2), [.. Enumerable.Repeat<string?>(null, 199), "yes"]),
                ["thirteen numbers that aren't words"] = () =>
                    Check.TaskOfYourOwn(Numbers(4, 13), ["a", "b", "c", "d"]),
                ["one-hot moves, of five kinds"] = () =>
                    Check.TaskOfYourOwn(
                        [.. new[] { 0, 3, 4, 1 }.Select(k => Vector<double>.Build.Dense(5, i => i == k ? 1 : 0))],
                        [null, null, null, "won"]
                    ),
                ["some inputs are zero"] = () =>
                    Check.TaskOfYourOwn([Vector<double>.Build.Dense(2), .. Numbers(2, 2)], ["0", "1", "2"]),
                ["negative, in arrays"] = () =>
                    Check.TaskOfYourOwn(
                        new[] { Vector<double>.Build.Dense(2, -7), Vector<double>.Build.Dense(2, -9) },
                        new[] { "left", "right" }
                    ),
                ["sparse vectors"] = () =>
                    Check.TaskOfYourOwn(
                        [
                            .. Enumerable
                                .Range(0, 3)
                                .Select(k => Vector<double>.Build.SparseOfIndexed(6, [(k, (double)k)])),
                        ],
                        [null, null, "stop"]
                    ),
            }
        ),
        new(
            "01.3",
            new Dictionary<string, Func<Feedback>>
            {
                ["as short as it can be"] = () => FarApart("they", "the", 6),
                ["we and every"] = () => FarApart("we", "every", 7),
                ["turned round"] = () => FarApart("every", "they", 7),
                ["longer"] = () => FarApart("the", "we", 9),
                ["very long"] = () => FarApart("the", "we", 100),
                ["the verb comes before the phrase"] = () =>
                    Check.FarApart(
                        "guide the " + string.Join(' ', Enumerable.Repeat("just", 7)) + " swim",
                        "guide they " + string.Join(' ', Enumerable.Repeat("just", 7)) + " swim"
                    ),
                ["with more spaces"] = () =>
                    Check.FarApart(
                        "  they  still still still still still still  swim",
                        "the still still still still still still swim "
                    ),
                ["after an auxiliary"] = () =>
                    Check.FarApart(
                        "they can " + string.Join(' ', Enumerable.Repeat("only", 7)) + " swim",
                        "they every " + string.Join(' ', Enumerable.Repeat("only", 7)) + " swim"
                    ),
            }
        ),
        new(
            "02.1",
            new[]
            {
                ("the fish can swim", "the swim can fish"),
                ("every fish will swim", "every swim will fish"),
                ("the fish can only swim", "the swim can only fish"),
                ("the still fish can swim", "the still swim can fish"),
                ("the fish will cook", "the cook will fish"),
                ("the fish swim", "the swim fish"),
                ("can the fish swim", "can the swim fish"),
                ("the guide can fish", "the fish can guide"),
                ("every only fish can still swim", "every only swim can still fish"),
            }.ToDictionary(pair => pair.Item1, pair => (Func<Feedback>)(() => Check.BagPair(pair.Item1, pair.Item2)))
        ),
        new(
            "02.2",
            new[]
            {
                ("they can still cook the still only fish", "they can still cook the still fish only"),
                ("they can still cook the still fish only", "they can still cook the still only fish"),
                ("we will just guide the just only swim", "we will just guide the just swim only"),
                ("they still still cook the still only cook", "they still still cook the still cook only"),
                ("the fish can cook every still only fish", "the fish can cook every still fish only"),
                ("can we still guide every just only guide", "can we still guide every just guide only"),
                ("the the the the the the only fish", "the the the the the the fish only"),
                ("fish fish fish fish the still only fish", "fish fish fish fish the still fish only"),
            }.ToDictionary(
                pair => $"{pair.Item1} / {pair.Item2}",
                pair => (Func<Feedback>)(() => Check.WindowPair(pair.Item1, pair.Item2))
            )
        ),
        new("02.3", Answers02.Ceilings),
        new("02.4", Answers02.PairBags),
        new(
            "03.1",
            Ways(
                Check.SameFunctionTest,
                ("the library's", Wishes.SameFunction),
                ("all rows", net => Moved(net).All(moved => moved is 0 or 4)),
                ("no row in between", net => !Moved(net).Any(moved => moved > 0 && moved < 4)),
                (
                    "a loop",
                    net =>
                    {
                        foreach (var moved in Moved(net))
                        {
                            if (moved % 4 != 0)
                            {
                                return false;
                            }
                        }

                        return true;
                    }
                ),
                ("two kinds at the most", net => Moved(net).Distinct().Except([0, 4]).ToArray() is []),
                ("other shakes", net => Moved(net, seed: 77, by: 0.3).All(moved => moved is 0 or 4)),
                ("nudged in one number only", net => Moved(net, all: false).All(moved => moved is 0 or 4)),
                ("six words", net => Moved(net, words: 6).All(moved => moved is 0 or 6)),
                ("in a product", net => Moved(net).Aggregate(1, (product, moved) => moved is 0 or 4 ? product : 0) == 1)
            )
        ),
        new(
            "03.3",
            Ways(
                Check.NoLookingAheadTest,
                ("the last word changed", net => Same(net, 3, "they still only fish", "they still only swim")),
                ("two words changed", net => Same(net, 2, "they still only fish", "they still just swim")),
                (
                    "each word changed in turn",
                    net =>
                        Enumerable
                            .Range(1, 4)
                            .All(k =>
                            {
                                string[] words = ["they", "will", "guide", "the", "fish"];
                                var before = net.Predict(TinySentences.OneHot(words));
                                words[k] = "just";
                                return net.Predict(TinySentences.OneHot(words)).Take(k).SequenceEqual(before.Take(k));
                            })
                ),
                ("six words", net => Same(net, 5, "the fish can guide the swim", "the fish can guide the cook")),
                (
                    "a beginning alone",
                    net =>
                    {
                        var x = TinySentences.OneHot("they", "can", "guide", "the", "fish");
                        return Enumerable
                            .Range(1, 4)
                            .All(n => net.Predict([.. x.Take(n)]).SequenceEqual(net.Predict(x).Take(n)));
                    }
                ),
                (
                    "by differences",
                    net =>
                    {
                        var one = net.Predict(TinySentences.OneHot("we", "still", "cook", "fish"));
                        var two = net.Predict(TinySentences.OneHot("we", "still", "cook", "every"));
                        return Enumerable.Range(0, 3).Sum(i => (one[i] - two[i]).L1Norm()) < 1e-12;
                    }
                ),
                (
                    "by Influence",
                    net =>
                        Enumerable
                            .Range(0, 4)
                            .All(i =>
                                Enumerable
                                    .Range(0, i)
                                    .All(j =>
                                        Wishes.Influence(net, TinySentences.OneHot("they", "still", "only", "fish"))[
                                            j,
                                            i
                                        ] == 0
                                    )
                            )
                ),
                (
                    "recursion",
                    net =>
                    {
                        bool From(int n) =>
                            n == 5
                            || (
                                Same(
                                    net,
                                    n,
                                    string.Join(' ', Enumerable.Repeat("only", n + 1)),
                                    string.Join(' ', Enumerable.Repeat("only", n)) + " fish"
                                ) && From(n + 1)
                            );
                        return From(1);
                    }
                )
            )
        ),
        new("03.4", Answers03.Fooled),
    ];

    private static Dictionary<string, Func<Feedback>> Judged<T>(
        Func<T, Feedback> check,
        params (string Name, T Answer)[] answers
    ) => answers.ToDictionary(answer => answer.Name, answer => (Func<Feedback>)(() => check(answer.Answer)));

    private static Dictionary<string, Func<Feedback>> Ways(
        Func<Func<double[], double[], double>, Feedback> check,
        params (string Name, Func<double[], double[], double> Answer)[] answers
    ) => Judged(check, answers);

    private static Dictionary<string, Func<Feedback>> Ways(
        Func<Func<ISequenceNetwork, bool>, Feedback> check,
        params (string Name, Func<ISequenceNetwork, bool> Answer)[] answers
    ) => Judged(check, answers);

    private static double Recursive(double[] w, double[] x, int k) =>
        k == w.Length ? 0 : (w[k] * x[k]) + Recursive(w, x, k + 1);

    private static double Halves(double[] w, double[] x) =>
        w.Length == 0 ? 0
        : w.Length == 1 ? w[0] * x[0]
        : Halves(w[..(w.Length / 2)], x[..(w.Length / 2)]) + Halves(w[(w.Length / 2)..], x[(w.Length / 2)..]);

    // a b = ((a + b)² − (a − b)²) / 4
    private static double Polar(double a, double b) => (((a + b) * (a + b)) - ((a - b) * (a - b))) / 4;

    private static IReadOnlyList<Vector<double>> Numbers(int n, int D) =>
        [.. Enumerable.Range(1, n).Select(i => Vector<double>.Build.Dense(D, k => (i * i) - (3.5 * k)))];

    private static Feedback FarApart(string one, string other, int words)
    {
        var rest = string.Join(' ', Enumerable.Repeat("still", words - 1)) + " swim";
        return Check.FarApart($"{one} still {rest}", $"{other} still {rest}");
    }

    private static bool Same(ISequenceNetwork net, int steps, string one, string other) =>
        net.Predict(TinySentences.OneHot(one.Split(' ')))
            .Take(steps)
            .SequenceEqual(net.Predict(TinySentences.OneHot(other.Split(' '))).Take(steps));

    // How many of the outputs each parameter moves.
    private static int[] Moved(ISequenceNetwork net, ulong seed = 1, double by = 0.1, bool all = true, int words = 4)
    {
        var kept = net.Parameters.Select(parameter => parameter.Values.ToArray()).ToList();
        var random = new SeededRandom(seed);
        foreach (var values in net.Parameters.Select(parameter => parameter.Values))
        {
            for (var k = 0; k < values.Length; k++)
            {
                values[k] += random.NextUniform(-by, by);
            }
        }

        // Each word is the same, so that one column of U belongs to all of them.
        var x = TinySentences.OneHot([.. Enumerable.Repeat("the", words)]);
        var before = net.Predict(x);
        int[] moved =
        [
            .. net.Parameters.Select(parameter =>
            {
                var own = parameter.Values.ToArray();
                for (var k = 0; k < (all ? own.Length : 1); k++)
                {
                    parameter.Values[k] += 0.5 + (0.1 * k);
                }

                var after = net.Predict(x);
                own.CopyTo(parameter.Values, 0);
                return before.Zip(after).Count(pair => !pair.First.Equals(pair.Second));
            }),
        ];
        foreach (var (parameter, values) in net.Parameters.Zip(kept))
        {
            values.CopyTo(parameter.Values, 0);
        }

        return moved;
    }
}

/// <summary>Right answers to two exercises of lesson 02.</summary>
internal static class Answers02
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Ceilings { get; } =
        Enumerable
            .Range(1, 8)
            .ToDictionary(
                k => $"seed {k}, H = {4 * k}",
                k => (Func<Feedback>)(() => Ceiling((ulong)k, 4 * k, 300 + (50 * (k % 4)), shared: k % 2 == 0))
            );

    public static IReadOnlyDictionary<string, Func<Feedback>> PairBags { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["a loop"] = () =>
                Bag(words =>
                {
                    var v = Vector<double>.Build.Dense(169);
                    for (var i = 1; i < words.Count; i++)
                    {
                        v[(13 * Number(words[i - 1])) + Number(words[i])] += 1;
                    }

                    return v;
                }),
            ["Zip"] = () =>
                Bag(words =>
                    words
                        .Zip(words.Skip(1), (a, b) => One((13 * Number(a)) + Number(b)))
                        .Aggregate(Vector<double>.Build.Dense(169), (sum, one) => sum + one)
                ),
            ["columns for rows"] = () => Bag(words => Counted(words, (a, b) => (13 * b) + a)),
            ["from the other end"] = () => Bag(words => Counted(words, (a, b) => 168 - (13 * a) - b)),
            ["shuffled places"] = () => Bag(words => Counted(words, (a, b) => (((13 * a) + b) * 5) % 169)),
            ["a wider vector"] = () => Bag(words => Counted(words, (a, b) => (20 * a) + b, 260)),
            ["a matrix, flattened"] = () =>
                Bag(words =>
                {
                    var M = Matrix<double>.Build.Dense(13, 13);
                    foreach (var (a, b) in words.Zip(words.Skip(1)))
                    {
                        M[Number(a), Number(b)]++;
                    }

                    return Vector<double>.Build.Dense(M.ToColumnMajorArray());
                }),
            ["products of one-hot vectors"] = () =>
                Bag(words =>
                {
                    var x = TinySentences.OneHot([.. words]);
                    var M = Matrix<double>.Build.Dense(13, 13);
                    for (var i = 0; i + 1 < x.Count; i++)
                    {
                        M += x[i].OuterProduct(x[i + 1]);
                    }

                    return Vector<double>.Build.Dense(M.ToRowMajorArray());
                }),
            ["recursion"] = () => Bag(Recursive),
        };

    private static int Number(string word) => TinySentences.Vocabulary.ToList().IndexOf(word);

    private static Vector<double> One(int place) => Vector<double>.Build.Dense(169, k => k == place ? 1 : 0);

    private static Vector<double> Recursive(IReadOnlyList<string> words) =>
        words.Count < 2
            ? Vector<double>.Build.Dense(169)
            : One((13 * Number(words[0])) + Number(words[1])) + Recursive([.. words.Skip(1)]);

    private static Vector<double> Counted(IReadOnlyList<string> words, Func<int, int, int> place, int size = 169)
    {
        var v = Vector<double>.Build.Dense(size);
        for (var i = 0; i + 1 < words.Count; i++)
        {
            v[place(Number(words[i]), Number(words[i + 1]))]++;
        }

        return v;
    }

    private static Feedback Bag(Func<IReadOnlyList<string>, Vector<double>> bag) =>
        Check.PairBag(bag, "the still only still fish still", "the still fish still only still");

    private static Feedback Ceiling(ulong seed, int H, int count, bool shared)
    {
        var random = new SeededRandom(seed);
        var drawn = new List<TinySentences.Sentence>();
        while (drawn.Count < count)
        {
            var s = TinySentences.Draw(1 + random.NextIndex(6), random);
            if (s.Words.Count(word => word == "only") == 1)
            {
                drawn.Add(s);
            }
        }

        static bool IsAdverb(TinySentences.Sentence s) => s.Tags[s.Words.ToList().IndexOf("only")] == "ADV";
        static string Key(TinySentences.Sentence s) => string.Join(' ', s.Words.Order());
        double ceiling;
        if (shared)
        {
            var right = 0;
            foreach (var group in drawn.GroupBy(Key))
            {
                right += Math.Max(group.Count(IsAdverb), group.Count(s => !IsAdverb(s)));
            }

            ceiling = right / (double)count;
        }
        else
        {
            ceiling = drawn.GroupBy(Key).Sum(g => g.CountBy(IsAdverb).Max(pair => pair.Value) * (1.0 / count));
        }

        var net = new SharedNetwork(13, H, 2, random);
        GradientDescent.Train(
            net,
            [
                .. drawn.Select(s => new GradientDescent.Example(
                    [FeedForward.Bag(TinySentences.OneHot(s.Words))],
                    [IsAdverb(s) ? 0 : 1]
                )),
            ],
            40,
            0.1,
            random
        );
        return Check.BagCeiling(drawn, ceiling, net);
    }
}

/// <summary>Useless models that pass the three tests, each with a sharper question.</summary>
internal static class Answers03
{
    private static readonly SharedNetwork Net = new(13, 8, 7, new SeededRandom(3));

    public static IReadOnlyDictionary<string, Func<Feedback>> Fooled { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["says the same of each word"] = () => Judge(x => [.. x.Select(_ => Net.Step(x[0]).y_i)], LastWordMatters),
            ["and asked by numbers"] = () =>
                Judge(
                    x => [.. x.Select(_ => Net.Step(x[0]).y_i)],
                    net => (Last(net, "they", "still", "fish") - Last(net, "they", "still", "swim")).L2Norm() > 0
                ),
            ["another size"] = () =>
            {
                var net = new SharedNetwork(13, 3, 7, new SeededRandom(9));
                return Judge(x => [.. x.Select(_ => net.Step(x[0]).y_i)], LastWordMatters, net.Parameters);
            },
            ["twice the first word"] = () => Judge(x => [.. x.Select(_ => Net.Step(2 * x[0]).y_i)], LastWordMatters),
            ["a recurrent network that sees the first word only"] = () =>
            {
                var net = TrickNetwork.Recurrent(new SeededRandom(4));
                return Judge(x => net.Predict([.. x.Select(_ => x[0])]), LastWordMatters, net.Parameters);
            },
            ["negated input"] = () => Judge(x => [.. x.Select(_ => Net.Step(-x[0]).y_i)], LastWordMatters),
            ["knows the first word and forgets its own"] = () =>
                Judge(
                    x => [.. x.Select(_ => Net.Step(x[0] * 0.5).y_i)],
                    net => !Last(net, "we", "cook").Equals(Last(net, "we", "guide"))
                ),
            ["a question in one line over all words"] = () =>
                Judge(
                    x => [.. x.Select(_ => Net.Step(x[0]).y_i)],
                    net => TinySentences.Vocabulary.Select(word => Last(net, "the", word)[0]).Distinct().Count() > 1
                ),
        };

    private static Vector<double> Last(ISequenceNetwork net, params string[] words) =>
        net.Predict(TinySentences.OneHot(words))[^1];

    private static bool LastWordMatters(ISequenceNetwork net) =>
        !Last(net, "they", "still", "fish").Equals(Last(net, "they", "still", "swim"));

    private static Feedback Judge(
        Func<IReadOnlyList<Vector<double>>, IReadOnlyList<Vector<double>>> predict,
        Func<ISequenceNetwork, bool> sharper,
        IReadOnlyList<ParameterView>? parameters = null
    ) => Check.FooledTests(new TrickNetwork(parameters ?? Net.Parameters, predict), sharper);
}
