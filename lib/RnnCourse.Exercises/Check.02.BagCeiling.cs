using System.Globalization;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson02;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the largest possible share of right labels for a bag of words, on randomly drawn
    /// sentences.</summary>
    /// <param name="drawn">The sentences, at least 300, each of up to six words with exactly one "only"; null if there
    /// are none yet.</param>
    /// <param name="ceiling">The share, between 0 and 1; null if it has not been computed yet.</param>
    /// <param name="trained">A network trained on the bags of these sentences, D = 13, K = 2: class 0 is ADV, class 1
    /// is ADJ.</param>
    public static Feedback BagCeiling(
        IReadOnlyList<TinySentences.Sentence>? drawn,
        double? ceiling,
        SharedNetwork? trained
    ) =>
        Attempt.Judge(
            Texts02.Ceiling,
            drawn is null || ceiling is null,
            () =>
            {
                TinySentences.Sentence[] sentences = [.. Attempt.Watched("when the sentences were read", drawn!)];
                return Criteria02.Ceiling.Fault(new(sentences, ceiling!.Value, trained));
            }
        );
}

/// <summary>Known mistakes in the bag's ceiling.</summary>
internal static class CeilingFaults
{
    public static Finding TooFew(int count) =>
        new(
            "too-few",
            $"The list has {Findings.Counted(count, "sentence")}; at least 300 are asked for.",
            "With few sentences most groups have one member, and the ceiling looks higher than it is.",
            "Draw until 500 are kept."
        );

    public static Finding NotAsAsked(TinySentences.Sentence sentence) =>
        new(
            "not-as-asked",
            $"“{sentence}” has {Findings.Counted(sentence.Words.Count, "word")}, "
                + $"{sentence.Words.Count(word => word == "only")} of them “only”.",
            "Which sentences are to be kept?",
            "Up to six words, and s.Words.Count(word => word == \"only\") == 1."
        );

    public static Finding HandPicked { get; } =
        new(
            "hand-picked",
            "On these sentences the ceiling is about one half: they look like the lesson's pairs.",
            "Where did the sentences come from? Nobody is to make partners of them.",
            "Draw(1 + random.NextIndex(6), random), kept if there is exactly one “only”."
        );

    public static Finding? OfCeiling(Criteria02.CeilingAnswer answer) =>
        Math.Abs(answer.Ceiling - answer.Right) < Criteria02.Ceiling.Tolerance.Limit
            ? null
            : Of(
                answer.Ceiling,
                answer.Right,
                answer.Best(s => s.Text),
                answer.Best(_ => ""),
                answer.Drawn.Length,
                answer
                    .Labelled.GroupBy(s => s.Bag)
                    .Average(g => Math.Max(g.Count(s => s.IsVerb), g.Count(s => !s.IsVerb)) / (double)g.Count())
            );

    public static Finding? OfTrained(Criteria02.CeilingAnswer answer)
    {
        if (answer.Trained is not { } trained)
        {
            return NoNetwork(answer.Right);
        }

        if (trained.U.ColumnCount != 13 || trained.V.RowCount != 2)
        {
            return Findings.Shape(
                "the network",
                "D = 13 and K = 2",
                string.Create(CultureInfo.InvariantCulture, $"D = {trained.U.ColumnCount} and K = {trained.V.RowCount}")
            );
        }

        var labelled = answer.Labelled;
        double[] sureness =
        [
            .. labelled.Select(s =>
                trained.Predict([FeedForward.Bag(TinySentences.OneHot(s.Words))])[0][s.IsVerb ? 0 : 1]
            ),
        ];
        var verbs = labelled.Average(s => s.IsVerb ? 1.0 : 0);
        return OfNetwork(sureness, [.. labelled.Select(s => s.IsVerb ? verbs : 1 - verbs)], Math.Max(verbs, 1 - verbs));
    }

    private static Finding NoNetwork(double ceiling) =>
        new(
            "open",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The ceiling is right: {ceiling:0.0 %}. Still open: a network trained on the bags of these sentences."
            ),
            "How did the lesson train a network on bags?",
            "Learn(net, Bag, drawn), then hand net to the check in place of null."
        );

    // Training by the lesson's method brings the loss to at most three quarters of this, for all sizes and seeds.
    private const double ClearlyLearnt = 0.9;

    /// <summary>Finds what is wrong with a network that was trained on these sentences.</summary>
    /// <param name="sureness">The probability that it assigns to the right label of each sentence.</param>
    /// <param name="known">The same for a guess from the frequencies of the labels alone.</param>
    /// <param name="commonest">How often the commoner label occurs.</param>
    private static Finding? OfNetwork(double[] sureness, double[] known, double commonest)
    {
        double Loss(IEnumerable<double> p) => p.Average(p_k => -Math.Log(p_k));
        if (!(Loss(sureness) >= ClearlyLearnt * Loss(known)) && sureness.All(double.IsFinite))
        {
            return null;
        }

        return Loss(sureness.Select(p => 1 - p)) < ClearlyLearnt * Loss(known)
            ? new(
                "classes-swapped",
                "The network says ADV where ADJ is right, and ADJ where ADV is.",
                "Which class is which? The check reads class 0 as ADV and class 1 as ADJ.",
                "Learn(net, Bag, drawn) numbers them as labels does: [\"ADV\", \"ADJ\"]."
            )
            : new(
                "not-trained",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The network knows no more about these sentences than that the commoner label is right in "
                        + $"{commonest:0.0 %} of them."
                ),
                "Was it trained on the bags of these sentences?",
                "Learn(net, Bag, drawn) does forty epochs; hand over that net."
            );
    }

    private static Finding Of(
        double given,
        double right,
        double byText,
        double oneGroup,
        int count,
        double meanOfGroups
    )
    {
        bool Is(double other) => Math.Abs(given - other) < 1e-6;
        return Is(byText)
                ? new(
                    "not-sorted",
                    "Grouped like this, nothing can be told from the order, because each group has one order "
                        + "only: the words were not sorted.",
                    "When are two bags equal? The order must not decide in which group a sentence goes.",
                    "GroupBy(s => string.Join(' ', s.Words.Order()))"
                )
            : Is(oneGroup)
                ? new(
                    "one-group",
                    "This is the share of the commoner label among all sentences. A bag can do better: it sees "
                        + "the words.",
                    "Which sentences look the same to a bag? Only those must share a label.",
                    "Group by the sorted words first; then take the commoner label in each group."
                )
            : Is(meanOfGroups)
                ? new(
                    "groups-not-weighted",
                    "This is the mean of the groups' shares, in which a group of one counts as much as a group "
                        + "of twenty.",
                    "What is counted in the end, groups or sentences?",
                    "Add up how many sentences are right in each group, and divide once, by all sentences."
                )
            : Is(1 - right)
                ? new(
                    "errors",
                    "This is the share that must go wrong.",
                    "What is asked for is the share that can be right.",
                    "One minus this."
                )
            : Is(100 * right)
                ? new(
                    "percent",
                    "This is in per cent; a share lies between 0 and 1.",
                    "By what must it be divided?",
                    "Divide by 100."
                )
            : Is(right * count)
                ? new(
                    "not-divided",
                    "This is the number of sentences that can be right, not their share.",
                    "A share of how many?",
                    "Divide by the number of sentences."
                )
            : new(
                "differs",
                string.Create(CultureInfo.InvariantCulture, $"On these sentences the ceiling is not {given:G4}."),
                Texts02.Ceiling.Hint,
                Texts02.Ceiling.MoreHint
            );
    }
}
