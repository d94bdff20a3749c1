using RnnCourse.Core;

namespace RnnCourse.Metrics;

/// <summary>Says how far a score could be off because the test data are few: the bootstrap.</summary>
/// <remarks>The items are drawn with replacement, many times, and the score computed of each draw; 95 % of the
/// results lie in the interval. Efron, "Bootstrap methods: another look at the jackknife", 1979.</remarks>
internal static class Bootstrap
{
    private const int Draws = 1000;

    // Neighbours are drawn together where there are more: it is faster, and right for items that depend on each other.
    private const int MaxBlocks = 1000;

    /// <summary>The interval of a score that is a function of a quotient of two sums over items, such as the right
    /// words by all words.</summary>
    /// <param name="sums">What each item adds to the numerator, shape (items).</param>
    /// <param name="weights">What each item adds to the denominator, shape (items).</param>
    /// <param name="score">The function of the quotient; it must not fall in one place and rise in another.</param>
    /// <param name="together">How many neighbouring items are drawn together at the least; more than one where they
    /// depend on each other.</param>
    /// <returns>The ends of the interval; NaN with fewer than two items.</returns>
    /// <exception cref="ArgumentException">The numbers of sums and weights differ.</exception>
    public static (double Low, double High) Interval(
        IReadOnlyList<double> sums,
        IReadOnlyList<double> weights,
        Func<double, double> score,
        int together = 1
    )
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfLessThan(together, 1);
        if (sums.Count != weights.Count)
        {
            throw new ArgumentException($"There are {sums.Count} sums, but {weights.Count} weights.", nameof(weights));
        }

        var blocks = Math.Min(MaxBlocks, sums.Count / together);
        if (blocks < 2)
        {
            return (double.NaN, double.NaN);
        }

        var (sum, weight) = (new double[blocks], new double[blocks]);
        for (var k = 0; k < sums.Count; k++)
        {
            var block = (int)((long)k * blocks / sums.Count);
            sum[block] += sums[k];
            weight[block] += weights[k];
        }

        var random = new SeededRandom(1);
        var results = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (s, w) = (0.0, 0.0);
            for (var k = 0; k < blocks; k++)
            {
                var block = random.NextIndex(blocks);
                (s, w) = (s + sum[block], w + weight[block]);
            }

            results[draw] = score(s / w);
        }

        Array.Sort(results);
        return (results[Draws / 40], results[Draws - 1 - (Draws / 40)]);
    }
}
