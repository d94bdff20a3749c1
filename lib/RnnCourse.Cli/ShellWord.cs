namespace RnnCourse.Cli;

/// <summary>Words of a command that is shown to be copied.</summary>
internal static class ShellWord
{
    /// <summary>Quotes a word where a shell would read it otherwise.</summary>
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
