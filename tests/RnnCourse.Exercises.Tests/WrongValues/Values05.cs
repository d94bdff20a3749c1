using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 05.</summary>
internal static class Values05
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["05.1"] = Counts,
            ["05.2"] = Errors,
            ["05.3"] = BlindSpots,
            ["05.4"] = Pads,
        };

    private static IEnumerable<Feedback> Counts()
    {
        long Right(long n) => (4 * 5 * n * (n + 1) / 2) + (n * 19);
        Func<long, long>[] wrong =
        [
            n => (20 * n * (n - 1) / 2) + (n * 19),
            n => (20 * n * (n + 1) / 2) + 19,
            n => 20 * n * (n + 1) / 2,
            n => (20 * n * (n + 1) / 2) + (n * 12),
            n => (20 * n * (n + 1) / 2) + (n * 7),
            n => n * (20 + 19),
            n => n * ((20 * n) + 19),
            n => (20 * n) + 19,
            n => 20 + 19,
            n => Right(n - 1),
            n => Right(n + 1),
        ];
        foreach (var formula in wrong)
        {
            yield return Check.PerStepCounts(5, 4, 3, formula(10), formula(100), 315);
        }

        foreach (var from in new int?[] { null, 0, -1, 314, 316, 1000 })
        {
            yield return Check.PerStepCounts(5, 4, 3, Right(10), Right(100), from);
        }

        yield return Check.PerStepCounts(5, 4, 3, Right(100), Right(10), 315);
        yield return Check.PerStepCounts(13, 8, 7, 6500, 1, 1);
        yield return Check.PerStepCounts(5, 0, 3, 1, 1, 1);
        yield return Check.PerStepCounts(5, 4, 3, Right(10), null, 315);
    }

    private static FunctionPerStep PerStep(IEnumerable<Sentence> sentences, int seed = 1)
    {
        var random = new SeededRandom((ulong)seed);
        var net = new FunctionPerStep(13, 8, 7, 6, random);
        GradientDescent.Train(net, [.. sentences.Select(TinySentences.ToExample)], 60, 0.1, random);
        return net;
    }

    private static IEnumerable<Feedback> Errors()
    {
        var net = PerStep(TinySentences.Train);
        List<(int Step, string Word, string Tag, int There, int Elsewhere)> right =
        [
            .. from s in TinySentences.Test
            let said = TinySentences.ReadTags(net.Predict(TinySentences.OneHot(s.Words)))
            from i in Enumerable.Range(0, s.Words.Count)
            where said[i] != s.Tags[i]
            select (
                i + 1,
                s.Words[i],
                s.Tags[i],
                TinySentences.Train.Count(t => t.Words.ElementAtOrDefault(i) == s.Words[i] && t.Tags[i] == s.Tags[i]),
                TinySentences.Train.Count(t => t.Words.Where((w, j) => j != i && w == s.Words[i]).Any())
            ),
        ];
        Feedback Judge(IEnumerable<(int Step, string Word, string Tag, int There, int Elsewhere)> list) =>
            Check.ExplainedErrors(net, [.. list]);
        Assert.NotEmpty(right);
        yield return Judge(right.Select(e => e with { There = e.There + 1 }));
        yield return Judge(right.Select(e => e with { There = e.There - 1 }));
        yield return Judge(right.Select(e => e with { There = e.Elsewhere, Elsewhere = e.There }));
        yield return Judge(right.Select(e => e with { Elsewhere = e.Elsewhere + 100 }));
        yield return Judge(right.Select(e => e with { Elsewhere = -1 }));
        yield return Judge(right.Select(e => e with { Step = e.Step - 1 }));
        yield return Judge(right.Select(e => e with { Step = e.Step + 1 }));
        yield return Judge(right.Select(e => e with { Tag = e.Tag == "NOUN" ? "VERB" : "NOUN" }));
        yield return Judge(right.Select(e => e with { Word = "they" }));
        yield return Judge([]);
        yield return Judge([.. right, (1, "they", "PRON", 0, 0)]);
        yield return Judge(right.Select((e, k) => k == right.Count - 1 ? e with { There = 77 } : e));
    }

    private static IEnumerable<Feedback> BlindSpots()
    {
        var seeing = PerStep(TinySentences.Train);
        IEnumerable<Sentence> Without(string word, int step) =>
            TinySentences.Train.Where(s => s.Words.ElementAtOrDefault(step - 1) != word);
        var blind = PerStep(Without("fish", 3), 7);
        foreach (var step in new[] { 1, 2, 4, 5, 6 })
        {
            yield return Check.BlindSpot(seeing, blind, "fish", step);
        }

        foreach (var word in new[] { "cook", "swim", "only" })
        {
            yield return Check.BlindSpot(seeing, blind, word, 3);
        }

        foreach (var step in new[] { -1, 0, 7 })
        {
            yield return Check.BlindSpot(seeing, blind, "fish", step);
        }

        yield return Check.BlindSpot(seeing, seeing, "fish", 3);
        yield return Check.BlindSpot(seeing, PerStep(Without("the", 1), 8), "the", 1);
        yield return Check.BlindSpot(seeing, PerStep(Without("swim", 4), 8), "swim", 4);
        yield return Check.BlindSpot(seeing, new FunctionPerStep(13, 8, 7, 6, new SeededRandom(5)), "fish", 3);
        yield return Check.BlindSpot(seeing, blind, "swam", 3);
        yield return Check.BlindSpot(
            seeing,
            PerStep(TinySentences.Train.Where(s => !s.Words.Contains("fish")), 9),
            "fish",
            3
        );
    }

    private static IEnumerable<Feedback> Pads()
    {
        Feedback Judge(
            Func<IReadOnlyList<Vector<double>>, IEnumerable<Vector<double>>> pad,
            Func<int?, IEnumerable<int?>>? targets = null
        ) =>
            Check.PadInFront(s =>
                new(
                    [.. pad(TinySentences.OneHot(s.Words))],
                    [
                        .. (targets ?? (tag => [null, null, null, null, null, tag]))(
                            TinySentences.ToExample(s).targets[^1]
                        ),
                    ]
                )
            );
        IEnumerable<Vector<double>> Blanks(int n, double value = 0) =>
            Enumerable.Repeat(Vector<double>.Build.Dense(13, value), n);
        IEnumerable<Vector<double>> Right(IReadOnlyList<Vector<double>> x) => Blanks(6 - x.Count).Concat(x);
        yield return Judge(x => x);
        yield return Judge(x => x.Concat(Blanks(6 - x.Count)));
        yield return Judge(x => Blanks(6).Concat(x));
        yield return Judge(x => Blanks(5 - x.Count + (x.Count > 5 ? 1 : 0)).Concat(x));
        yield return Judge(x => Blanks(6 - x.Count, 1).Concat(x));
        yield return Judge(x => Blanks(6 - x.Count).Concat(x.Reverse()));
        yield return Judge(x => Enumerable.Repeat(x[0], 6 - x.Count).Concat(x));
        yield return Judge(Right, tag => [tag]);
        yield return Judge(Right, tag => [tag, null, null, null, null, null]);
        yield return Judge(Right, tag => [tag, tag, tag, tag, tag, tag]);
        yield return Judge(Right, _ => [null, null, null, null, null, null]);
        yield return Judge(Right, tag => [null, null, null, null, null, tag + 1]);
        yield return Judge(Right, tag => [null, null, null, null, tag]);
        yield return Judge(Right, tag => [0, 0, 0, 0, 0, tag]);
    }
}
