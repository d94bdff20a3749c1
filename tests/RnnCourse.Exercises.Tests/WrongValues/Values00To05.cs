using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson02;
using RnnCourse.Exercises.Lesson03;
using Example = RnnCourse.Core.GradientDescent.Example;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lessons 00 to 05.</summary>
internal static class Values00To05
{
    private static readonly IReadOnlyList<Example> Examples = [.. TinySentences.Train.Select(TinySentences.ToExample)];

    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["00.1"] = Commonest,
            ["01.1"] = EightTasks,
            ["01.2"] = OwnTasks,
            ["01.3"] = FarApart,
            ["02.1"] = BagPairs,
            ["02.2"] = WindowPairs,
            ["02.3"] = Ceilings,
            ["02.4"] = PairBags,
            ["03.1"] = SameFunctions,
            ["03.2"] = Hundred,
            ["03.3"] = LookingAhead,
            ["03.4"] = Fooled,
            ["04.2"] = Moved,
            ["04.3"] = BlindPairs,
            ["04.4"] = Floors,
            ["05.1"] = Counts,
            ["05.2"] = Errors,
            ["05.3"] = BlindSpots,
            ["05.4"] = Pads,
        };

    private static IEnumerable<Feedback> Commonest()
    {
        var words = TinySentences.Train.SelectMany(s => s.Words).CountBy(word => word).ToList();
        return words
            .Where(pair => pair.Value < words.Max(other => other.Value))
            .Select(pair => Check.CommonestWord(pair.Key))
            .Concat(new[] { "swam", "dog", "FISH!" }.Select(Check.CommonestWord));
    }

    private static IEnumerable<Feedback> EightTasks()
    {
        Read?[] right =
        [
            Read.LastStep,
            Read.EveryStep,
            Read.EveryStep,
            Read.LastStep,
            Read.EveryStep,
            Read.LastStep,
            Read.EveryStep,
            Read.Neither,
        ];
        foreach (var k in Enumerable.Range(0, 8))
        {
            foreach (var other in new Read?[] { Read.LastStep, Read.EveryStep, Read.Neither, null })
            {
                if (other == right[k])
                {
                    continue;
                }

                Read?[] g = [.. right];
                g[k] = other;
                yield return Check.EightTasks(g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7]);
            }
        }
    }

    private static IReadOnlyList<Vector<double>> Numbers(int n, int D = 2) =>
        [.. Enumerable.Range(1, n).Select(i => Vector<double>.Build.Dense(D, i))];

    private static IEnumerable<Feedback> OwnTasks()
    {
        foreach (var n in new[] { 0, 1 })
        {
            yield return Check.TaskOfYourOwn(Numbers(n), [.. Enumerable.Repeat("a", n)]);
        }

        foreach (var n in new[] { 2, 3, 5 })
        {
            yield return Check.TaskOfYourOwn(Numbers(n), [.. Enumerable.Repeat<string?>(null, n)]);
            yield return Check.TaskOfYourOwn(Numbers(n), [.. Enumerable.Repeat("a", n - 1)]);
            yield return Check.TaskOfYourOwn(Numbers(n), [.. Enumerable.Repeat("a", n + 1)]);
            yield return Check.TaskOfYourOwn(Numbers(n), ["a", .. Enumerable.Repeat<string?>(null, n - 1)]);
            yield return Check.TaskOfYourOwn([.. Numbers(n).Select(x => 0 * x)], [.. Enumerable.Repeat("a", n)]);
            yield return Check.TaskOfYourOwn([Numbers(1, 3)[0], .. Numbers(n - 1)], [.. Enumerable.Repeat("a", n)]);
            yield return Check.TaskOfYourOwn(
                TinySentences.OneHot([.. Enumerable.Repeat("fish", n)]),
                [.. Enumerable.Repeat("a", n)]
            );
        }
    }

    private static IEnumerable<Feedback> FarApart()
    {
        string Sentence(string first, int between, string last) =>
            string.Join(' ', [first, .. Enumerable.Repeat("still", between), last]);
        foreach (var between in Enumerable.Range(0, 6))
        {
            yield return Check.FarApart(Sentence("they", between, "swim"), Sentence("the", between, "swim"));
        }

        foreach (var (one, other) in new[] { ("they", "we"), ("the", "every"), ("can", "will"), ("they", "they") })
        {
            yield return Check.FarApart(Sentence(one, 8, "swim"), Sentence(other, 8, "swim"));
        }

        yield return Check.FarApart(Sentence("they", 8, "fish"), Sentence("the", 8, "fish"));
        yield return Check.FarApart(Sentence("they", 8, "swim"), Sentence("the", 9, "swim"));
        yield return Check.FarApart(Sentence("they", 8, "swim"), Sentence("a", 8, "swim"));
        yield return Check.FarApart(Sentence("they they", 8, "swim"), Sentence("the the", 8, "swim"));
    }

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

    private static IEnumerable<Feedback> SameFunctions()
    {
        // The numbers of changed outputs that a test accepts, and the number of rows for which it checks them.
        (Func<int, bool> Fine, string Name)[] fine =
        [
            (moved => moved == 4, "full"),
            (moved => moved == 0, "empty"),
            (moved => moved > 0, "not empty"),
            (moved => moved != 1, "not one"),
            (moved => moved is 0 or 3 or 4, "nearly"),
            (moved => moved is 0 or 1, "one each"),
            (moved => moved % 2 == 0, "even"),
        ];
        foreach (var (isFine, _) in fine)
        {
            yield return Check.SameFunctionTest(net => Rows(net).All(isFine));
            yield return Check.SameFunctionTest(net => !Rows(net).All(isFine));
        }

        yield return Check.SameFunctionTest(net => Rows(net).Any(moved => moved is 0 or 4));
        yield return Check.SameFunctionTest(net => Rows(net, shake: false).All(moved => moved is 0 or 4));
        yield return Check.SameFunctionTest(net => Rows(net)[0] is 0 or 4);
        yield return Check.SameFunctionTest(_ => true);
    }

    // How many of four outputs each parameter changes.
    private static int[] Rows(ISequenceNetwork net, bool shake = true)
    {
        var kept = net.Parameters.Select(parameter => parameter.Values.ToArray()).ToList();
        var random = new SeededRandom(1);
        foreach (var values in net.Parameters.Select(parameter => parameter.Values))
        {
            for (var k = 0; shake && k < values.Length; k++)
            {
                values[k] += random.NextUniform(-0.1, 0.1);
            }
        }

        var x = TinySentences.OneHot("the", "the", "the", "the");
        var before = net.Predict(x);
        int[] moved =
        [
            .. net.Parameters.Select(parameter =>
            {
                var own = parameter.Values.ToArray();
                for (var k = 0; k < own.Length; k++)
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

    private static IEnumerable<Feedback> Hundred()
    {
        bool?[] answers = [true, false, null];
        return from a in answers
            from b in answers
            from c in answers
            where (a, b, c) != (true, true, true) && (a, b, c) != (null, null, null)
            select Check.WindowOfAHundred(a, b, c);
    }

    private static IEnumerable<Feedback> LookingAhead()
    {
        string[] words = ["they", "will", "still", "fish"];
        bool Same(ISequenceNetwork net, int changed, IEnumerable<int> compared)
        {
            string[] other = [.. words];
            other[changed] = "the";
            var (one, two) = (net.Predict(TinySentences.OneHot(words)), net.Predict(TinySentences.OneHot(other)));
            return compared.All(i => one[i].Equals(two[i]));
        }

        // Right would be to change the last word and to compare outputs 0 to 2, or fewer of them.
        yield return Check.NoLookingAheadTest(net => Same(net, 3, [0]));
        yield return Check.NoLookingAheadTest(net => Same(net, 3, [0, 1]));
        yield return Check.NoLookingAheadTest(net => Same(net, 3, [3]));
        yield return Check.NoLookingAheadTest(net => Same(net, 3, [0, 1, 2, 3]));
        yield return Check.NoLookingAheadTest(net => Same(net, 1, [0]));
        yield return Check.NoLookingAheadTest(net => Same(net, 0, [1, 2, 3]));
        yield return Check.NoLookingAheadTest(net => Same(net, 1, [2]));
        yield return Check.NoLookingAheadTest(net => Same(net, 1, [0, 2]));
        yield return Check.NoLookingAheadTest(net => !Same(net, 3, [0, 1, 2]));
        yield return Check.NoLookingAheadTest(net => !Same(net, 3, [0]));
        yield return Check.NoLookingAheadTest(_ => true);
        yield return Check.NoLookingAheadTest(_ => false);
        yield return Check.NoLookingAheadTest(net => net.Predict(TinySentences.OneHot(words)).Count == 4);
    }

    private static IEnumerable<Feedback> Fooled()
    {
        var net = new SharedNetwork(13, 8, 7, new SeededRandom(3));
        TestSubjectNetwork First(IReadOnlyList<ParameterView>? parameters = null) =>
            new(parameters ?? net.Parameters, x => [.. x.Select(_ => net.Step(x[0]).y_i)]);
        bool LastMatters(ISequenceNetwork n) =>
            !n.Predict(TinySentences.OneHot("they", "fish"))[^1]
                .Equals(n.Predict(TinySentences.OneHot("they", "swim"))[^1]);
        var models = new ISequenceNetwork[]
        {
            net,
            FeedForward.OnWindow(13, 8, 7, 6, new SeededRandom(1)),
            new FunctionPerStep(13, 8, 7, 6, new SeededRandom(1)),
            TestSubjectNetwork.Alternating(new SeededRandom(1)),
            TestSubjectNetwork.Late(new SeededRandom(1)),
            First([]),
            new TestSubjectNetwork(net.Parameters, x => [.. x.Select(_ => Vector<double>.Build.Dense(7, 1 / 7.0))]),
        };
        foreach (var model in models)
        {
            yield return Check.FooledTests(model, LastMatters);
        }

        yield return Check.FooledTests(First(), null);
        yield return Check.FooledTests(First(), _ => true);
        yield return Check.FooledTests(First(), _ => false);
        yield return Check.FooledTests(First(), n => n is VanillaRnn);
        yield return Check.FooledTests(First(), n => !LastMatters(n));
        yield return Check.FooledTests(First(), n => n.Parameters.Count == 4);
        yield return Check.FooledTests(First(), n => n.Parameters.Count > 4 && n is not TestSubjectNetwork);
    }

    private static IEnumerable<Feedback> Moved() =>
        from b in new int?[] { null, 0, 1, 2, 3, 4, 5 }
        from u in new int?[] { null, 0, 1, 2, 3, 4 }
        where (b, u) != (4, 1) && (b, u) != (null, null)
        select Check.MovedOutputs(b, u);

    private static IEnumerable<Feedback> BlindPairs()
    {
        var net = new SharedNetwork(13, 8, 7, new SeededRandom(1));
        GradientDescent.Train(net, Examples, 60, 0.1, new SeededRandom(2));
        var untrained = new SharedNetwork(13, 8, 7, new SeededRandom(1));
        var random = new SeededRandom(403);
        var count = 0;
        while (count < 20)
        {
            string[] one = Drawn(random),
                other = Drawn(random);
            var (first, second) = (TinySentences.Tag(one), TinySentences.Tag(other));
            var shares = first
                .Words.Zip(first.Tags)
                .Any(a => second.Words.Zip(second.Tags).Any(b => a.First == b.First && a.Second != b.Second));
            if (shares)
            {
                if (count % 4 == 0)
                {
                    yield return Check.BlindPair(untrained, $"{first}", $"{second}");
                    count++;
                }

                continue;
            }

            count++;
            yield return Check.BlindPair(net, $"{first}", $"{second}");
        }

        yield return Check.BlindPair(net, "the fish can fish", "the fish can fish");
        yield return Check.BlindPair(net, "they fish", "a fish");
    }

    private static IEnumerable<Feedback> Floors()
    {
        SharedNetwork Trained(int H, int epochs, IReadOnlyList<Example> examples)
        {
            var random = new SeededRandom((ulong)(H + epochs));
            var net = new SharedNetwork(13, H, 7, random);
            if (epochs > 0)
            {
                GradientDescent.Train(net, examples, epochs, 0.1, random);
                GradientDescent.Train(net, examples, epochs, 0.01, random);
            }

            return net;
        }

        foreach (var H in new[] { 1, 8, 49, 51, 100, 500 })
        {
            yield return Check.AtTheFloor(Trained(H, 0, Examples));
        }

        yield return Check.AtTheFloor(Trained(50, 0, Examples));
        foreach (var epochs in new[] { 1, 2, 3, 5 })
        {
            yield return Check.AtTheFloor(Trained(50, epochs, [.. Examples.Take(20)]));
        }

        yield return Check.AtTheFloor(Trained(50, 60, [.. Examples.Take(10)]));
        yield return Check.AtTheFloor(Trained(50, 60, [.. TinySentences.Test.Select(TinySentences.ToExample)]));
    }

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
