using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson05;

/// <summary>The criteria for right answers to the exercises of lesson 05.</summary>
internal static class Criteria05
{
    private const int Million = 1_000_000;
    private const double Learnt = 0.7;

    private static readonly int[] Lengths = [10, 100];

    /// <summary>Sizes, and the counts that were worked out for them.</summary>
    internal sealed record CountsAnswer(PerStepSize Size, long?[] Counts, int? MillionFrom);

    /// <summary>The error that a line explains, and its two counts.</summary>
    internal sealed record ErrorsAnswer(
        FunctionPerStep Network,
        (int Step, string Word, string Tag, int There, int Elsewhere)[] Listed
    );

    /// <summary>A network that never saw a word at a step.</summary>
    internal sealed record BlindAnswer(FunctionPerStep Blind, string Word, int Step);

    public static Criterion<CountsAnswer> Counts { get; } =
        new([
            new(
                "the sizes are at least 1, and not the lesson's",
                a =>
                    a.Size.D < 1 || a.Size.H < 1 || a.Size.K < 1 ? PerStepFaults.Sizes
                    : (a.Size.D, a.Size.H, a.Size.K) == (13, 8, 7) ? PerStepFaults.LessonsSizes
                    : null
            ),
            new(
                $"the counts for $n = {Lengths[0]}$ and $n = {Lengths[1]}$ are those of `Counted`, to the last digit",
                a => PerStepFaults.OfCounts(a, Lengths)
            ),
            new(
                "at your third $n$ there are more than a million parameters, and at the one before " + "not yet",
                a => PerStepFaults.OfMillion(a, Million)
            ),
        ]);

    public static Criterion<ErrorsAnswer> Errors { get; } =
        new([
            new(
                "each line of your list is an error of the network on the test sentences, and none is missing",
                a =>
                {
                    var given = a.Listed.Select(e => (e.Step, e.Word, e.Tag)).ToHashSet();
                    var right = ErrorsOf(a.Network).ToHashSet();
                    return given.Where(e => !right.Contains(e)).ToList() is [var extra, ..]
                            ? ErrorFaults.NoError(extra.Step, extra.Word, extra.Tag)
                        : right.Count > given.Count ? ErrorFaults.Incomplete(given.Count, right.Count)
                        : null;
                }
            ),
            new(
                "both counts of each line are right (of the second it doesn't matter whether you counted sentences or "
                    + "words, with any tag or with this one)",
                a => a.Listed.Select(OfCounts).FirstOrDefault(fault => fault is not null)
            ),
        ])
        {
            ForLearnerToCheck = "Most of the first counts are 0 or 1, and the second ones aren't: what does that say?",
        };

    public static Criterion<BlindAnswer> BlindSpot { get; } =
        new([
            new(
                "your word is in the vocabulary and takes two tags",
                a =>
                    !TinySentences.Vocabulary.Contains(a.Word) ? SentenceFaults.Unknown(a.Word)
                    : TagsOf(a.Word) is [var only] ? BlindFaults.OneTag(a.Word, only)
                    : null
            ),
            new(
                $"your step is from 1 to {TinySentences.MaxLength}, and word and step aren't the lesson's",
                a =>
                    a is { Word: "swim", Step: 4 } ? BlindFaults.SameAsLesson
                    : a.Step < 1 || a.Step > TinySentences.MaxLength ? BlindFaults.NoSuchStep(a.Step)
                    : null
            ),
            new(
                $"the network has learnt, with more than {Learnt * 100:0} % of all test words right",
                a =>
                {
                    if (
                        a.Blind.Functions.Count < TinySentences.MaxLength
                        || a.Blind.Functions[0].U.ColumnCount != TinySentences.Vocabulary.Count
                    )
                    {
                        return Findings.Shape(
                            "The network",
                            $"D = {TinySentences.Vocabulary.Count} and six functions",
                            $"D = {a.Blind.Functions[0].U.ColumnCount} and {a.Blind.Functions.Count} functions"
                        );
                    }

                    var accuracy = TinySentences.Accuracy(a.Blind, TinySentences.Test);
                    return accuracy > Learnt ? null : BlindFaults.NotTrained(accuracy);
                }
            ),
            new("it never saw your word at your step, but did at others", OfSpot),
        ])
        {
            ForLearnerToCheck =
                "Then draw the figure. Is the largest drop where you said? (The random start may happen to be right "
                + "there: train once more and compare. Smaller drops come from the new random start, too.)",
        };

