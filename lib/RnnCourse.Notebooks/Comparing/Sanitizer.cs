using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>Replaces parts of outputs that may differ before the outputs are compared: a date, a path, a random
/// name.</summary>
/// <param name="Pattern">The text to find.</param>
/// <param name="Replacement">Its replacement; <c>$1</c> is the first group.</param>
public sealed record Sanitizer(Regex Pattern, string Replacement)
{
    // An expression that backtracks for this long would never end; on a busy machine a harmless one may take seconds.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Creates a sanitizer from a regular expression.</summary>
    /// <param name="pattern">The expression, in .NET's syntax; <c>^</c> and <c>$</c> match at each line.</param>
    /// <param name="replacement">The replacement of each match.</param>
    /// <returns>The sanitizer.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is not a valid regular expression.</exception>
    public static Sanitizer Of(string pattern, string replacement) =>
        new(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline, MatchTimeout), replacement);
}
