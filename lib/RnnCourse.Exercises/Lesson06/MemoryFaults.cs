using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson06;

/// <summary>Known mistakes in a test for the forgotten state.</summary>
internal static class TestFaults
{
    public static Finding PassesAll { get; } =
        new(
            "passes-all",
            "The test passes a network that forgets its state.",
            "Would the test's answer change if each step started from s_0? Number, shape and sum of the "
                + "outputs are right even then.",
            "Ask for dependence: change the first input, look at a later output."
        );

    public static Finding FailsAll { get; } =
        new(
            "fails-all",
            "The test fails a network that does remember.",
            "At which step does it look? At step 1, a recurrent network and one that forgets do the same. And what "
                + "does it compare? An untrained network gives nearly every word the same tag, whatever it remembers.",
            "Look at the last output of two sequences of at least two inputs that differ in the first, at its numbers "
                + "and not at the tag."
        );

    public static Finding WrongWayRound { get; } =
        new(
            "wrong-way-round",
            "The test passes what forgets and fails what remembers.",
            "What do equal outputs after different pasts tell?",
            "Return true where the outputs differ."
        );
}

/// <summary>Known mistakes in the exercises on memory.</summary>
internal static class MemoryFaults
{
    /// <summary>Finds why two networks don't agree, or null.</summary>
    public static Finding? OfPair((VanillaRnn Recurrent, SharedNetwork Shared) pair)
    {
        var (recurrent, shared) = pair;
        var parameters = new[]
        {
            (Quantity.Of("U", shared.U), Quantity.Of("U", recurrent.U)),
            (Quantity.Of("V", shared.V), Quantity.Of("V", recurrent.V)),
            (Quantity.Of("b", shared.b), Quantity.Of("b", recurrent.b)),
            (Quantity.Of("c", shared.c), Quantity.Of("c", recurrent.c)),
        };
        foreach (var (own, other) in parameters)
        {
            if (own.FaultOfForm(other) is { } form)
            {
                return form;
            }
            else if (!own.Values.SequenceEqual(other.Values))
            {
                return NotCopied(own.Name);
            }
        }

        return TinySentences
            .Test.Select(sentence => TinySentences.OneHot(sentence.Words))
            .All(x =>
                recurrent
                    .Predict(x)
                    .Zip(shared.Predict(x))
                    .All(y => Quantity.Of("", y.First).IsNear(Quantity.Of("", y.Second)))
            )
            ? null
            : NotCopied("y");
    }

    /// <summary>Finds a word that a network made by hand tags wrongly, or null.</summary>
    public static Finding? OfTags(VanillaRnn net)
    {
        foreach (var between in Criteria06.Between)
        {
            string Said(string first) =>
                TinySentences.ReadTags(net.Predict(TinySentences.OneHot([first, .. between, "fish"])))[^1];
            var (they, the) = (Said("they"), Said("the"));
            if (they != "VERB" || the != "NOUN")
            {
                return they == the ? SameTag(between, they) : WrongTags(between, they, the);
            }
        }

        return null;
    }

    public static Finding WNotZero { get; } =
        new(
            "w-not-zero",
            "W of the recurrent network is not zero.",
            "Which term connects a step with the one before?",
            "rnn.W.Clear() sets all its numbers to zero."
        );

    public static Finding Trivial { get; } =
        new(
            "trivial",
            "U or V is zero throughout, so the outputs don't depend on the inputs at all.",
            "Only W is to be zero.",
            "Make the network anew and clear W alone."
        );

    public static Finding NotCopied(string name) =>
        new(
            "not-copied",
            $"{name} differs between the two networks.",
            "Which numbers enter the formula for y_i once W is zero? All of them must be equal.",
            "rnn.U.CopyTo(shared.U), and so for V, b and c."
        );

    public static Finding NoFiller(string word) =>
        new(
            "no-filler",
            $"“{word}” is not one of the three fillers.",
            "The choice is between still, only and just.",
            "Write it in lower case, in quotes."
        );

    public static Finding Falls(string word) =>
        new(
            "falls",
            $"With “{word}” the two states come nearer to each other; with another filler they stay apart.",
            "Print the distance after thirty words for each filler.",
            "A flat curve ends where it began: the largest distance belongs to the answer."
        );

    public static Finding TooLarge(int size) =>
        new(
            "too-large",
            $"The state has {size} numbers; four at the most are allowed.",
            "How many bits must the state hold?",
            "One: is a noun phrase open? One number near 1 or −1 holds it."
        );

    private static string Words(string[] between) =>
        between.Length > 2 ? $"{between.Length} times “{between[0]}”" : $"“{string.Join(' ', between)}”";

    public static Finding SameTag(string[] between, string tag) =>
        new(
            "same-tag",
            $"With {Words(between)} between, “fish” is {tag} after “they” and after “the”: the first "
                + "word is forgotten, or never reaches the output.",
            "Follow the bit: which weight writes it, which keeps it, which shows it to V when fish has come in?",
            "Fish itself must leave the bit alone: its column of U is zero. And to keep a bit, W[0, 0] "
                + "must be well above 1."
        );

    public static Finding WrongTags(string[] between, string they, string the) =>
        new(
            "wrong-tags",
            $"With {Words(between)} between, “fish” is {they} after “they” and {the} after “the”; right "
                + "are VERB and NOUN.",
            "The two sentences are told apart; now the output must give them their tags. Which row of V "
                + "belongs to which tag?",
            "TagSet lists the tags in the order of V's rows: NOUN is row 5, VERB is row 6. Let c hold "
                + "the other tags down."
        );
}
