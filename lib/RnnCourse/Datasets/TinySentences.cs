using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Datasets;

/// <summary>
/// The course's tiny data set: sentences of thirteen words, each word tagged with its part of speech. Seven of the
/// words take one of two tags, and which one depends on words that may be any number of steps back.
/// </summary>
/// <remarks>
/// <para>"They only just <b>guide</b> the still <b>guide</b>": the first <i>guide</i> is a verb, the second a noun, and
/// <i>only</i>, <i>just</i> and <i>still</i> are adverbs before the verb and adjectives before the noun. What decides
/// is whether a determiner has opened a noun phrase that no noun has closed yet. Every tag follows from the words up to
/// its own, never from later ones.</para>
/// <para>The grammar was made for this course; sentences are drawn from it by a <see cref="SeededRandom"/>. Tags are
/// universal part-of-speech tags (universaldependencies.org/u/pos).</para>
/// </remarks>
public static class TinySentences
{
    /// <summary>A sentence, its words and their tags.</summary>
    /// <param name="Words">The words, n of them, in lower case.</param>
    /// <param name="Tags">The tag of each word, n of them.</param>
    public sealed record Sentence(IReadOnlyList<string> Words, IReadOnlyList<string> Tags)
    {
        /// <summary>The words with a space between.</summary>
        public override string ToString() => string.Join(' ', Words);
    }

    private static readonly string[] Determiners = ["the", "every"];
    private static readonly string[] Pronouns = ["they", "we"];
    private static readonly string[] Fillers = ["still", "only", "just"];
    private static readonly string[] Transitives = ["cook", "guide"];
    private static readonly string[] Intransitives = ["fish", "swim"];
    private static readonly string[] Auxiliaries = ["can", "will"];
    private static readonly string[] NounsOrVerbs = [.. Transitives, .. Intransitives];

    /// <summary>The words, in the order of their numbers; D = 13.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
    [.. Determiners, .. Pronouns, .. Auxiliaries, .. Fillers, .. NounsOrVerbs];

    /// <summary>The tags, in the order of their numbers; K = 7.</summary>
    public static IReadOnlyList<string> TagSet { get; } = ["DET", "PRON", "AUX", "ADJ", "ADV", "NOUN", "VERB"];

    /// <summary>The length of the longest sentence in <see cref="Train"/> and <see cref="Test"/>, in words.</summary>
    public const int MaxLength = 6;

    /// <summary>120 different sentences of 1 to <see cref="MaxLength"/> words to learn from.</summary>
    public static IReadOnlyList<Sentence> Train { get; }

    /// <summary>60 different sentences of 2 to <see cref="MaxLength"/> words, none of them in <see cref="Train"/>
    /// (which has all four of one word).</summary>
    public static IReadOnlyList<Sentence> Test { get; }

    static TinySentences()
    {
        var random = new SeededRandom(2026);
        var seen = new HashSet<string>();
        var sentences = new List<Sentence>();
        while (sentences.Count < 180)
        {
            var sentence = Draw(1 + random.NextIndex(MaxLength), random);
            if (seen.Add(sentence.ToString()))
            {
                sentences.Add(sentence);
            }
        }

        Train = sentences[..120];
        Test = sentences[120..];
    }

    /// <summary>Draws a sentence of a given length.</summary>
    /// <param name="length">How many words; at least 1.</param>
    /// <param name="random">Where the words are drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public static Sentence Draw(int length, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentNullException.ThrowIfNull(random);
        var words = new List<string>(length);
        // From the front: a subject (a noun phrase, a pronoun, or none for a request), perhaps an auxiliary …
        var subject = random.NextIndex(3);
        if (subject == 0 && length >= 4)
        {
            words.Add(random.Pick(Determiners));
            AddFillers(words, random.NextIndex(length - 3), random);
            words.Add(random.Pick(NounsOrVerbs));
            words.Add(random.Pick(Auxiliaries));
        }
        else if (subject <= 1 && length >= 2)
        {
            words.Add(random.Pick(Pronouns));
            if (length >= 3 && random.NextIndex(2) == 0)
            {
                words.Add(random.Pick(Auxiliaries));
            }
        }

        // … then a verb with adverbs before it, and an object where there is room for one.
        var left = length - words.Count;
        if (left >= 3 && random.NextIndex(2) == 0)
        {
            var adverbs = random.NextIndex(left - 2);
            AddFillers(words, adverbs, random);
            words.Add(random.Pick(Transitives));
            words.Add(random.Pick(Determiners));
            AddFillers(words, left - adverbs - 3, random);
            words.Add(random.Pick(NounsOrVerbs));
        }
        else
        {
            AddFillers(words, left - 1, random);
            words.Add(random.Pick(NounsOrVerbs));
        }

