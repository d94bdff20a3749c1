using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises.Lesson12;

/// <summary>The criteria for right answers to the exercises of lesson 12.</summary>
internal static class Criteria12
{
    private const int TestNames = 200;
    private const int MaxLetters = 12;

    /// <summary>A name, and the place that is said to surprise a network most.</summary>
    internal sealed record SurpriseAnswer(NamesTask Task, SequenceModel<double> Model, string Name, int Place);

    public static MethodCriterion Temperature { get; } =
        new("your probabilities are $\\mathrm{softmax}(z / T)$")
        {
            Cases = new(
                $"{Admissible.ScoresInWords}, $T$ from 0.14 to 7.4",
                random => [Admissible.Scores(random).ToArray(), Math.Exp(random.NextUniform(-2, 2))],
                (Func<double[], double, double[]>)TemperatureDiagnosis.Softmax
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Perplexity { get; } =
        new("your number is that of the equally likely letters that would be as hard to guess")
        {
            Cases = new(
                $"1 to {MaxLetters} probabilities from 0.001 to 1",
                random =>
                    [
                        Enumerable
                            .Range(0, Admissible.From1To(MaxLetters, random))
                            .Select(_ => random.NextUniform(0.001, 1))
                            .ToArray(),
                    ],
                (Func<double[], double>)(p => Math.Exp(p.Average(p_i => -Math.Log(p_i))))
            ),
            Tolerance = Tolerance.Usual,
        };

    public static Criterion<(NamesTask Task, Func<IReadOnlyList<int>, double[]> Predict)> BeatTheBigram { get; } =
        new([
            new(
                "your method gives probabilities, which look at more than the last letter and come from counts in "
                    + "`train`, "
                    + $"and its loss on {TestNames} test names is below the bigram's",
                a => BigramJudge.Fault(a.Task, a.Predict, TestNames)
            ),
        ])
        {
            ForLearnerToCheck =
                "(The check notices a network that remembers, and counts of the test names; how else you got your "
                + "numbers it can't see.)",
        };

    public static Criterion<SurpriseAnswer> Surprise { get; } =
        new([
            new(
                "the name has only letters that the network has learnt",
                a =>
                    Tokens.Characters(a.Name).FirstOrDefault(letter => !a.Task.Vocabulary.Knows(letter)) is { } unknown
                        ? SurpriseFaults.Unknown(unknown)
                        : null
            ),
            new(
                "no other letter of it, nor its end, has a larger loss",
                a =>
                {
                    var K = a.Task.Vocabulary.Count;
                    var shape = a.Model.Shape;
                    return shape.InputSize != K || shape.OutputSize != K || shape.Bidirectional
                        ? Findings.Shape(
                            "The network",
                            FormattableString.Invariant($"D = K = {K}, read from left to right"),
                            FormattableString.Invariant($"D = {shape.InputSize} and K = {shape.OutputSize}")
                        )
                        : SurpriseFaults.Of(SurpriseFaults.Losses(a.Task, a.Model, a.Name), a.Name, a.Place);
                }
            ),
        ]);
}
