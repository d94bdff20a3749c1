using RnnCourse.Core;
using RnnCourse.Datasets;
using Example = RnnCourse.Core.GradientDescent.Example;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 04.</summary>
internal static class Answers04
{
    private static readonly IReadOnlyList<Example> Examples = [.. TinySentences.Train.Select(TinySentences.ToExample)];

    private static readonly Lazy<SharedNetwork> Shared = new(() =>
    {
        var net = new SharedNetwork(13, 8, 7, new SeededRandom(1));
        GradientDescent.Train(net, Examples, 60, 0.1, new SeededRandom(2));
        return net;
    });

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "04.1",
            new Dictionary<string, Func<int, int, int, int>>
            {
                ["as a sum of four"] = (D, H, K) => (H * D) + (K * H) + H + K,
                ["biases as one more column"] = (D, H, K) => (H * (D + 1)) + (K * (H + 1)),
                ["H taken out"] = (D, H, K) => (H * (D + K + 1)) + K,
                ["asked of the network"] = (D, H, K) => new SharedNetwork(D, H, K, new SeededRandom(1)).ParameterCount,
                ["asked of its parameters"] = (D, H, K) =>
                    new SharedNetwork(D, H, K, new SeededRandom(1)).Parameters.Sum(p => p.Rows * p.Columns),
                ["counted in a loop"] = (D, H, K) =>
                {
                    var count = K;
                    for (var h = 0; h < H; h++)
                    {
                        count += D + 1 + K;
                    }

                    return count;
                },
                ["layer by layer"] = (D, H, K) =>
                {
                    int Layer(int from, int to) => (from * to) + to;
                    return Layer(D, H) + Layer(H, K);
                },
                ["over the sizes"] = (D, H, K) =>
                    new[] { D, H, K } is var sizes ? sizes.Zip(sizes.Skip(1), (a, b) => (a + 1) * b).Sum() : 0,
                ["recursion"] = (D, H, K) => Recursive(D, H, K),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.SharedParameterCount(way.Value)))
        ),
        new(
            "04.3",
            new[]
            {
                ("they fish", "the fish"),
                ("the fish", "they fish"),
                ("we swim", "every swim"),
                ("they still only fish", "the still only fish"),
                ("fish", "guide the fish"),
                ("cook the swim", "we will swim"),
                ("the cook can cook", "they cook"),
                ("they only swim", "the only swim can swim"),
                ("we guide the fish", "the guide will fish"),
            }.ToDictionary(
                pair => $"{pair.Item1} / {pair.Item2}",
                pair => (Func<Feedback>)(() => Check.BlindPair(Shared.Value, pair.Item1, pair.Item2))
            )
        ),
        new(
            "04.4",
            new (int Seed, int Epochs, double Rate, int More)[]
            {
                (1, 60, 0.1, 30),
                (2, 60, 0.1, 30),
                (3, 60, 0.1, 30),
                (4, 80, 0.1, 40),
                (5, 60, 0.05, 30),
                (6, 100, 0.1, 30),
                (7, 40, 0.1, 60),
                (8, 150, 0.03, 30),
            }.ToDictionary(
                way => $"seed {way.Seed}, {way.Epochs} epochs at {way.Rate}, {way.More} at 0.01",
                way =>
                    (Func<Feedback>)(
                        () =>
                        {
                            var random = new SeededRandom((ulong)way.Seed);
                            var net = new SharedNetwork(13, 50, 7, random);
                            GradientDescent.Train(net, Examples, way.Epochs, way.Rate, random);
                            GradientDescent.Train(net, Examples, way.More, 0.01, random);
                            return Check.AtTheFloor(net);
                        }
                    )
            )
        ),
    ];

    private static int Recursive(params int[] sizes) =>
        sizes.Length < 2 ? 0 : ((sizes[0] + 1) * sizes[1]) + Recursive(sizes[1..]);
}
