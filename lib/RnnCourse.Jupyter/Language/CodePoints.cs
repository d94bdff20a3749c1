namespace RnnCourse.Jupyter.Language;

/// <summary>The protocol counts characters as code points, C# as UTF-16 units; an emoji makes the difference.</summary>
internal static class CodePoints
{
    /// <summary>The index of the UTF-16 unit at which the code point of this number begins; at most the text's
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

    /// <summary>How many code points lie before this index.</summary>
    public static int FromIndex(string text, int index) =>
        index - Enumerable.Range(0, Math.Max(0, index - 1)).Count(i => char.IsSurrogatePair(text, i));
}
