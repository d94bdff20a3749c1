using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson03;
using RnnCourse.Exercises.Tests.Lesson03;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 03.</summary>
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
                var net = TestSubjectNetwork.Recurrent(new SeededRandom(4));
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

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "03.1",
            RightAnswerParts.Ways(
                Check.SameFunctionTest,
                ("the library's", Wishes.SameFunction),
                ("all rows", net => MovedOutputs.Of(net).All(moved => moved is 0 or 4)),
                ("no row in between", net => !MovedOutputs.Of(net).Any(moved => moved > 0 && moved < 4)),
                (
                    "a loop",
                    net =>
                    {
                        foreach (var moved in MovedOutputs.Of(net))
                        {
                            if (moved % 4 != 0)
                            {
                                return false;
                            }
                        }

                        return true;
                    }
                ),
                ("two kinds at the most", net => MovedOutputs.Of(net).Distinct().Except([0, 4]).ToArray() is []),
                ("other shakes", net => MovedOutputs.Of(net, seed: 77, by: 0.3).All(moved => moved is 0 or 4)),
                ("nudged in one number only", net => MovedOutputs.Of(net, all: false).All(moved => moved is 0 or 4)),
                ("six words", net => MovedOutputs.Of(net, words: 6).All(moved => moved is 0 or 6)),
                (
                    "in a product",
                    net => MovedOutputs.Of(net).Aggregate(1, (product, moved) => moved is 0 or 4 ? product : 0) == 1
                )
            )
        ),
        new(
            "03.3",
            RightAnswerParts.Ways(
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
        new("03.4", Fooled),
    ];

    private static bool Same(ISequenceNetwork net, int steps, string one, string other) =>
        net.Predict(TinySentences.OneHot(one.Split(' ')))
            .Take(steps)
            .SequenceEqual(net.Predict(TinySentences.OneHot(other.Split(' '))).Take(steps));

    private static Vector<double> Last(ISequenceNetwork net, params string[] words) =>
        net.Predict(TinySentences.OneHot(words))[^1];

    private static bool LastWordMatters(ISequenceNetwork net) =>
        !Last(net, "they", "still", "fish").Equals(Last(net, "they", "still", "swim"));

    private static Feedback Judge(
        Func<IReadOnlyList<Vector<double>>, IReadOnlyList<Vector<double>>> predict,
        Func<ISequenceNetwork, bool> sharper,
        IReadOnlyList<ParameterView>? parameters = null
    ) => Check.FooledTests(new TestSubjectNetwork(parameters ?? Net.Parameters, predict), sharper);
}
