using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson02;

/// <summary>Known mistakes in a bag of pairs. The learner chooses which place belongs to which pair, so the places are
/// found by calling the method.</summary>
internal static class PairBagDiagnosis
{
    private static readonly string[][] Sentences =
    [
        ["they", "only", "cook", "the", "fish"],
        ["only", "cook", "only", "cook", "only", "cook"],
        ["the", "still", "still", "fish"],
        ["guide"],
    ];

    public static Finding Open { get; } =
        new(
            "open",
            "The bag of pairs is right. Still open: two sentences with opposite labels that it can't tell apart.",
            "Two sentences can have the same pairs in another order if some word occurs in both more "
                + "than once: at that word the parts can change places.",
            "Let “still” occur three times, with “only” in one part between and a noun in the other. "
                + "Only parts that begin and end at the same word can be exchanged."
        );

    public static Finding? OfSentences((Func<string[], Vector<double>> Bag, string? First, string? Second) answer)
    {
        if (string.IsNullOrWhiteSpace(answer.First) || string.IsNullOrWhiteSpace(answer.Second))
        {
            return Open;
        }

        string[] one = Check.Words(answer.First),
            other = Check.Words(answer.Second);
        return SentenceFaults.UnknownIn((one, other))
            ?? (
                !one.Contains("only") || !other.Contains("only") ? PairFaults.NoOnly
                : PairFaults.WithEqualTags("only", (one, other)) is { } same ? same
                : answer.Bag(one).Equals(answer.Bag(other)) ? null
                : ToldApart(one, other)
            );
    }

    private static Finding ToldApart(string[] one, string[] other)
    {
        static List<string> Pairs(string[] words) => [.. words.Zip(words.Skip(1), (a, b) => $"{a} {b}")];
        var (first, second) = (Pairs(one), Pairs(other));
        var pair = first.Concat(second).First(p => first.Count(q => q == p) != second.Count(q => q == p));
        return new(
            "told-apart",
            $"The bag of pairs tells them apart: “{pair}” occurs "
                + $"{Findings.Times(first.Count(q => q == pair))} in the first and "
                + $"{Findings.Times(second.Count(q => q == pair))} in the second.",
            Open.Hint,
            Open.More
        );
    }

    public static Finding? Of(Func<string[], Vector<double>> bag)
    {
        var words = TinySentences.Vocabulary;
        var size = bag(["they", "fish"]).Count;
        if (size == words.Count)
        {
            return SingleWords;
        }

        var places = new Dictionary<(string, string), int>();
        foreach (var a in words)
        {
            foreach (var b in words)
            {
                var v = bag([a, b]);
                if (v.Count != size)
                {
                    return SizeVaries(size, v.Count);
                }

                if (v.Any(number => !double.IsFinite(number)))
                {
                    return Findings.NotFinite("a number of the vector", v.First(number => !double.IsFinite(number)));
                }

                if (v.All(number => number == 0))
                {
                    return LastForgotten;
                }

                if (v.Sum() != 1 || v.Maximum() != 1)
                {
                    return NotOne(a, b, v);
                }

                places[(a, b)] = v.MaximumIndex();
            }
        }

        if (words.All(a => words.All(b => places[(a, b)] == places[(b, a)])))
        {
            return OrderLost;
        }

        if (places.GroupBy(place => place.Value).FirstOrDefault(group => group.Count() > 1) is { } shared)
        {
            return Collision(shared.First().Key, shared.ElementAt(1).Key);
        }

        return Counts(bag, places, size);
    }

