using System.Globalization;

namespace RnnCourse.Plotting.Text;

/// <summary>
/// Numbers as figures show them: rounded, so that a figure doesn't change with the last bits of a float.
/// </summary>
internal static class NumberFormat
{
    private const int DrawnDigits = 6;
    private const int SharedDigits = 10;

    /// <summary>Rounds to six significant digits.</summary>
    public static double Round(double value) => Round(value, DrawnDigits);

    /// <summary>
    /// Rounds each value to six significant digits, and to no more decimals than give the greatest of them ten:
    /// the noise of a value that ought to be zero would have significant digits of its own.
    /// </summary>
    public static double[] RoundTogether(IReadOnlyList<double> values)
    {
        var greatest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (greatest == 0)
        {
            return [.. values];
        }

        var decimals = SharedDigits - 1 - (int)Math.Floor(Math.Log10(greatest));
        return [.. values.Select(v => double.IsFinite(v) ? RoundTo(Round(v), decimals) : v)];
    }

    /// <summary>The number within a sentence: at most four significant digits, U+2212 as minus.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "not a number" : "infinite";
        }

        var rounded = Round(value, 4);
        var size = Math.Abs(rounded);
        string text;
        if (size == 0)
        {
            text = "0";
        }
        else if (size == Math.Floor(size) && Math.Abs(value) < 1e9 && value == Math.Floor(value))
        {
            text = Math.Abs(value).ToString("0", CultureInfo.InvariantCulture);
        }
        else if (size is >= 1e-4 and < 1e6)
        {
            text = size.ToString("0.########", CultureInfo.InvariantCulture);
        }
        else
        {
            text = size.ToString("0.###e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
        }

        return rounded < 0 ? "−" + text : text;
    }

    /// <summary>The number at a tick of a linear axis.</summary>
    public static string Tick(double value)
    {
        var rounded = Round(value);
        var size = Math.Abs(rounded);
        var text = size is 0 or (>= 1e-4 and < 1e7)
            ? size.ToString("0.##########", CultureInfo.InvariantCulture)
            : Scientific(size);
        return rounded < 0 ? "−" + text : text;
    }

    /// <summary>The number at a tick of a logarithmic axis: powers of ten are written as such.</summary>
    public static string LogTick(double value) =>
        value is >= 0.9e-3 and < 0.9e4 ? Tick(value) : Scientific(Round(value, 3));

    private static string Scientific(double value)
    {
        var parts = value.ToString("0.#####e+0", CultureInfo.InvariantCulture).Split('e');
        var power = "10" + string.Concat(parts[1].Where(c => c != '+').Select(Superscript));
        return parts[0] == "1" ? power : $"{parts[0]}×{power}";
    }

    private static char Superscript(char c) => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0'];

    private static double Round(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        return RoundTo(value, digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
    }

    private static double RoundTo(double value, int decimals)
    {
        // Through decimal text: scaling by powers of ten would bring back the bits that rounding takes away.
        var rounded = decimals is >= 0 and <= 15
            ? Math.Round(value, decimals)
            : double.Parse(
                ((decimal)Math.Round(value * Math.Pow(10, decimals))).ToString(CultureInfo.InvariantCulture)
                    + "e"
                    + (-decimals).ToString(CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            );
        return rounded == 0 ? 0 : rounded;
    }
}
