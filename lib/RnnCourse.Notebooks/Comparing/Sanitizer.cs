using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>Replaces in outputs, before they are compared, what may differ: a date, a path, a name that is drawn anew
/// each time.</summary>
/// <param name="Pattern">What to find.</param>
/// <param name="Replacement">Its replacement; <c>$1</c> is the first group.</param>
public sealed record Sanitizer(Regex Pattern, string Replacement)
{
    // An expression that backtracks for this long would never end; on a busy machine a harmless one may take seconds.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Makes one of a regular expression.</summary>
    /// <param name="pattern">The expression, in .NET's syntax; <c>^</c> and <c>$</c> hold for each line.</param>
    /// <param name="replacement">The replacement of each match.</param>
    /// <returns>The sanitizer.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is not a valid regular expression.</exception>
    public static Sanitizer Of(string pattern, string replacement) =>
        new(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline, MatchTimeout), replacement);
}
