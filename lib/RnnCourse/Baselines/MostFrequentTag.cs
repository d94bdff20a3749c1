namespace RnnCourse.Baselines;

/// <summary>Tags each word with its most frequent tag, regardless of its neighbours.</summary>
internal sealed class MostFrequentTag
{
    private const int LongestEnding = 3;

    private readonly Dictionary<string, string> _words,
        _endings;
    private readonly string _otherwise;
    private readonly bool _byEnding;

    private MostFrequentTag(
        Dictionary<string, string> words,
        Dictionary<string, string> endings,
        string otherwise,
        bool byEnding
    ) => (_words, _endings, _otherwise, _byEnding) = (words, endings, otherwise, byEnding);

    /// <summary>Counts the training data.</summary>
    /// <param name="tagged">The tagged words to learn from.</param>
    /// <param name="byEnding">Whether an unknown word gets the tag that is most frequent for its longest known ending
    /// (of up to three letters), separately for words with and without a capital; otherwise it gets the most frequent
    /// tag of all.</param>
    /// <exception cref="ArgumentException">There are no words.</exception>
    public static MostFrequentTag Fit(IEnumerable<(string Word, string Tag)> tagged, bool byEnding = false)
    {
        var words = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var endings = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        ArgumentNullException.ThrowIfNull(tagged);
        foreach (var (word, tag) in tagged)
        {
            Count(words, Key(word), tag);
            foreach (var ending in Endings(word))
            {
                Count(endings, ending, tag);
            }

            all[tag] = all.GetValueOrDefault(tag) + 1;
        }

        if (all.Count == 0)
        {
            throw new ArgumentException("There are no tagged words to learn from; give at least one.", nameof(tagged));
        }

        return new(Most(words), Most(endings), Largest(all), byEnding);
    }

    /// <summary>Predicts the tag of a word.</summary>
    /// <param name="word">The word, as written.</param>
    public string Predict(string word)
    {
        if (_words.TryGetValue(Key(word), out var tag))
        {
            return tag;
        }

        if (_byEnding)
        {
            foreach (var ending in Endings(word))
            {
                if (_endings.TryGetValue(ending, out tag))
                {
                    return tag;
                }
            }
        }

        return _otherwise;
    }

    // The longest first.
    private static IEnumerable<string> Endings(string word)
    {
        var capital = word.Length > 0 && char.IsUpper(word[0]) ? "C" : "c";
        for (var length = Math.Min(LongestEnding, word.Length); length >= 0; length--)
        {
            yield return capital + word[^length..].ToLowerInvariant();
        }
    }

    private static string Key(string word) => word.ToLowerInvariant();

    private static void Count(Dictionary<string, Dictionary<string, int>> counts, string key, string tag)
    {
        if (!counts.TryGetValue(key, out var tags))
        {
            counts[key] = tags = new(StringComparer.Ordinal);
        }

        tags[tag] = tags.GetValueOrDefault(tag) + 1;
    }

    private static Dictionary<string, string> Most(Dictionary<string, Dictionary<string, int>> counts) =>
        counts.ToDictionary(pair => pair.Key, pair => Largest(pair.Value), StringComparer.Ordinal);

    private static string Largest(Dictionary<string, int> counts) =>
        counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
}
