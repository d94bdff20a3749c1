using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>A number in a text, as it is written there.</summary>
/// <remarks>Digits in words (<c>L06</c>, <c>s_0</c>), versions (<c>1.2.3</c>) and times (<c>12:30</c>) are
/// text.</remarks>
internal readonly partial record struct NumberToken(int Start, string Text)
{
    public int End => Start + Text.Length;

    /// <summary>Whether it is written without a fraction and an exponent. Such a number counts something, so the
    /// tolerance doesn't apply.</summary>
    public bool IsInteger => Text.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    public double Value =>
        double.Parse(
            Text.Replace('\u2212', '-'),
            NumberStyles.Float | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );

    public static IReadOnlyList<NumberToken> FindAll(string text) =>
        [.. Number().Matches(text).Select(match => new NumberToken(match.Index, match.Value))];

    /// <summary>Whether two numbers are equal within the tolerance.</summary>
    public bool Equals(NumberToken other, Tolerance tolerance) =>
        Text == other.Text || (!(IsInteger && other.IsInteger) && tolerance.Allows(Value, other.Value));

    /// <summary>Describes how much two numbers differ.</summary>
    public static string Describe(NumberToken old, NumberToken now, Tolerance tolerance)
    {
        var (a, b) = (old.Value, now.Value);
        if (old.IsInteger && now.IsInteger)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{old.Text} → {now.Text}: a whole number has to be the same"
            );
        }

        var size = Math.Max(Math.Abs(a), Math.Abs(b));
        var allowed = tolerance.Absolute + (tolerance.Relative * size);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{old.Text} → {now.Text}: off by {Math.Abs(a - b):G3} ({Math.Abs(a - b) / size:G3} of it), "
                + $"{allowed:G3} is allowed"
        );
    }

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}_])(?<!\d[.:])[-+\u2212]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|"
            + @"[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![\p{N}_]|[.:][0-9])"
    )]
    private static partial Regex Number();
}
