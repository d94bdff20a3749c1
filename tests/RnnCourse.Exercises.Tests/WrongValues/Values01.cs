using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 01.</summary>
internal static class Values01
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["01.1"] = EightTasks,
            ["01.2"] = OwnTasks,
            ["01.3"] = FarApart,
        };

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
}
