using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson05;

/// <summary>Finds what is wrong with a sentence that was padded at the beginning.</summary>
internal static class PadDiagnosis
{
    private const int Length = TinySentences.MaxLength;

    public static Finding? Fault(TinySentences.Sentence sentence, GradientDescent.Example example)
    {
        if (example.x is null || example.targets is null)
        {
            return Findings.Missing(example.x is null ? "the list of inputs" : "the list of targets");
        }

        if (example.x.Count != Length)
        {
            return new(
                "not-six",
                $"the example has {Findings.Counted(example.x.Count, "input")}, where f_6 takes six.",
                "How many blanks does a sentence of n words need?",
                "6 − n blanks, so that inputs and blanks make six."
            );
        }

        if (example.targets.Count != Length)
        {
            return new(
                "targets-not-six",
                $"the example has {Findings.Counted(example.targets.Count, "target")} for six inputs.",
                "Each input has a target, if only null.",
                "Five times null, then the number of the last word's tag."
            );
        }

        var blanks = Length - sentence.Words.Count;
        var words = TinySentences.OneHot(sentence.Words);
        for (var i = 0; i < Length; i++)
        {
            if (example.x[i] is not { } x_i)
            {
                return Findings.Missing($"x_{i + 1}");
            }

            var expected = i < blanks ? 0 * words[0] : words[i - blanks];
            if (Quantity.Of($"x_{i + 1}", x_i).FaultOfForm(Quantity.Of("", expected)) is { } form)
            {
                return form;
            }

            if (x_i.Equals(expected))
            {
                continue;
            }

            return example.x.Take(words.Count).SequenceEqual(words)
                    ? new(
                        "padded-behind",
                        "the blanks stand after the words, not in front.",
                        "Which step does f_6 call the last one? The word to be tagged must stand there.",
                        "First the 6 − n blanks, then the words."
                    )
                : i < blanks
                    ? new(
                        "no-blank",
                        $"x_{i + 1} should be a blank, but holds numbers.",
                        "A blank is a word that isn't there.",
                        "A vector of 13 zeros."
                    )
                : new(
                    "wrong-word",
                    $"x_{i + 1} is not the one-hot vector of “{sentence.Words[i - blanks]}”.",
                    "In which order do the words come?",
                    "OneHot(sentence.Words), in their order, after the blanks."
                );
        }

        var target = TinySentences.ToExample(sentence).targets[^1];
        if (example.targets[^1] != target)
        {
            return new(
                "last-target",
                "the last target is "
                    + $"{example.targets[^1]?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}, "
                    + "not the number of the last word's tag.",
                "Which tag does the last word have?",
                "ToExample(sentence).targets[^1]."
            );
        }

        return example.targets.SkipLast(1).All(t => t is null)
            ? null
            : new(
                "not-f6-alone",
                "outputs before the last are read, too: then f_1 to f_5 learn and are needed as well.",
                "Which function alone is to do all the work? At which step is its output?",
                "All targets null, but the last."
            );
    }
}

/// <summary>Known mistakes in the list of errors.</summary>
internal static class ErrorFaults
{
    public static Finding NoError(int step, string word, string tag) =>
        new(
            "no-error",
            $"Step {step}, “{word}” as {tag}, is listed, but no test sentence has this word wrong there "
                + "with this right tag.",
            "Steps count from 1, and the tag listed is the right one, not the one that the network said.",
            "Compare sentence.Tags[i - 1] with ReadTags(network.Predict(…))[i - 1] for i from 1 to n."
        );

    public static Finding Incomplete(int given, int expected) =>
        new(
            "incomplete",
            $"The list has {Findings.Counted(given, "different error")}; there are {expected}.",
            "Are all 60 test sentences looked at, to their last word?",
            "Loop over TinySentences.Test, and over the steps of each."
        );

    public static Finding There(int step, string word, string tag, int given, int expected) =>
        new(
            "there",
            $"“{word}” stands at step {step} as {tag} in {expected} training sentences, not in {given}.",
            "Do the step, the word and the tag all have to agree?",
            "TinySentences.Train.Count(s => s.Words.Count >= i && s.Words[i - 1] == word && s.Tags[i - 1] == tag)."
        );

    public static Finding Elsewhere(int step, string word, string tag, int given, int expected) =>
        new(
            "elsewhere",
            $"“{word}”, which is wrong as {tag} at step {step}, stands at another step in {expected} "
                + $"training sentences, not in {given}.",
            "Which steps are the others? And is a sentence that has the word twice counted once?",
            "Count the training sentences in which Words[j - 1] is the word for some j other than the "
                + "step, whatever its tag."
        );
}

/// <summary>Known mistakes in a blind spot.</summary>
internal static class BlindFaults
{
    public static Finding SameAsLesson { get; } =
        new(
            "the-lessons",
            "This is the blind spot that the lesson has shown.",
            "Which other word takes two tags?",
            "Choose another word and another step."
        );

    public static Finding NotTrained(double accuracy) =>
        new(
            "not-trained",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The network that never saw the word there tags only {accuracy:0 %} of all words right: it has "
                    + $"hardly learnt."
            ),
            "Did you hand over the network after its training?",
            "GradientDescent.Train(…, 60, 0.1, random) changes the network that it is given; hand over that one."
        );

    public static Finding OneTag(string word, string tag) =>
        new(
            "one-tag",
            $"“{word}” is always {tag}, so there is nothing to learn about it at any step.",
            "Which words are now this and now that?",
            "The nouns that are verbs, too: cook, guide, fish, swim. And still, only, just: ADV or ADJ."
        );

    public static Finding NoSuchStep(int step) =>
        new(
            "no-such-step",
            $"There is no step {step}.",
            "Steps count from 1, and sentences have six words at most.",
            "Choose a step from 1 to 6."
        );

    public static Finding SeenThere(string word, int step) =>
        new(
            "seen-there",
            $"The network has learnt from sentences with “{word}” at step {step}: the weights that belong to the word "
                + "there have moved.",
            "Which sentences must be left out of the training?",
            "Train on Train.Where(s => s.Words.ElementAtOrDefault(step - 1) != word), and hand over that network."
        );

    public static Finding Elsewhere(string word, int step, int elsewhere) =>
        new(
            "seen-elsewhere",
            $"The network never saw “{word}” at step {elsewhere}; it did at step {step}.",
            "C# counts from 0. Which index does the word of step i have?",
            "ElementAtOrDefault(step - 1)."
        );

    public static Finding Everywhere(string word) =>
        new(
            "left-out-everywhere",
            $"The network never saw “{word}” at all: it was left out at every step.",
            "A spot is small. At which steps should the network see the word?",
            "Leave out only the sentences that have it at your step: "
                + "Train.Where(s => s.Words.ElementAtOrDefault(step - 1) != word)."
        );
}
