namespace RnnCourse.Plotting.Text;

/// <summary>Quotes a caller's words in an alternative text.</summary>
internal static class QuotedWords
{
    private const int Longest = 80;

    /// <summary>The words, cut where they are too long for a listener.</summary>
    public static string Short(string words)
    {
        if (words.Length <= Longest)
        {
            return words;
        }

        var end = char.IsHighSurrogate(words[Longest - 2]) ? Longest - 2 : Longest - 1;
        return words[..end] + "…";
    }

    /// <summary>A count with its noun.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
