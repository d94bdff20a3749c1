namespace RnnCourse.Cli.Run;

/// <summary>
/// The option <c>-p name value</c>, as in papermill. The value may look like an option, so it is joined with the name
/// into one word before the command line is parsed.
/// </summary>
internal static class ParameterOption
{
    public const string Option = "--parameter";
    private const string Short = "-p";

    /// <summary>Joins each <c>-p name value</c> into one word; returns null if a value is missing.</summary>
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

    /// <summary>Splits a joined word: the name ends at the first equals sign.</summary>
    public static KeyValuePair<string, string> Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var at and >= 0
            ? KeyValuePair.Create(word[..at], word[(at + 1)..])
            : KeyValuePair.Create(word, "");
}
