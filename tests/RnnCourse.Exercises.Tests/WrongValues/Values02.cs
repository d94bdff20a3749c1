using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson02;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 02.</summary>
internal static class Values02
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["02.1"] = BagPairs,
            ["02.2"] = WindowPairs,
            ["02.3"] = Ceilings,
            ["02.4"] = PairBags,
        };

    private static string[] Drawn(SeededRandom random) =>
        [.. TinySentences.Draw(2 + random.NextIndex(5), random).Words];

    private static IEnumerable<Feedback> BagPairs()
    {
        var random = new SeededRandom(201);
        var count = 0;
        while (count < 40)
        {
            var (one, other) = (Drawn(random), Drawn(random));
            if (random.NextIndex(2) == 0)
            {
                other = [.. one.OrderBy(_ => random.NextIndex(1000))];
            }

            var right =
                one.Order().SequenceEqual(other.Order())
                && one.Count(word => word == "fish") == 1
                && PairFaults.TagOf("fish", one) != PairFaults.TagOf("fish", other)
                && PairFaults.MakesSense(one)
                && PairFaults.MakesSense(other);
            if (!right)
            {
                count++;
                yield return Check.BagPair(string.Join(' ', one), string.Join(' ', other));
            }
        }
    }

    private static IEnumerable<Feedback> WindowPairs()
    {
        var random = new SeededRandom(202);
        for (var k = 0; k < 20; k++)
        {
            var (one, other) = (Drawn(random), Drawn(random));
            yield return Check.WindowPair(string.Join(' ', one), string.Join(' ', other));
        }

        foreach (var fillers in new[] { 0, 1, 3 }) // two of them are right
        {
            var front = "they can" + string.Concat(Enumerable.Repeat(" still", fillers)) + " cook the";
            yield return Check.WindowPair(front + " only fish", front + " fish only");
            yield return Check.WindowPair("only " + front + " fish", front + " fish only");
        }
    }

    private static IEnumerable<Feedback> Ceilings()
    {
        var random = new SeededRandom(203);
        var drawn = new List<Sentence>();
        while (drawn.Count < 400)
        {
            var s = TinySentences.Draw(1 + random.NextIndex(6), random);
            if (s.Words.Count(word => word == "only") == 1)
            {
                drawn.Add(s);
            }
        }

        static string Label(Sentence s) => s.Tags[s.Words.ToList().IndexOf("only")];
        double Best(Func<Sentence, string> group) =>
            drawn.GroupBy(group).Sum(g => g.CountBy(Label).Max(pair => pair.Value)) / (double)drawn.Count;
        var right = Best(s => string.Join(' ', s.Words.Order()));
        var net = new SharedNetwork(13, 8, 2, new SeededRandom(1));
        double?[] wrong = [1, Best(_ => ""), 1 - right, 100 * right, right * drawn.Count, 0.5 * right, double.NaN];
        foreach (var ceiling in wrong.Take(5))
        {
            yield return Check.BagCeiling(drawn, ceiling, net);
        }

        yield return Check.BagCeiling(drawn, Best(s => s.Words[0]), net);
        yield return Check.BagCeiling(drawn, right, null);
        yield return Check.BagCeiling(drawn, right, net);
        yield return Check.BagCeiling(drawn, right, new SharedNetwork(13, 30, 2, new SeededRandom(2)));
        yield return Check.BagCeiling(drawn, right, new SharedNetwork(12, 8, 2, new SeededRandom(1)));
        yield return Check.BagCeiling(drawn, right, new SharedNetwork(13, 8, 7, new SeededRandom(1)));
        foreach (var count in new[] { 0, 100, 299 })
        {
            yield return Check.BagCeiling(drawn[..count], right, net);
        }

        yield return Check.BagCeiling([.. drawn, TinySentences.Tag("fish")], right, net);
        yield return Check.BagCeiling([.. drawn, TinySentences.Tag("only", "only", "fish")], right, net);
    }

    private static int Number(string word) => TinySentences.Vocabulary.ToList().IndexOf(word);

    private static IEnumerable<Feedback> PairBags()
    {
        Feedback Judge(
            Func<IReadOnlyList<string>, IEnumerable<(string, string)>> pairs,
            Func<int, int, int>? place = null,
            Func<double, double>? count = null,
            int size = 169
        ) =>
            Check.PairBag(
                words =>
                {
                    var v = Vector<double>.Build.Dense(size);
                    foreach (var (a, b) in pairs(words))
                    {
                        var p = (place ?? ((i, j) => (13 * i) + j))(Number(a), Number(b));
                        v[p] = (count ?? (before => before + 1))(v[p]);
                    }

                    return v;
                },
                "the still only still fish still",
                "the still fish still only still"
            );
        IEnumerable<(string, string)> Right(IReadOnlyList<string> words) => words.Zip(words.Skip(1));
        yield return Judge(Right, (a, b) => a + b);
        yield return Judge(Right, (a, b) => a * b);
        yield return Judge(Right, (a, b) => (12 * a) + b);
        yield return Judge(Right, (a, b) => a);
        yield return Judge(Right, (a, b) => b);
        yield return Judge(Right, (a, b) => (13 * Math.Min(a, b)) + Math.Max(a, b));
        yield return Judge(Right, count: _ => 1);
        yield return Judge(Right, count: before => before + 2);
        yield return Judge(words => Right(words).SkipLast(1));
        yield return Judge(words => Right(words).Take(1));
        yield return Judge(words => Right(words).TakeLast(1));
        yield return Judge(words => Right(words).Where((_, k) => k % 2 == 0));
        yield return Judge(words => Right(words).Concat(Right(words)));
        yield return Judge(words => words.SelectMany((a, i) => words.Skip(i + 1).Select(b => (a, b))));
        yield return Judge(words => words.SelectMany(a => words.Select(b => (a, b))));
        yield return Judge(words => words.Select(a => (a, a)));
    }
}
