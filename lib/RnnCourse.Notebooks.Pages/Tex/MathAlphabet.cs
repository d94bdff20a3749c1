using System.Text;

namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>The letters of Unicode's blackboard, script and Fraktur alphabets for mathematics.</summary>
internal static class MathAlphabet
{
    // Older letters keep their old places, and the alphabets have holes there.
    private const string OldBlackboard = "CℂHℍNℕPℙQℚRℝZℤ";
    private const string OldScript = "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ";
    private const string OldFraktur = "CℭHℌIℑRℜZℨ";

    /// <summary>The text in the style's alphabet; characters that the alphabet lacks are unchanged.</summary>
    public static string Map(string text, LetterStyle style) =>
        style switch
        {
            LetterStyle.Blackboard => Map(text, OldBlackboard, 0x1D538, 0x1D552, 0x1D7D8),
            LetterStyle.Calligraphic => Map(text, OldScript, 0x1D49C, 0x1D4B6, null),
            LetterStyle.Fraktur => Map(text, OldFraktur, 0x1D504, 0x1D51E, null),
            _ => text,
        };

    private static string Map(string text, string old, int upper, int lower, int? digits)
    {
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c) && old.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place)
            {
                result.Append(old[place + 1]);
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                result.Append(new Rune(upper + c - 'A'));
            }
            else if (char.IsAsciiLetterLower(c))
            {
                result.Append(new Rune(lower + c - 'a'));
            }
            else if (char.IsAsciiDigit(c) && digits is { } zero)
            {
                result.Append(new Rune(zero + c - '0'));
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
