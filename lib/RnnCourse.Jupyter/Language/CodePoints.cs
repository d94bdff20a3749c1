namespace RnnCourse.Jupyter.Language;

/// <summary>Converts positions: the protocol counts characters in code points, C# in UTF-16 units. They differ after an
/// emoji, for example.</summary>
internal static class CodePoints
{
    /// <summary>The index of the UTF-16 unit at which the code point with this number begins; at most the text's
    /// length.</summary>
    public static int ToIndex(string text, int codePoints)
    {
        var index = 0;
        for (var i = 0; i < codePoints && index < text.Length; i++)
        {
            index += index + 1 < text.Length && char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }

    /// <summary>The number of code points before this index.</summary>
    public static int FromIndex(string text, int index) =>
        index - Enumerable.Range(0, Math.Max(0, index - 1)).Count(i => char.IsSurrogatePair(text, i));
}
