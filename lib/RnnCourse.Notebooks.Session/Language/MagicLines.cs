using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>The lines of a cell that are not C#.</summary>
internal static partial class MagicLines
{
    /// <summary>Turns them into comments of the same length, so that no position moves.</summary>
    public static string CommentOut(string code) =>
        code.Contains("#!", StringComparison.Ordinal) ? Magic().Replace(code, "$1//") : code;

    [GeneratedRegex(@"^([ \t]*)#!", RegexOptions.Multiline)]
    private static partial Regex Magic();
}
