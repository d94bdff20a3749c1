using System.Globalization;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>Amounts of memory as people write them: <c>512MB</c>, <c>2GB</c>, <c>1.5 GiB</c>. All units are multiples
/// of 1024.</summary>
public static class MemorySize
{
    /// <summary>The smallest limit that makes sense: the compiler itself needs about 200 MB.</summary>
    public const long Minimum = 256L << 20;

    internal const string Rule = "This must be an amount of memory such as '2GB' or '512MB', at least 256MB.";

    /// <summary>Reads an amount.</summary>
    /// <param name="text">A number and its unit: MB, MiB, GB or GiB, in any case.</param>
    /// <param name="bytes">The amount in bytes.</param>
    /// <returns>Whether the text is an amount of at least <see cref="Minimum"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out long bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        bytes = 0;
        var number = text.Trim().TrimEnd('b', 'B').TrimEnd('i', 'I');
        var shift = char.ToUpperInvariant(number.LastOrDefault()) switch
        {
            'M' => 20,
            'G' => 30,
            _ => 0,
        };
        if (
            shift == 0
            || !double.TryParse(
                number[..^1],
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var amount
            )
        )
        {
            return false;
        }

        var size = amount * (1L << shift);
        if (size is < Minimum or > 1e15)
        {
            return false;
        }

        bytes = (long)size;
        return true;
    }

    /// <summary>Writes an amount: <c>1.5 GB</c>, <c>300 MB</c>.</summary>
    /// <param name="bytes">The amount in bytes.</param>
    /// <returns>The text.</returns>
    public static string Describe(long bytes) =>
        bytes >= 1L << 30
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.##} GB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MB");
}
