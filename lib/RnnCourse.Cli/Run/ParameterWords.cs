namespace RnnCourse.Cli.Run;

/// <summary>
/// The option <c>-p name value</c>, as papermill has it. Its value may look like anything, also like an option, so it
/// is made one word with the name before the command line is parsed.
/// </summary>
internal static class ParameterWords
{
    public const string Option = "--parameter";
    private const string Short = "-p";

    /// <summary>The words with each <c>-p name value</c> as one; null if one lacks its value.</summary>
    public static IReadOnlyList<string>? Join(IReadOnlyList<string> words)
    {
        var joined = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                return [.. joined, .. words.Skip(i)];
            }

            if (words[i] is not (Short or Option))
            {
                joined.Add(words[i]);
                continue;
            }

            if (i + 2 >= words.Count)
            {
                return null;
            }

            joined.Add($"{Option}={words[i + 1]}={words[i + 2]}");
            i += 2;
        }

        return joined;
    }

    /// <summary>Takes a word apart again: the name ends at the first equals sign.</summary>
    public static KeyValuePair<string, string> Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var at and >= 0
            ? KeyValuePair.Create(word[..at], word[(at + 1)..])
            : KeyValuePair.Create(word, "");
}
