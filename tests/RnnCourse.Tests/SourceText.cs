using System.Text.RegularExpressions;

namespace RnnCourse.Tests;

/// <summary>C# source as far as the architecture's rules need to read it.</summary>
internal static partial class SourceText
{
    /// <summary>The code without its comments, and with texts emptied; line breaks stay.</summary>
    public static string CodeOf(string source) =>
        CommentsAndTexts()
            .Replace(
                source.ReplaceLineEndings("\n"),
                found =>
                    found.Value[0] == '/'
                        ? new string('\n', found.Value.Count(c => c == '\n'))
                        : "\"\"" + new string('\n', found.Value.Count(c => c == '\n'))
            );

    // In the order of the alternatives: line comment, block comment, raw text, verbatim text, plain text, character.
    [GeneratedRegex(
        """""//[^\n]*|/\*[\s\S]*?\*/|\$*("{3,})[\s\S]*?\1|\$?@\$?"(?:[^"]|"")*"|\$?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.[^'\n]*)'"""""
    )]
    private static partial Regex CommentsAndTexts();
}
