using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson03;
using RnnCourse.Exercises.Tests.Lesson03;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 03.</summary>
internal static class Values03
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["03.1"] = SameFunctions,
            ["03.2"] = Hundred,
            ["03.3"] = LookingAhead,
            ["03.4"] = Fooled,
        };

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
            yield return Check.SameFunctionTest(net => MovedOutputs.Of(net).All(isFine));
            yield return Check.SameFunctionTest(net => !MovedOutputs.Of(net).All(isFine));
        }

        yield return Check.SameFunctionTest(net => MovedOutputs.Of(net).Any(moved => moved is 0 or 4));
        yield return Check.SameFunctionTest(net => MovedOutputs.Of(net, by: 0).All(moved => moved is 0 or 4));
        yield return Check.SameFunctionTest(net => MovedOutputs.Of(net)[0] is 0 or 4);
        yield return Check.SameFunctionTest(_ => true);
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
}
