using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using Pair = (string[] One, string[] Other);
using PairBagAnswer = (
    System.Func<string[], MathNet.Numerics.LinearAlgebra.Vector<double>> Bag,
    string? First,
    string? Second
);

namespace RnnCourse.Exercises.Lesson02;

/// <summary>The criteria for right answers to the exercises of lesson 02.</summary>
internal static class Criteria02
{
    private const int WindowPlaces = 6;
    private const int ShortestPair = 8;

    private static Demand<Pair> KnownWords { get; } =
        new($"both sentences are made of the {TinySentences.Vocabulary.Count} words", SentenceFaults.UnknownIn);

    private static Demand<Pair> EqualBags { get; } =
        new("their bags are equal", pair => PairFaults.OtherWords(pair.One, pair.Other));

    private static Demand<Pair> WithOnly { get; } =
        new(
            "each has an *only*",
            pair => pair.One.Contains("only") && pair.Other.Contains("only") ? null : PairFaults.NoOnly
        );

    private static Demand<Pair> OtherLabel { get; } =
        new("`Label` differs", pair => PairFaults.WithEqualTags("only", pair));

    public static Criterion<Pair> BagPair { get; } =
        new([
            KnownWords,
            new(
                "*fish* stands in each once",
                pair =>
                    new[] { pair.One, pair.Other }.FirstOrDefault(words => words.Count(word => word == "fish") != 1)
                        is { } odd
                        ? PairFaults.NotOneFish(string.Join(' ', odd), odd.Count(word => word == "fish"))
                        : null
            ),
            EqualBags,
            new("`Tag` gives *fish* different tags", pair => PairFaults.WithEqualTags("fish", pair)),
            new(
                "both make sense (a subject or none, *can* or *will* or neither, a verb, and an object after *cook* "
                    + "and *guide*; a question will do)",
                pair =>
                    new[] { pair.One, pair.Other }
                        .Where(words => !PairFaults.MakesSense(words))
                        .Select(PairFaults.NoSentence)
                        .FirstOrDefault()
            ),
        ]);

    public static Criterion<Pair> WindowPair { get; } =
        new([
            KnownWords,
            WithOnly,
            EqualBags,
            new(
                $"their first {WindowPlaces} words are the same",
                pair =>
                    pair.One.Take(WindowPlaces).SequenceEqual(pair.Other.Take(WindowPlaces))
                        ? null
                        : PairFaults.WindowsDiffer(
                            Enumerable.Range(0, WindowPlaces).First(k => pair.One[k] != pair.Other[k]) + 1
                        )
            ),
            OtherLabel,
            new(
                "no pair is shorter",
                pair => pair.One.Length > ShortestPair ? PairFaults.CanBeShorter(pair.One.Length) : null
            ),
        ])
        {
            ForLearnerToCheck = "Why is there no shorter pair?",
        };

    /// <summary>The sentences, the share, and a network, as an answer to 02.3.</summary>
    internal sealed record CeilingAnswer(TinySentences.Sentence[] Drawn, double Ceiling, SharedNetwork? Trained)
    {
        public IReadOnlyList<(string Bag, string Text, bool IsVerb, IReadOnlyList<string> Words)> Labelled =>
            [
                .. Drawn.Select(s =>
                    (
                        string.Join(' ', s.Words.Order()),
                        $"{s}",
                        PairFaults.TagOf("only", [.. s.Words]) == "ADV",
                        s.Words
                    )
                ),
            ];

        /// <summary>The largest share of right labels if only the group of a sentence is known.</summary>
        public double Best(Func<(string Bag, string Text), string> group) =>
            Labelled
                .GroupBy(s => group((s.Bag, s.Text)))
                .Sum(g => Math.Max(g.Count(s => s.IsVerb), g.Count(s => !s.IsVerb))) / (double)Drawn.Length;

        public double Right => Best(s => s.Bag);
    }

    private const int MinSentences = 300;
    private const int MaxWords = 6;
    private const double ClearlyAboveHalf = 0.55;

    public static Criterion<CeilingAnswer> Ceiling { get; } =
        new([
            new(
                $"there are at least {MinSentences} sentences",
                a => a.Drawn.Length < MinSentences ? CeilingFaults.TooFew(a.Drawn.Length) : null
            ),
            new(
                $"each has up to {MaxWords} words, and exactly one *only* among them",
                a =>
                    a.Drawn.Contains(null) ? Findings.Missing("one of the sentences")
                    : Array.Find(a.Drawn, s => s.Words.Count > MaxWords || s.Words.Count(word => word == "only") != 1)
                        is { } odd
                        ? CeilingFaults.NotAsAsked(odd)
                    : null
            ),
            new(
                "the ceiling lies clearly above one half",
                a => a.Right < ClearlyAboveHalf ? CeilingFaults.HandPicked : null
            ),
            new("you have computed it right", CeilingFaults.OfCeiling),
            new("the network knows more of these sentences than how often each label occurs", CeilingFaults.OfTrained),
        ])
        {
            Tolerance = new(1e-6, RelativeTo.Nothing),
            ForLearnerToCheck =
                "Does the network get more right than the ceiling? And why is the ceiling higher than for our pairs? "
                + "(Forty epochs may end a good way below it.)",
        };

    public static Criterion<PairBagAnswer> PairBag { get; } =
        new([
            new("each pair of neighbours is counted at a place of its own", a => PairBagDiagnosis.Of(a.Bag)),
            new(
                "you have found two sentences with opposite labels, of the "
                    + $"{TinySentences.Vocabulary.Count} words, that even this bag can't tell apart",
                PairBagDiagnosis.OfSentences
            ),
        ])
        {
            Cases = new(
                "all pairs of words, and sentences of 0 to 7 words",
                random =>
                {
                    string[] words = [.. TinySentences.Vocabulary];
                    IReadOnlyList<string> Draw() =>
                        [
                            .. Enumerable
                                .Range(0, random.NextIndex(8))
                                .Select(_ => words[random.NextIndex(words.Length)]),
                        ];
                    return [Draw(), Draw()];
                },
                (IReadOnlyList<string> words) =>
                {
                    int[] numbers = [.. words.Select(word => TinySentences.Vocabulary.ToList().IndexOf(word))];
                    var v = Vector<double>.Build.Dense(13 * 13);
                    for (var i = 0; i + 1 < numbers.Length; i++)
                    {
                        v[(13 * numbers[i]) + numbers[i + 1]]++;
                    }

                    return v;
                }
            )
            {
                // Which place belongs to which pair is the learner's choice.
                ValueOf = (method, arguments) =>
                {
                    var (one, other) = (
                        (Vector<double>)Cases.Call(method, arguments[0])!,
                        (Vector<double>)Cases.Call(method, arguments[1])!
                    );
                    return (one.Sum(), other.Sum(), one.L2Norm(), (one - other).L1Norm(), (one - other).L2Norm());
                },
            },
            Tolerance = Tolerance.Usual,
        };
}
