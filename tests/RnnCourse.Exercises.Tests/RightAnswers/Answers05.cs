using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using Example = RnnCourse.Core.GradientDescent.Example;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 05.</summary>
internal static class Answers05
{
    private static readonly Lazy<FunctionPerStep> PerStep = new(() => TrainPerStep(1, TinySentences.Train));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
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
                            // Each uses a different one of several equivalent formulas.
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
        new("05.2", Errors(PerStep)),
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
    ];

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

    private delegate int Counts(int step, string word, string tag);

    private static Dictionary<string, Func<Feedback>> Errors(Lazy<FunctionPerStep> network)
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
