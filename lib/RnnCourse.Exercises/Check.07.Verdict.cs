using System.Globalization;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson07;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a network that answers a yes-or-no question about a whole sentence, after its last
    /// word.</summary>
    /// <param name="network">The trained network, D = 13 and K = 2, whose class 1 means yes; null if there is none yet.
    /// It is not changed.</param>
    /// <param name="question">The learner's question, which may look at words and tags.</param>
    public static Feedback Verdict(VanillaRnn? network, Func<TinySentences.Sentence, bool>? question) =>
        Attempt.Judge(
            Texts07.Verdict,
            network is null || question is null,
            () => Criteria07.Verdict.Fault(new(network!, question!))
        );
}

/// <summary>Known mistakes in a verdict on a whole sentence.</summary>
internal static class VerdictFaults
{
    public static Finding Sizes(int D, int K) =>
        new(
            "sizes",
            $"The network takes inputs of {D} numbers and gives outputs of {K}; here it should be 13 and 2.",
            "How many words does the vocabulary have, and how many answers does a yes-or-no question have?",
            "new VanillaRnn(13, hiddenSize: 8, outputSize: 2, random)."
        );

    public static Finding OneSided(double yes) =>
        new(
            "one-sided",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The answer is yes for {yes:0 %} of the test sentences, so one answer for all is nearly "
                    + $"always right."
            ),
            "Which question divides the sentences more evenly?",
            "Does the sentence have a noun? Is it a request? Does it have an auxiliary?"
        );

    public static Finding LastWordTells(double share) =>
        new(
            "last-word-tells",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The last word alone gives the answer for {share:0 %} of the test sentences. No state is "
                    + $"needed for that."
            ),
            "Find two sentences that end with the same word, and that your question answers differently.",
            "Ask for something that can stand at any place, such as a noun."
        );

    public static Finding NotLearnt(double share, double opposite) =>
        opposite >= 0.9
            ? new(
                "classes-swapped",
                "The network is nearly always wrong, so it has learnt the question, with yes and no swapped.",
                "Which class means yes?",
                "Target 1 for yes, 0 for no."
            )
            : new(
                "not-learnt",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"On new sentences {share:0 %} of the answers after the last word are right; nine of ten "
                        + $"are asked for."
                ),
                "At which step is the target, and is it null at all others? And does the loss fall while it "
                    + "is trained?",
                "The target stands at i == s.Words.Count - 1. If the loss doesn't fall, try a learning rate "
                    + "of 0.03, another seed, or more epochs."
            );

    public static Finding WithoutMemory { get; } =
        new(
            "without-memory",
            "With W = 0 the network answers about as well: what it uses is the last word.",
            "Is there a shortcut in your question? Which words end a sentence with yes, and which with no?",
            "Ask for something that is decided before the last word."
        );
}
