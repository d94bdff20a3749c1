using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 00.</summary>
internal static class Answers00
{
    private static readonly IReadOnlyList<string> TrainWords =
    [
        .. TinySentences.Train.SelectMany(sentence => sentence.Words),
    ];

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "00.1",
            new Dictionary<string, Func<Feedback>>
            {
                ["by CountBy"] = () => Check.CommonestWord(TrainWords.CountBy(w => w).MaxBy(pair => pair.Value).Key),
                ["by GroupBy"] = () =>
                    Check.CommonestWord(TrainWords.GroupBy(w => w).OrderByDescending(g => g.Count()).First().Key),
                ["by ToLookup"] = () =>
                    Check.CommonestWord(TrainWords.ToLookup(w => w).OrderBy(g => g.Count()).Last().Key),
                ["in a dictionary"] = () =>
                {
                    var counts = new Dictionary<string, int>();
                    foreach (var word in TrainWords)
                    {
                        counts[word] = counts.GetValueOrDefault(word) + 1;
                    }

                    return Check.CommonestWord(counts.First(pair => pair.Value == counts.Values.Max()).Key);
                },
                ["over the vocabulary"] = () =>
                    Check.CommonestWord(TinySentences.Vocabulary.MaxBy(word => TrainWords.Count(w => w == word))),
                ["over the bags"] = () =>
                {
                    var bag = TrainWords.Aggregate(
                        Vector<double>.Build.Dense(13),
                        (sum, word) => sum + TinySentences.OneHot(word)[0]
                    );
                    return Check.CommonestWord(TinySentences.Vocabulary[bag.MaximumIndex()]);
                },
                ["in a sorted array"] = () =>
                {
                    var counts = new int[13];
                    foreach (var word in TrainWords)
                    {
                        counts[TinySentences.Vocabulary.ToList().IndexOf(word)]++;
                    }

                    return Check.CommonestWord(TinySentences.Vocabulary[Array.IndexOf(counts, counts.Max())]);
                },
                ["with spaces around it"] = () =>
                    Check.CommonestWord($"  {TrainWords.CountBy(w => w).MaxBy(pair => pair.Value).Key} "),
            }
        ),
        new(
            "00.2",
            RightAnswerParts.Ways(
                Check.WeightedSum,
                ("Zip and Sum", (w, x) => w.Zip(x, (a, b) => a * b).Sum()),
                (
                    "a loop from the end",
                    (w, x) =>
                    {
                        var sum = 0.0;
                        for (var k = w.Length - 1; k >= 0; k--)
                        {
                            sum += x[k] * w[k];
                        }

                        return sum;
                    }
                ),
                ("recursion", (w, x) => Recursive(w, x, 0)),
                ("recursion on parts", (w, x) => Halves(w, x)),
                ("Aggregate", (w, x) => w.Index().Aggregate(0.0, (sum, one) => sum + (one.Item * x[one.Index]))),
                ("Select and Sum", (w, x) => Enumerable.Range(0, w.Length).Select(k => w[k] * x[k]).Sum()),
                ("in single precision", (w, x) => w.Zip(x, (a, b) => (float)a * (float)b).Sum()),
                (
                    "a product of vectors",
                    (w, x) => w.Length == 0 ? 0 : Vector<double>.Build.Dense(w) * Vector<double>.Build.Dense(x)
                ),
                ("half the difference of squares", (w, x) => w.Zip(x, Polar).Sum()),
                (
                    "places that are even, then the others",
                    (w, x) =>
                        w.Select((a, k) => k % 2 == 0 ? a * x[k] : 0).Sum()
                        + w.Select((a, k) => k % 2 == 1 ? a * x[k] : 0).Sum()
                )
            )
        ),
    ];

    private static double Recursive(double[] w, double[] x, int k) =>
        k == w.Length ? 0 : (w[k] * x[k]) + Recursive(w, x, k + 1);

    private static double Halves(double[] w, double[] x) =>
        w.Length == 0 ? 0
        : w.Length == 1 ? w[0] * x[0]
        : Halves(w[..(w.Length / 2)], x[..(w.Length / 2)]) + Halves(w[(w.Length / 2)..], x[(w.Length / 2)..]);

    // a b = ((a + b)² − (a − b)²) / 4
    private static double Polar(double a, double b) => (((a + b) * (a + b)) - ((a - b) * (a - b))) / 4;
}
