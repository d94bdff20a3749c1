using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson00;

/// <summary>The criteria for right answers to the exercises of lesson 00.</summary>
internal static class Criteria00
{
    private const int MaxWeights = 5;

    public static Criterion<string> Commonest { get; } =
        new([
            new(
                "your word stands below one of the bars",
                word => TinySentences.Vocabulary.Contains(word) ? null : FigureReadingFaults.Unknown(word)
            ),
            new(
                "no other word occurs more often",
                word =>
                {
                    var counts = TinySentences
                        .Train.SelectMany(sentence => sentence.Words)
                        .CountBy(w => w)
                        .ToDictionary();
                    return counts[word] == counts.Values.Max() ? null
                        : counts[word] == counts.Values.Min() ? FigureReadingFaults.Rarest(word, counts[word])
                        : FigureReadingFaults.Rarer(
                            word,
                            counts[word],
                            counts.Values.Count(count => count > counts[word])
                        );
                }
            ),
        ]);

    public static MethodCriterion Sum { get; } =
        new("your method gives $w_1 x_1 + \\cdots + w_n x_n$, and 0 where there are no weights")
        {
            Cases = new(
                $"0 to {MaxWeights} weights",
                random =>
                {
                    var n = Admissible.UpTo(MaxWeights, random);
                    return [Admissible.Numbers(n, random), Admissible.Numbers(n, random)];
                },
                (double[] w, double[] x) => w.Zip(x, (a, b) => a * b).Sum()
            ),
            Tolerance = Tolerance.Usual,
        };
}
