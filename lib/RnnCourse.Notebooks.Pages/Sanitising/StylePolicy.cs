using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Pages.Sanitising;

/// <summary>Decides which styles are allowed: none that act, load anything, or move content out of its place.</summary>
internal static partial class StylePolicy
{
    // A backslash may spell any of the other words.
    private static readonly string[] Acting =
    [
        "image(",
        "image-set(",
        "src(",
        "@import",
        "expression(",
        "javascript:",
        "behavior:",
        "-moz-binding",
        "\\",
    ];

    // "--" and "attr(" take a word from elsewhere, which may be one of the first two
    private static readonly string[] LeavingTheirPlace = ["fixed", "sticky", "--", "attr("];

    /// <summary>Whether the declarations of one element, or all rules of a sheet, are harmless.</summary>
    public static bool IsHarmless(string css)
    {
        return !Acting.Any(Has)
            && !(Has("position") && LeavingTheirPlace.Any(Has))
            && Addresses().Count(css) == OwnAddresses().Count(css);

        bool Has(string word) => css.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the braces and strings of a sheet are balanced; only then does a block around it contain all of
    /// it.</summary>
    public static bool IsWhole(ReadOnlySpan<char> sheet)
    {
        var closings = new Stack<char>();
        for (var i = 0; i < sheet.Length; i++)
        {
            switch (sheet[i])
            {
                case '(':
                    closings.Push(')');
                    break;
                case '[':
                    closings.Push(']');
                    break;
                case '{':
                    closings.Push('}');
                    break;
                case ')' or ']' or '}' when !closings.TryPop(out var expected) || expected != sheet[i]:
                    return false;
                case '"' or '\'' or '/':
                    var length = LengthOfWords(sheet[i..]);
                    if (length == 0)
                    {
                        return false;
                    }

                    i += length - 1;
                    break;
            }
        }
        return closings.Count == 0;
    }

    // The length of a text in quotes or of a comment; 0 for one that doesn't end.
    private static int LengthOfWords(ReadOnlySpan<char> sheet)
    {
        if (sheet[0] != '/')
        {
            return sheet[1..].IndexOfAny([sheet[0], '\n', '\r', '\f']) is >= 0 and var end && sheet[end + 1] == sheet[0]
                ? end + 2
                : 0;
        }

        if (!sheet.StartsWith("/*"))
        {
            return 1;
        }

        var found = sheet[2..].IndexOf("*/");
        return found < 0 ? 0 : found + 4;
    }

    [GeneratedRegex(@"url\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();

    // An address within the drawing names one of its gradients or masks.
    [GeneratedRegex("""url\([ ]*(["']?)#[\w.:-]+\1[ ]*\)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnAddresses();
}
