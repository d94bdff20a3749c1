using RnnCourse.Core;

namespace RnnCourse.Encoders;

/// <summary>Three parts of data that share nothing.</summary>
/// <typeparam name="TItem">What the data consist of.</typeparam>
/// <param name="Train">The part to train on.</param>
/// <param name="Dev">The part to make choices with, such as when to stop.</param>
/// <param name="Test">The part to measure the result on, once.</param>
public sealed record DataSplit<TItem>(IReadOnlyList<TItem> Train, IReadOnlyList<TItem> Dev, IReadOnlyList<TItem> Test)
{
    /// <summary>A part by its number: 0 training, 1 dev, 2 test.</summary>
    internal IReadOnlyList<TItem> Part(int number) =>
        number switch
        {
            0 => Train,
            1 => Dev,
            _ => Test,
        };
}

/// <summary>Splits data so that nothing of one part is in another.</summary>
public static class DataSplit
{
    /// <summary>The seed that the course splits by.</summary>
    public const ulong Seed = 2026;

    /// <summary>Splits 80 : 10 : 10. Items with the same key go to the same part, so that a sentence that occurs twice
    /// is not in both the training and the test part.</summary>
    /// <typeparam name="TItem">What the data consist of.</typeparam>
    /// <param name="items">The data.</param>
    /// <param name="keyOf">What makes two items the same.</param>
    /// <param name="seed">What the split is drawn by.</param>
    /// <returns>The parts, each in the order in which its items came. The last tenth of the shuffled keys is the test,
    /// the tenth before it the dev part.</returns>
    /// <exception cref="ArgumentException">There are fewer than 10 different keys.</exception>
    /// <remarks>The split depends on the set of keys and the seed alone, not on the order of the data.</remarks>
    internal static DataSplit<TItem> ByKey<TItem>(
        IReadOnlyList<TItem> items,
        Func<TItem, string> keyOf,
        ulong seed = Seed
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(keyOf);
        string[] keys = [.. items.Select(keyOf).Distinct().Order(StringComparer.Ordinal)];
        if (keys.Length < 10)
        {
            throw new ArgumentException(
                $"There are {keys.Length} different items, too few to split into parts for learning, "
                    + "choosing and testing; at least 10 are needed.",
                nameof(items)
            );
        }

        new SeededRandom(seed).Shuffle<string>(keys);
        var tenth = keys.Length / 10;
        var test = keys[^tenth..].ToHashSet(StringComparer.Ordinal);
        var dev = keys[^(2 * tenth)..^tenth].ToHashSet(StringComparer.Ordinal);
        return new(
            [.. items.Where(item => keyOf(item) is var key && !dev.Contains(key) && !test.Contains(key))],
            [.. items.Where(item => dev.Contains(keyOf(item)))],
            [.. items.Where(item => test.Contains(keyOf(item)))]
        );
    }

    /// <summary>Removes items that several parts have, so that parts that came as separate files share
    /// nothing.</summary>
    /// <typeparam name="TItem">What the data consist of.</typeparam>
    /// <param name="split">The parts.</param>
    /// <param name="keyOf">What makes two items the same.</param>
    /// <returns>The parts: training and dev without the items of the test part, training without those of the dev part;
    /// and how many items were removed from <see cref="DataSplit{TItem}.Train"/> and <see
    /// cref="DataSplit{TItem}.Dev"/>.</returns>
    /// <remarks>The test part stays complete, so that results on it can be compared with those of others.</remarks>
    internal static (DataSplit<TItem> Split, int Removed) WithoutLeaks<TItem>(
        DataSplit<TItem> split,
        Func<TItem, string> keyOf
    )
    {
        ArgumentNullException.ThrowIfNull(split);
        var test = split.Test.Select(keyOf).ToHashSet(StringComparer.Ordinal);
        TItem[] dev = [.. split.Dev.Where(item => !test.Contains(keyOf(item)))];
        var held = new HashSet<string>(test.Concat(dev.Select(keyOf)), StringComparer.Ordinal);
        TItem[] train = [.. split.Train.Where(item => !held.Contains(keyOf(item)))];
        return (new(train, dev, split.Test), split.Train.Count - train.Length + split.Dev.Count - dev.Length);
    }
}