    private static Finding? Counts(
        Func<string[], Vector<double>> bag,
        Dictionary<(string, string), int> places,
        int size
    )
    {
        var given = Sentences.Select(bag).ToList();
        Vector<double> Sum(IEnumerable<(string, string)> pairs)
        {
            var v = Vector<double>.Build.Dense(size);
            foreach (var pair in pairs)
            {
                v[places[pair]]++;
            }

            return v;
        }

        bool Explains(Func<string[], Vector<double>> rule) =>
            given.Zip(Sentences).All(pair => pair.First.Equals(rule(pair.Second)));
        static IEnumerable<(string, string)> Pairs(string[] words) => words.Zip(words.Skip(1));
        return Explains(words => Sum(Pairs(words))) ? null
            : Explains(words => Sum(Pairs(words).Distinct())) ? Marked
            : Explains(words => Sum(Pairs(words).Where((_, k) => k % 2 == 0))) ? StepsByTwo
            : Explains(words => Sum(Pairs(words).Take(1))) || Explains(words => Sum(Pairs(words).TakeLast(1))) ? OneOnly
            : Explains(words => Sum(words.SelectMany((a, i) => words.Skip(i + 1).Select(b => (a, b))))) ? AllPairs
            : Explains(words => Sum(Pairs(words).Concat(Pairs(words).Take(1)))) ? FirstTwice
            : Differs(given.Zip(Sentences).First(pair => !pair.First.Equals(Sum(Pairs(pair.Second)))).Second);
    }

    private static Finding AllPairs { get; } =
        new(
            "all-pairs",
            "Each word is paired with every later one, so “they only cook” counts “they cook”, too.",
            "Which words of a sentence are neighbours?",
            "One loop is enough: word i and word i + 1."
        );

    private static Finding FirstTwice { get; } =
        new(
            "first-twice",
            "The first pair of a sentence is counted twice.",
            "What is counted before the loop, and what in its first turn?",
            "Start with zeros, and count in the loop alone."
        );

    private static Finding Differs(string[] sentence)
    {
        var pairs = sentence.Zip(sentence.Skip(1), (a, b) => $"{a} {b}").DefaultIfEmpty("none");
        return new(
            "differs",
            $"“{string.Join(' ', sentence)}” gets a wrong vector: it isn't the sum of its pairs "
                + $"({string.Join(", ", pairs)}).",
            Texts02.PairBag.Hint,
            Texts02.PairBag.MoreHint
        );
    }

    private static Finding SingleWords { get; } =
        new(
            "single-words",
            "The vector has 13 numbers: that is the bag of single words.",
            "How many pairs of a first and a second word are there?",
            "13 · 13 = 169: one number for each pair."
        );

    private static Finding LastForgotten { get; } =
        new(
            "one-short",
            "A sentence of two words has one pair, but its vector is all zeros: the last pair is forgotten.",
            "How many pairs does a sentence of n words have, and at which place does the last of them begin?",
            "for (var i = 0; i + 1 < words.Count; i++)"
        );

    private static Finding OrderLost { get; } =
        new(
            "order-lost",
            "“they only” and “only they” have the same place, so the order within a pair is lost.",
            "Which of the two words chooses a row of 13, and which the place in it?",
            "13 * number of the first word + number of the second."
        );

    private static Finding Marked { get; } =
        new(
            "marked",
            "A pair that occurs twice is counted once.",
            "Is the number set, or increased?",
            "v[place]++ or v[place] += 1, not v[place] = 1."
        );

    private static Finding StepsByTwo { get; } =
        new(
            "steps-by-two",
            "Every second pair is left out: of “they only cook”, “only cook” is a pair, too.",
            "By how much does the loop go on?",
            "Neighbours overlap: i++, not i += 2."
        );

    private static Finding OneOnly { get; } =
        new(
            "one-only",
            "Only one of the pairs is counted.",
            "Does each turn of the loop keep what the turns before have counted?",
            "One vector before the loop, and one ++ in each turn."
        );

    private static Finding SizeVaries(int one, int other) =>
        new(
            "size-varies",
            $"One sentence gets {one} numbers and another {other}: a network needs a fixed size.",
            "What does the size depend on? It must not be the sentence.",
            "13 · 13 = 169 for every sentence."
        );

    private static Finding NotOne(string a, string b, Vector<double> v) =>
        new(
            "not-one",
            string.Create(
                CultureInfo.InvariantCulture,
                $"“{a} {b}” is one pair, but the numbers of its vector add up to {v.Sum():G4}."
            ),
            "What else is counted?",
            "One pair, one 1, and zeros elsewhere."
        );

    private static Finding Collision((string A, string B) one, (string A, string B) other) =>
        new(
            "collision",
            $"“{one.A} {one.B}” and “{other.A} {other.B}” have the same place.",
            "How many places are there, and how many pairs?",
            "13 * number of the first word + number of the second gives each pair a place of its own."
        );
}
