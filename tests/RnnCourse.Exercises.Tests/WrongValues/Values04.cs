using RnnCourse.Core;
using RnnCourse.Datasets;
using Example = RnnCourse.Core.GradientDescent.Example;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 04.</summary>
internal static class Values04
{
    private static readonly IReadOnlyList<Example> Examples = [.. TinySentences.Train.Select(TinySentences.ToExample)];

    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["04.2"] = Moved,
            ["04.3"] = BlindPairs,
            ["04.4"] = Floors,
        };

    private static string[] Drawn(SeededRandom random) =>
        [.. TinySentences.Draw(2 + random.NextIndex(5), random).Words];

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
}
