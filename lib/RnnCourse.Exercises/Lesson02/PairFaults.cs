using System.Text.RegularExpressions;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson02;

/// <summary>Known mistakes in pairs of sentences of the same words.</summary>
internal static partial class PairFaults
{
    /// <summary>The tag of the first such word, as the lesson's method Label finds it.</summary>
    public static string TagOf(string word, string[] words) =>
        TinySentences.Tag(words).Tags[Array.IndexOf(words, word)];

    /// <summary>Whether it is a sentence: a subject or none, an auxiliary after it, before it (in a question) or none,
    /// a verb, and an object if the verb takes one.</summary>
    public static bool MakesSense(string[] words)
    {
        var (_, tags) = TinySentences.Tag(words);
        return Grammar().IsMatch(string.Concat(words.Zip(tags, Letter)));
    }

    private static char Letter(string word, string tag) =>
        tag switch
        {
            "DET" => 'd',
            "PRON" => 'p',
            "AUX" => 'x',
            "ADJ" => 'a',
            "ADV" => 'v',
            "NOUN" => 'n',
            _ => word is "cook" or "guide" ? 'T' : 'I', // with an object, or without
        };

    public static Finding NotOneFish(string sentence, int times) =>
        new(
            "not-one-fish",
            times == 0
                ? $"“{sentence}” has no “fish” whose tag could differ."
                : $"“{sentence}” has “fish” {Findings.Times(times)}, so it is not clear whose tag is meant.",
            "The tag of fish is the answer here. How many fish does each sentence need?",
            "Put “fish” into each of the two sentences, once."
        );

    public static Finding? OtherWords(string[] one, string[] other)
    {
        var word = TinySentences.Vocabulary.FirstOrDefault(word =>
            one.Count(w => w == word) != other.Count(w => w == word)
        );
        return word is null
            ? null
            : new(
                "other-words",
                $"The sentences are not made of the same words: “{word}” occurs "
                    + $"{Findings.Times(one.Count(w => w == word))} in the first and "
                    + $"{Findings.Times(other.Count(w => w == word))} in the second.",
                "A bag counts the words. If the two bags must be equal, what can still differ?",
                "Take one sentence, and move its words about: nothing may be added or dropped."
            );
    }

    /// <summary>A finding if the word has the same tag in both sentences, or null.</summary>
    public static Finding? WithEqualTags(string word, (string[] One, string[] Other) pair)
    {
        var tag = TagOf(word, pair.One);
        return tag == TagOf(word, pair.Other) ? SameTag(word, tag) : null;
    }

    private static Finding SameTag(string word, string tag) =>
        new(
            "same-label",
            $"“{word}” is {tag} in both sentences.",
            "What decides the tag? Look for the word that opens a noun phrase, and for the one that closes it.",
            "After “the” or “every” comes a noun, with adjectives before it; the noun closes the "
                + "phrase, and after it verbs and adverbs can come again."
        );

    public static Finding NoSentence(string[] words) =>
        new(
            "no-sentence",
            $"“{string.Join(' ', words)}” is not a sentence of the small language "
                + $"({string.Join(' ', TinySentences.Tag(words).Tags)}).",
            "Who does something, and what do they do? A sentence has one verb at its end, or one with "
                + "an object behind it.",
            "“the … can …” is a good beginning: a noun phrase, an auxiliary, a verb. Which two words "
                + "could change places?"
        );

    public static Finding NoOnly { get; } =
        new(
            "no-only",
            "Each of the two sentences needs the word “only”: its tag is the label.",
            "What does Label look for?",
            "Put “only” into both."
        );

    public static Finding WindowsDiffer(int place) =>
        new(
            "windows-differ",
            $"The window sees the difference: the words at place {place} are not the same.",
            "Which places does a window of six look at?",
            "The first six words must be the same in both; all that differs comes after them."
        );

    public static Finding CanBeShorter(int length) =>
        new(
            "can-be-shorter",
            $"This pair does it, with {length} words. There is a shorter one.",
            "Six words are the same in both. How many more does it take for two orders to be possible?",
            "Six words that leave a noun phrase open; then “only” and a noun, in the one order and in the other."
        );

    // A statement, with or without an auxiliary; a question; an order.
    [GeneratedRegex("^(v*(da*n|p)v*x?|x(da*n|p))?v*(T(da*n)?|I)v*$")]
    private static partial Regex Grammar();
}
