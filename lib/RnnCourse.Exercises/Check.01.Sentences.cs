using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson01;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a task that the learner invented: a sequence of inputs, and an answer or null for
    /// each.</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D); n at least 2.</param>
    /// <param name="answers">The answers, n of them; null if the output is not read.</param>
    public static Feedback TaskOfYourOwn(IReadOnlyList<Vector<double>>? x, IReadOnlyList<string?>? answers) =>
        Attempt.Judge(
            Texts01.OwnTask,
            x is null || answers is null,
            () =>
            {
                Vector<double>[] inputs = [.. Attempt.Watched("when the inputs were read", x!)];
                string?[] given = [.. Attempt.Watched("when the answers were read", answers!)];
                return Criteria01.OwnTask.Fault((inputs, given));
            }
        );

    /// <summary>Checks two sentences that end with "swim" as a noun and as a verb, for a reason at least seven steps
    /// back.</summary>
    /// <param name="first">One sentence, its words with spaces between; null if there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback FarApart(string? first, string? second) =>
        Attempt.Judge(
            Texts01.FarApart,
            string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () => Criteria01.FarApart.Fault((Words(first!), Words(second!)))
        );

    internal static string[] Words(string sentence) =>
        sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Known mistakes in a task of one's own.</summary>
internal static class TaskFaults
{
    public static Finding TooShort(int n) =>
        new(
            "too-short",
            $"The task has {Findings.Counted(n, "input")}; a sequence worth the name has at least two.",
            "What comes one after the other in this task?",
            "Each thing that comes is one input, one vector of numbers."
        );

    public static Finding Answers(int actual, int expected) =>
        new(
            "answers",
            $"The task has {Findings.Counted(actual, "answer")} for {Findings.Counted(expected, "input")}.",
            "Which step does each answer belong to?",
            "As many answers as inputs; null where none is wanted."
        );

    public static Finding SameAsLesson { get; } =
        new(
            "the-lessons",
            "This is one of the lesson's own tasks.",
            "What else comes one after the other, around you: sounds, steps, prices, moves?",
            "Make up inputs of your own, and answers to them."
        );

    public static Finding Zeros { get; } =
        new(
            "zeros",
            "All inputs are zero: they say nothing, so no answer can depend on them.",
            "What does somebody measure, see or hear at each step of your task?",
            "Put those numbers in: of a price each day, for instance, a vector of size 1 for each day."
        );

    public static Finding Words { get; } =
        new(
            "words",
            "These inputs are one-hot vectors of thirteen words. What is asked for is a task whose inputs aren't "
                + "words.",
            "What else comes one after the other: sounds, steps, prices, moves?",
            "Any list of numbers per step will do, for instance one measurement: a vector of size 1."
        );

    public static Finding NothingRead { get; } =
        new(
            "nothing-read",
            "No output is read, so the task asks for nothing.",
            "At which step is an answer wanted?",
            "Put a text in place of null there."
        );

    public static Finding OtherMask { get; } =
        new(
            "other-mask",
            "The outputs are read at some steps, but neither at every one nor only at the last.",
            "It may be a fine task. Which of the lecture's two patterns comes nearest?",
            "Every answer set, or all null but the last."
        );
}

/// <summary>Known mistakes in a pair of sentences.</summary>
internal static class SentenceFaults
{
    /// <summary>The first word that isn't in the vocabulary, or null.</summary>
    public static Finding? UnknownIn((string[] One, string[] Other) pair) =>
        pair.One.Concat(pair.Other).FirstOrDefault(word => !TinySentences.Vocabulary.Contains(word)) is { } unknown
            ? Unknown(unknown)
            : null;

    public static Finding Unknown(string word) =>
        new(
            "unknown-word",
            $"“{word}” is not in the vocabulary.",
            "string.Join(\", \", Vocabulary) lists all thirteen words.",
            "Lower case, no punctuation, spaces between."
        );

    public static Finding Lengths(int one, int other) =>
        new(
            "lengths",
            $"The sentences have {one} and {other} words; they must be equally long.",
            "Which word can be exchanged for another?",
            "Exchange one word and leave all others as they are."
        );

    public static Finding NotSwim { get; } =
        new(
            "not-swim",
            "Not both sentences end with “swim”.",
            "The word that is tagged in two ways comes last.",
            "Put “swim” at the end of both."
        );

    public static Finding Differing(int count) =>
        new(
            "differing",
            count == 0 ? "The two sentences are the same." : $"The sentences differ in {count} words; one is allowed.",
            "Which single word decides whether a noun phrase is open?",
            "The fillers between may be any, but the same in both sentences."
        );

    public static Finding SameTag(string tag) =>
        new(
            "same-tag",
            $"“swim” is {tag} in both sentences.",
            "What opens a noun phrase, and what stands in front of a verb?",
            "“the” or “every” opens one; after “they” or “we”, there is none. Fillers keep it as it is."
        );

    public static Finding TooNear(int back) =>
        new(
            "too-near",
            $"The word that decides stands {Findings.Counted(back, "step")} before the end; at least seven are "
                + "asked for.",
            "What may stand between without changing anything?",
            "still, only and just, as many as needed."
        );

    public static Finding SameSentence { get; } =
        new(
            "same-sentence",
            "That is one sentence, twice.",
            "Which word takes another tag in another sentence?",
            "Two sentences, such as one in which a determiner stands before the word, and one in which none does."
        );

    public static Finding NotTrained(double accuracy) =>
        new(
            "not-trained",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The network tags only {accuracy:0 %} of the test words right: it has not learnt, so its errors say "
                    + $"nothing."
            ),
            "Which network did the lesson train?",
            "Hand over the variable network, as the lesson has trained it."
        );

    public static Finding NoSharedWord { get; } =
        new(
            "no-shared-word",
            "No word of these two sentences takes different tags in them.",
            "Which words have two tags? One of them must stand in both sentences.",
            "“they fish” and “the fish”: after a determiner a noun, else a verb."
        );

    public static Finding NoError { get; } =
        new(
            "no-error",
            "The network tags every word of both sentences right, which a network that sees one word at "
                + "a time cannot do.",
            "Is this the shared network?",
            "Hand over the variable network of this lesson."
        );
}
