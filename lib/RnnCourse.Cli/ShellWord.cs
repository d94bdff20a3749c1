namespace RnnCourse.Cli;

/// <summary>Quotes the words of a command that is shown for copying.</summary>
internal static class ShellWord
{
    /// <summary>Quotes a word if a shell would otherwise misread it.</summary>
    public static string Quote(string word)
    {
        if (
            word.Length > 0
            && word.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or ':' or ',')
        )
        {
            return word;
        }

        return OperatingSystem.IsWindows()
            ? $"\"{word}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
