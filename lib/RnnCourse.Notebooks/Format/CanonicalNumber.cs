using System.Globalization;

namespace RnnCourse.Notebooks.Format;

/// <summary>Writes numbers as Jupyter does: fractions with the fewest digits that preserve their value, for example
/// 0.000077 as <c>7.7e-05</c>.</summary>
internal static class CanonicalNumber
{
    private const int FirstScientific = 17;
    private const int LastScientific = -4;

    /// <summary>The canonical text of a number that is given as JSON.</summary>
    public static string Of(string json)
    {
        // Integers are kept, however long; so are fractions that a double can't hold.
        var isFraction = json.AsSpan().IndexOfAny('.', 'e', 'E') >= 0;
        if (
            !isFraction
            || !double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value)
        )
        {
            return json;
        }

        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
        {
            return sign + "0.0";
        }

        var (digits, point) = Split(Math.Abs(value));
        return sign
            + (point is <= LastScientific or >= FirstScientific ? Scientific(digits, point - 1) : Fixed(digits, point));
    }

    // The digits without zeros at either end, and how many of them come before the point.
    private static (string Digits, int Point) Split(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent =
            parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var mantissa = parts[0].Split('.');
        var all = string.Concat(mantissa);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), mantissa[0].Length + exponent - (all.Length - digits.Length));
    }

    private static string Fixed(string digits, int point) =>
        point <= 0 ? "0." + new string('0', -point) + digits
        : point >= digits.Length ? digits.PadRight(point, '0') + ".0"
        : digits[..point] + "." + digits[point..];

    private static string Scientific(string digits, int exponent) =>
        digits[..1]
        + (digits.Length > 1 ? "." + digits[1..] : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
}
