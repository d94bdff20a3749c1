using System.Globalization;

namespace RnnCourse.Encoders;

/// <summary>The features of a word that a tagger uses: the word itself, its last letters and its form, so that it can
/// also tag words that it has never seen.</summary>
/// <remarks>A word becomes a vector of zeros with a 1 for each feature that it has. Features are learnt from the words
/// of the training part.</remarks>
internal sealed class WordFeatures
{
    private const int LongestEnding = 3;

    private readonly Vocabulary _vocabulary;

    /// <summary>Restores features that were learnt earlier.</summary>
    /// <param name="vocabulary">The features' names: <see cref="Vocabulary"/> of another instance.</param>
    public WordFeatures(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _vocabulary = vocabulary;
    }

    /// <summary>The features' names.</summary>
    public Vocabulary Vocabulary => _vocabulary;

    /// <summary>D, how many features there are.</summary>
    public int Count => _vocabulary.Count;

    /// <summary>Learns the list of features.</summary>
    /// <param name="words">The words of the training part, as often as they occur.</param>
    /// <param name="minCount">How often a feature must occur.</param>
    /// <param name="maxCount">How many features there are at most; the most frequent ones are kept.</param>
    /// <exception cref="ArgumentException">There are no words.</exception>
    public static WordFeatures Learn(IEnumerable<string> words, int minCount = 2, int maxCount = 6000)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new(Vocabulary.Learn(words.SelectMany(NamesOf), minCount: minCount, maxCount: maxCount));
    }

    /// <summary>The features of a word.</summary>
    /// <param name="word">The word, as written.</param>
    /// <returns>Their numbers, of shape (features), each from 0 to D − 1.</returns>
    public int[] Of(string word) => [.. NamesOf(word).Where(_vocabulary.Knows).Select(_vocabulary.NumberOf)];

    /// <summary>Says whether the word itself is a feature, not only its ending and form.</summary>
    /// <param name="word">The word, as written.</param>
    public bool KnowsWord(string word) => _vocabulary.Knows("w:" + Lower(word));

    private static IEnumerable<string> NamesOf(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var lower = Lower(word);
        yield return "w:" + lower;
        for (var length = 1; length <= LongestEnding && length < lower.Length; length++)
        {
            yield return "e:" + lower[^length..];
        }

        if (lower.Length > 2)
        {
            yield return "b:" + lower[..2];
        }

        if (word.Any(char.IsUpper))
        {
            yield return word.All(c => !char.IsLower(c)) && word.Length > 1 ? "f:CAPITALS" : "f:Capital";
        }

        if (word.Any(char.IsDigit))
        {
            yield return "f:digit";
        }

        if (word.Contains('-', StringComparison.Ordinal))
        {
            yield return "f:hyphen";
        }

        if (!word.Any(char.IsLetterOrDigit))
        {
            yield return "f:mark";
        }
    }

    private static string Lower(string word) => word.ToLower(CultureInfo.InvariantCulture);
}
