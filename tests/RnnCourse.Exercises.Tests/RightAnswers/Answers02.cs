using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 02.</summary>
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

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
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
        new("02.3", Ceilings),
        new("02.4", PairBags),
    ];

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