    public static MethodCriterion Pad { get; } =
        new(
            "blanks, all zeros, and the words, one-hot and in their order, make six inputs, and the last target alone "
                + "is set: the last word's tag"
        )
        {
            Cases = new(
                $"sentences of 1 to {TinySentences.MaxLength} words",
                random => [TinySentences.Draw(Admissible.From1To(TinySentences.MaxLength, random), random)],
                (TinySentences.Sentence sentence) =>
                {
                    var words = TinySentences.OneHot(sentence.Words);
                    return new GradientDescent.Example(
                        [
                            .. Enumerable.Repeat(
                                Vector<double>.Build.Dense(TinySentences.Vocabulary.Count),
                                TinySentences.MaxLength - words.Count
                            ),
                            .. words,
                        ],
                        [
                            .. Enumerable.Repeat((int?)null, TinySentences.MaxLength - 1),
                            TinySentences.ToExample(sentence).targets[^1],
                        ]
                    );
                }
            ),
            ForLearnerToCheck =
                "Trained like this, $f_6$ tags nearly all test words right. Say which of the three wishes that "
                + "rescues, which it doesn't, and what happens at seven words.",
        };

    private static Finding? OfCounts((int Step, string Word, string Tag, int There, int Elsewhere) line)
    {
        var (step, word, tag, there, elsewhere) = line;
        var at = TinySentences.Train.Count(sentence => StandsAt(sentence, step, word, tag));
        if (there != at)
        {
            return ErrorFaults.There(step, word, tag, there, at);
        }

        int[] others =
        [
            TinySentences.Train.Count(s => Others(s, step).Any(i => StandsAt(s, i, word, tag))),
            TinySentences.Train.Count(s => Others(s, step).Any(i => StandsAt(s, i, word, null))),
            TinySentences.Train.Sum(s => Others(s, step).Count(i => StandsAt(s, i, word, tag))),
            TinySentences.Train.Sum(s => Others(s, step).Count(i => StandsAt(s, i, word, null))),
        ];
        return others.Contains(elsewhere) ? null : ErrorFaults.Elsewhere(step, word, tag, elsewhere, others[1]);
    }

    private static Finding? OfSpot(BlindAnswer a)
    {
        int[] others =
        [
            .. Enumerable
                .Range(1, TinySentences.MaxLength)
                .Where(i =>
                    i != a.Step
                    && TinySentences.Train.Any(s => !StandsAt(s, a.Step, a.Word, null) && StandsAt(s, i, a.Word, null))
                ),
        ];
        int[] unseen = [.. others.Where(i => NeverSaw(a.Blind, a.Word, i))];
        return !NeverSaw(a.Blind, a.Word, a.Step)
            ? unseen is [var elsewhere, ..]
                ? BlindFaults.Elsewhere(a.Word, a.Step, elsewhere)
                : BlindFaults.SeenThere(a.Word, a.Step)
            : unseen.Length == others.Length
                ? BlindFaults.Everywhere(a.Word)
                : null;
    }

    private static IEnumerable<(int Step, string Word, string Tag)> ErrorsOf(FunctionPerStep network) =>
        from sentence in TinySentences.Test
        let said = TinySentences.ReadTags(network.Predict(TinySentences.OneHot(sentence.Words)))
        from i in Enumerable.Range(1, sentence.Words.Count)
        where said[i - 1] != sentence.Tags[i - 1]
        select (i, sentence.Words[i - 1], sentence.Tags[i - 1]);

    private static string[] TagsOf(string word) =>
        [
            .. TinySentences
                .Train.SelectMany(sentence => sentence.Words.Zip(sentence.Tags))
                .Where(pair => pair.First == word)
                .Select(pair => pair.Second)
                .Distinct(),
        ];

    // The weights that a word is multiplied by at a step stay as they were drawn where no training sentence has it
    // there: between ±1/√H. Training takes some of them further.
    private static bool NeverSaw(FunctionPerStep network, string word, int step)
    {
        var U = network.Functions[step - 1].U;
        var column = (13 * (step - 1)) + TinySentences.Vocabulary.ToList().IndexOf(word);
        return U.Column(column).AbsoluteMaximum() <= 1 / Math.Sqrt(U.RowCount);
    }

    private static IEnumerable<int> Others(TinySentences.Sentence sentence, int step) =>
        Enumerable.Range(1, sentence.Words.Count).Where(i => i != step);

    private static bool StandsAt(TinySentences.Sentence sentence, int step, string word, string? tag) =>
        step >= 1
        && step <= sentence.Words.Count
        && sentence.Words[step - 1] == word
        && (tag is null || sentence.Tags[step - 1] == tag);
}
