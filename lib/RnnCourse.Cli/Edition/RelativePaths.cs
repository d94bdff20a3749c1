using System.Text.RegularExpressions;

namespace RnnCourse.Cli.Edition;

/// <summary>Adjusts the relative paths of a notebook that is copied one folder further down, so that they lead to the
/// same files.</summary>
internal static partial class RelativePaths
{
    private const string CodeBlock = @"(?:^(```|~~~).*?^\1)";
    private const string InlineCode = @"(?:(`+)[^`](?:.|\n)*?(?<!`)\2(?!`))";
    private const string LinkStart =
        @"(?<before>\]\(\s*<?(?=[^\n()]*\))|\b(?:src|href)\s*=\s*[""']|^\s{0,3}\[[^\]\n]+\]:\s*)";
    private const string LinkPath = @"(?<path>[^)\s""'>]+)";

    /// <summary>Adjusts the links and pictures of Markdown. Code stays as it is.</summary>
    public static string InMarkdown(string markdown) =>
        Links()
            .Replace(
                markdown,
                match =>
                    match.Groups["path"] is { Success: true } path && IsRelative(path.Value)
                        ? $"{match.Groups["before"].Value}../{path.Value}"
                        : match.Value
            );

    /// <summary>Adjusts the directives of code (<c>#r</c>, <c>#load</c>, <c>#!import</c>) and its strings that begin
    /// with <c>../</c>.</summary>
    public static string InCode(string code) =>
        Directives()
            .Replace(
                UpInText().Replace(code, "\"../../"),
                match =>
                    IsRelative(match.Groups["path"].Value)
                    && !match.Groups["path"].Value.StartsWith("../", StringComparison.Ordinal)
                        ? $"{match.Groups["before"].Value}../{match.Groups["path"].Value}"
                        : match.Value
            );

    // Excludes anchors on the page, paths from the root, and addresses with a scheme such as https: or attachment:
    private static bool IsRelative(string path) =>
        path.Length > 0 && path[0] is not ('#' or '/' or '\\') && !Scheme().IsMatch(path);

    [GeneratedRegex(
        $"{CodeBlock}|{InlineCode}|{LinkStart}{LinkPath}",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Links();

    [GeneratedRegex("""^(?<before>\s*#(?:r|load|!import)\s+"?)(?<path>[^"\n]+)""", RegexOptions.Multiline)]
    private static partial Regex Directives();

    [GeneratedRegex("\"\\.\\./")]
    private static partial Regex UpInText();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
