using RnnCourse.Metrics;

namespace RnnCourse.Tasks;

/// <summary>Adds up what the items of a test part contribute to a score, so that the score gets an interval.</summary>
/// <param name="count">How many items there are.</param>
/// <param name="together">How many neighbouring items depend on each other.</param>
internal sealed class ItemSums(int count, int together = 1)
{
    private readonly double[] _sums = new double[count];
    private readonly double[] _weights = new double[count];

    /// <summary>How much was counted.</summary>
    public double Weight => _weights.Sum();

    public void Add(int item, double value, double weight = 1)
    {
        _sums[item] += value;
        _weights[item] += weight;
    }

    /// <summary>The mean as a score; or a growing function of the mean.</summary>
    public Score ToScore(string name, string format, bool lowerIsBetter, Func<double, double>? function = null)
    {
        function ??= mean => mean;
        var (low, high) = Bootstrap.Interval(_sums, _weights, function, together);
        return new(name, function(_sums.Sum() / Weight), format, lowerIsBetter) { Low = low, High = high };
    }
}
