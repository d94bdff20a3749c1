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

    /// <summary>Checks the list of the words that a function per step tags wrongly, with the counts that explain the
    /// mistakes.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="errors">For each wrongly tagged word of the test sentences: its step (from 1), the word, its right
    /// tag, in how many training sentences it is at that step with that tag, and in how many at another step. The
    /// same line may occur once or more often.</param>
    public static Feedback ExplainedErrors(
        FunctionPerStep? network,
        IReadOnlyList<(int Step, string Word, string Tag, int There, int Elsewhere)>? errors
    ) =>
        Attempt.Judge(
            Texts05.Errors,
            network is null || errors is null,
            () => Criteria05.Errors.Fault(new(network!, [.. Attempt.Watched("when the list was read", errors!)]))
        );

    /// <summary>Checks another blind spot: a function per step that never saw a word at one step, and has learned the
    /// rest.</summary>
    /// <param name="seeing">The network that was trained on all sentences.</param>
    /// <param name="blind">The network that was trained without the sentences that have the word at the step; null if
    /// there is none yet.</param>
    /// <param name="word">The word.</param>
    /// <param name="step">The step, from 1.</param>
    public static Feedback BlindSpot(FunctionPerStep? seeing, FunctionPerStep? blind, string? word, int? step) =>
        Attempt.Judge(
            Texts05.BlindSpot,
            seeing is null || blind is null || word is null || step is null,
            () => Criteria05.BlindSpot.Fault(new(blind!, word!, step!.Value))
        );

    /// <summary>Checks a way to pad a sentence at the beginning, so that f_6 alone can tag its last word.</summary>
    /// <param name="pad">The learner's method, from a sentence of 1 to 6 words to an example of six inputs of shape (D)
    /// of whose outputs only the last one is read.</param>
    public static Feedback PadInFront(Func<TinySentences.Sentence, GradientDescent.Example>? pad) =>
        Attempt.Judge(
            Texts05.Pad,
            pad,
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
}
