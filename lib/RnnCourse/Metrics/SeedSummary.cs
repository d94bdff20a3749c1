using System.Globalization;

namespace RnnCourse.Metrics;

/// <summary>Summary of a number that was measured several times, each time with another seed.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Spread">The standard deviation over the seeds (with n − 1); 0 for a single one.</param>
/// <param name="Lowest">The smallest number.</param>
/// <param name="Highest">The largest number.</param>
/// <param name="Count">How many seeds there were.</param>
public sealed record SeedSummary(double Mean, double Spread, double Lowest, double Highest, int Count)
{
    /// <summary>Sums up the numbers of several seeds.</summary>
    /// <param name="values">The numbers, shape (seeds), at least one.</param>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static SeedSummary Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("There are no numbers to summarise; give at least one.", nameof(values));
        }

        var mean = values.Average();
        var spread =
            values.Count == 1
                ? 0
                : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return new(mean, spread, values.Min(), values.Max(), values.Count);
    }

    /// <summary>The mean and the spread: <c>2.10 ± 0.01</c>.</summary>
    public override string ToString() => ToString("0.000");

    /// <summary>The mean and the spread in a format of one's own.</summary>
    /// <param name="format">How to write a number, as for <see cref="double.ToString(string)"/>.</param>
    public string ToString(string format) =>
        Count == 1
            ? Mean.ToString(format, CultureInfo.InvariantCulture)
            : $"{Mean.ToString(format, CultureInfo.InvariantCulture)} ± "
                + $"{Spread.ToString(format, CultureInfo.InvariantCulture)}";
}
