using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>Lists in the words of an alternative text.</summary>
internal static class WordLists
{
    private const int LongestList = 12;

    /// <summary>Words separated by commas; of a long list the first ones and the last.</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count <= LongestList
            ? string.Join(", ", words.Select(QuotedWords.Short))
            : string.Join(", ", words.Take(LongestList - 2).Select(QuotedWords.Short))
                + $", … {QuotedWords.Short(words[^1])}";

    /// <summary>The words in brackets after a space, or nothing.</summary>
    public static string Bracketed(IReadOnlyList<string> words) => words.Count == 0 ? "" : $" ({List(words)})";
}
