using System.Text.RegularExpressions;

namespace RnnCourse.Encoders;

/// <summary>Cuts texts into the symbols that models read.</summary>
public static partial class Tokens
{
    // One shared string for each character, so that a long text does not allocate one string per character.
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    /// <summary>Cuts a text into characters; one outside of the basic plane stays whole.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<string> Characters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Select(rune => rune.IsAscii ? Ascii[rune.Value] : rune.ToString());
    }

    /// <summary>Cuts a text into words and marks, in lower case: <c>don't</c> becomes <c>do n't</c>, and of a row of
    /// the same mark one stays. A letter is one character, whichever way Unicode writes it (normal form C).</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. Word()
                .Matches(text.Normalize().ToLowerInvariant().Replace('’', '\''))
                .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value),
        ];
    }

    /// <summary>Cuts source code into names, numbers, single marks, and spaces: runs of blanks, and an end of line with
    /// the blanks of the next.</summary>
    /// <param name="code">The code. The tokens put together are the code again.</param>
    internal static IEnumerable<string> Code(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return CodeToken().Matches(code).Select(match => match.Value);
    }

    /// <summary>Cuts a sentence as treebanks of English do, capitals kept: marks apart from words, <c>don't</c> as
    /// <c>do n't</c>, <c>it's</c> as <c>it 's</c>.</summary>
    /// <param name="sentence">The sentence.</param>
    internal static IReadOnlyList<string> SentenceWords(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return [.. SentenceWord().Matches(sentence.Normalize().Replace('’', '\'')).Select(match => match.Value)];
    }

    [GeneratedRegex(
        @"\p{L}+(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b|[\p{L}\p{M}]+|\p{N}+(?:[.,]\p{N}+)*|([^\s\p{L}\p{N}])(?:\1)*",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Word();

    [GeneratedRegex(
        @"[Cc]a(?=n't\b)|[\p{L}]+?(?=n't\b)|n't\b|'(?:s|S|re|ve|ll|d|m)\b"
            + @"|\p{N}+(?:[.,:]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*|\.{2,}|[^\s]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SentenceWord();

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]*|\p{N}+|\n *|[ \t]+|[\s\S]", RegexOptions.CultureInvariant)]
    private static partial Regex CodeToken();
}