        return Tag(words);
    }

    /// <summary>Tags a sentence of the data set's words, by the grammar's one rule.</summary>
    /// <param name="words">The words, each of <see cref="Vocabulary"/>.</param>
    /// <exception cref="ArgumentException">A word is not in the vocabulary.</exception>
    public static Sentence Tag(params IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var tags = new List<string>(words.Count);
        var inNounPhrase = false; // has a determiner opened a noun phrase that no noun has closed?
        foreach (var word in words)
        {
            RequireKnown(word);
            tags.Add(
                Determiners.Contains(word) ? "DET"
                : Pronouns.Contains(word) ? "PRON"
                : Auxiliaries.Contains(word) ? "AUX"
                : Fillers.Contains(word) ? (inNounPhrase ? "ADJ" : "ADV")
                : inNounPhrase ? "NOUN"
                : "VERB"
            );
            inNounPhrase = tags[^1] is "DET" || (inNounPhrase && tags[^1] is "ADJ");
        }

        return new Sentence([.. words], tags);
    }

    /// <summary>Turns words into one-hot vectors.</summary>
    /// <param name="words">The words, n of them, each of <see cref="Vocabulary"/>.</param>
    /// <returns>n vectors of shape (D), each with a single 1 at the word's number.</returns>
    /// <exception cref="ArgumentException">A word is not in the vocabulary.</exception>
    public static IReadOnlyList<Vector<double>> OneHot(params IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return
        [
            .. words.Select(word =>
            {
                RequireKnown(word);
                var x_i = Vector<double>.Build.Dense(Vocabulary.Count);
                x_i[Index(Vocabulary, word)] = 1;
                return x_i;
            }),
        ];
    }

    /// <summary>Turns a tagged sentence into an example to train on: one-hot words, and each tag's number as the
    /// target.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <exception cref="ArgumentException">A word or tag is unknown.</exception>
    public static GradientDescent.Example ToExample(Sentence sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return new(
            OneHot(sentence.Words),
            [
                .. sentence.Tags.Select(tag =>
                    Index(TagSet, tag) is >= 0 and var k
                        ? (int?)k
                        : throw new ArgumentException(
                            $"'{tag}' is not a tag. The tags are {string.Join(", ", TagSet)}.",
                            nameof(sentence)
                        )
                ),
            ]
        );
    }

    /// <summary>Names the most probable tag of each output.</summary>
    /// <param name="y">The outputs, n of them, each of shape (K).</param>
    public static IReadOnlyList<string> ReadTags(IReadOnlyList<Vector<double>> y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return [.. y.Select(y_i => TagSet[y_i.MaximumIndex()])];
    }

    /// <summary>Counts how many tags a network gets right.</summary>
    /// <param name="network">The network, with D = 13 and K = 7.</param>
    /// <param name="sentences">What to test it on; at least one word.</param>
    /// <returns>The share of words whose most probable tag is the right one, from 0 to 1.</returns>
    /// <exception cref="ArgumentException">The network cannot take one of the sentences, or there is no
    /// word.</exception>
    public static double Accuracy(ISequenceNetwork network, IReadOnlyList<Sentence> sentences)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sentences);
        var words = sentences.Sum(sentence => sentence.Words.Count);
        if (words == 0)
        {
            throw new ArgumentException("The sentences have no word to tag; give at least one.", nameof(sentences));
        }

        var right = sentences.Sum(sentence =>
            ReadTags(network.Predict(OneHot(sentence.Words)))
                .Zip(sentence.Tags)
                .Count(pair => pair.First == pair.Second)
        );
        return (double)right / words;
    }

    /// <summary>Counts, step by step, how many tags a network gets right.</summary>
    /// <param name="network">The network, with D = 13 and K = 7.</param>
    /// <param name="sentences">What to test it on; at least one sentence.</param>
    /// <param name="word">Count this word only; null counts them all.</param>
    /// <returns>For each step up to the longest sentence's last, the share of right tags at that step, from 0 to 1; NaN
    /// where there is nothing to count.</returns>
    /// <exception cref="ArgumentException">The network cannot take one of the sentences.</exception>
    public static IReadOnlyList<double> AccuracyByStep(
        ISequenceNetwork network,
        IReadOnlyList<Sentence> sentences,
        string? word = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sentences);
        var n = sentences.Max(sentence => sentence.Words.Count);
        var (right, all) = (new int[n], new int[n]);
        foreach (var (words, tags) in sentences)
        {
            var read = ReadTags(network.Predict(OneHot(words)));
            for (var i = 0; i < words.Count; i++)
            {
                if (word is not null && words[i] != word)
                {
                    continue;
                }

                all[i]++;
                if (read[i] == tags[i])
                {
                    right[i]++;
                }
            }
        }

        return [.. right.Zip(all, (r, a) => (double)r / a)];
    }

    private static void AddFillers(List<string> words, int count, SeededRandom random)
    {
        for (var k = 0; k < count; k++)
        {
            words.Add(random.Pick(Fillers));
        }
    }

    private static int Index(IReadOnlyList<string> list, string item)
    {
        for (var k = 0; k < list.Count; k++)
        {
            if (list[k] == item)
            {
                return k;
            }
        }

        return -1;
    }

    private static void RequireKnown(string word)
    {
        if (Index(Vocabulary, word) < 0)
        {
            throw new ArgumentException(
                $"'{word}' is not in the vocabulary: {string.Join(", ", Vocabulary)}.",
                nameof(word)
            );
        }
    }
}
