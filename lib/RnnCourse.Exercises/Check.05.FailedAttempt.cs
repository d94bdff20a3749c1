using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson05;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly string[] SentencesToPad =
    [
        "the still fish can",
        "they swim",
        "fish",
        "they can only guide the fish",
    ];

    /// <summary>Checks the list of what a function per step tags wrongly, with the counts that explain it.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="errors">For each wrongly tagged word of the test sentences: its step (from 1), the word, its right
    /// tag, in how many training sentences it stands at that step with that tag, and in how many at another step. The
    /// same line may occur once or more often.</param>
    public static Feedback ExplainedErrors(
        FunctionPerStep? network,
        IReadOnlyList<(int Step, string Word, string Tag, int There, int Elsewhere)>? errors
    ) =>
        Attempt.Judge(
            Texts05.Errors,
            network is null || errors is null,
            () =>
            {
                (int Step, string Word, string Tag, int There, int Elsewhere)[] listed =
                [
                    .. Attempt.Watched("when the list was read", errors!),
                ];
                var given = listed.Select(e => (e.Step, e.Word, e.Tag)).ToHashSet();
                var right = ErrorsOf(network!).ToHashSet();
                if (given.Where(e => !right.Contains(e)).ToList() is [var extra, ..])
                {
                    return ErrorFaults.NoError(extra.Step, extra.Word, extra.Tag);
                }

                if (right.Count > given.Count)
                {
                    return ErrorFaults.Incomplete(given.Count, right.Count);
                }

                foreach (var (step, word, tag, there, elsewhere) in listed)
                {
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
                    if (!others.Contains(elsewhere))
                    {
                        return ErrorFaults.Elsewhere(step, word, tag, elsewhere, others[1]);
                    }
                }

                return null;
            }
        );

    /// <summary>Checks another blind spot: a function per step that never saw a word at one step, and has learnt the
    /// rest.</summary>
    /// <param name="seeing">The network that was trained on all sentences.</param>
    /// <param name="blind">The one that was trained without the sentences that have the word at the step; null where
    /// there is none yet.</param>
    /// <param name="word">The word.</param>
    /// <param name="step">The step, from 1.</param>
    public static Feedback BlindSpot(FunctionPerStep? seeing, FunctionPerStep? blind, string? word, int? step) =>
        Attempt.Judge(
            Texts05.BlindSpot,
            seeing is null || blind is null || word is null || step is null,
            () =>
            {
                if (!TinySentences.Vocabulary.Contains(word!))
                {
                    return SentenceFaults.Unknown(word!);
                }

                if (word == "swim" && step == 4)
                {
                    return BlindFaults.TheLessons;
                }

                if (step < 1 || step > TinySentences.MaxLength)
                {
                    return BlindFaults.NoSuchStep(step!.Value);
                }

                if (TagsOf(word!) is [var only])
                {
                    return BlindFaults.OneTag(word!, only);
                }

                if (blind!.Functions.Count < TinySentences.MaxLength || blind.Functions[0].U.ColumnCount != 13)
                {
                    return Findings.Shape(
                        "The network",
                        "D = 13 and six functions",
                        $"D = {blind.Functions[0].U.ColumnCount} and {blind.Functions.Count} functions"
                    );
                }

                var accuracy = TinySentences.Accuracy(blind, TinySentences.Test);
                if (!(accuracy > 0.7))
                {
                    return BlindFaults.NotTrained(accuracy);
                }

                int[] others =
                [
                    .. Enumerable
                        .Range(1, TinySentences.MaxLength)
                        .Where(i =>
                            i != step
                            && TinySentences.Train.Any(s =>
                                !StandsAt(s, step!.Value, word!, null) && StandsAt(s, i, word!, null)
                            )
                        ),
                ];
                int[] unseen = [.. others.Where(i => NeverSaw(blind, word!, i))];
                return !NeverSaw(blind, word!, step!.Value)
                    ? unseen is [var elsewhere, ..]
                        ? BlindFaults.Elsewhere(word!, step.Value, elsewhere)
                        : BlindFaults.SeenThere(word!, step.Value)
                    : unseen.Length == others.Length
                        ? BlindFaults.Everywhere(word!)
                        : null;
            }
        );

    /// <summary>Checks a way to pad a sentence in front, so that f_6 alone can tag its last word.</summary>
    /// <param name="pad">The learner's method, from a sentence of 1 to 6 words to an example of six inputs of shape (D)
    /// whose last output alone is read.</param>
    public static Feedback PadInFront(Func<TinySentences.Sentence, GradientDescent.Example>? pad) =>
        Attempt.Judge(
            Texts05.Pad,
            pad is null,
            () =>
            {
                foreach (var text in SentencesToPad)
                {
                    var sentence = TinySentences.Tag(text.Split(' '));
                    var example = Attempt.Call($"for “{text}”", () => pad!(sentence)) ?? throw Attempt.Blank();
                    example = new(
                        Attempt.Watched($"for “{text}”", example.x),
                        Attempt.Watched($"for “{text}”", example.targets)
                    );
                    if (PadDiagnosis.Fault(sentence, example) is { } fault)
                    {
                        return fault with { What = $"“{text}”: {fault.What}" };
                    }
                }

                return null;
            }
        );

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
