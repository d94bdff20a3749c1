using RnnCourse.Datasets;
using RnnCourse.Encoders;

namespace RnnCourse.Tasks;

/// <summary>Makes a training, a dev and a test part without common items from a user's files, or says why that cannot
/// be done.</summary>
internal static class TaskSplit
{
    /// <summary>How one part becomes three, for help texts and notes.</summary>
    public const string SingleRule =
        "80 : 10 : 10, by a shuffle that depends on the data alone; equal ones share a part";

    private const int MinItems = 10;

    /// <summary>How the parts of these files are made.</summary>
    public static string Rule(DataParts parts) =>
        !parts.AreGiven ? SingleRule
        : parts.Dev.Count > 0 ? "as given"
        : "as given; the dev part is a tenth of the training part";

    /// <summary>Splits items that came in one part.</summary>
    /// <param name="path">The source, for error messages.</param>
    /// <param name="items">The items.</param>
    /// <param name="keyOf">What makes two items the same.</param>
    /// <param name="kind">What an item is called, such as "sentence".</param>
    /// <exception cref="DataFileException">There are fewer than 10 different items.</exception>
    public static DataSplit<TItem> Of<TItem>(
        string path,
        IReadOnlyList<TItem> items,
        Func<TItem, string> keyOf,
        string kind
    )
    {
        var different = items.Select(keyOf).Distinct().Count();
        return different >= MinItems
            ? DataSplit.ByKey(items, keyOf)
            : throw new DataFileException(
                path,
                0,
                0,
                $"There {(different == 1 ? $"is 1 {kind}" : $"are {different} different {kind}s")}; at "
                    + $"least {MinItems} are needed to learn, choose and test."
            );
    }

    /// <summary>Takes the given parts, without the items that two of them share, and splits off the parts that are not
    /// given.</summary>
    /// <param name="path">Where the files are, for error messages.</param>
    /// <param name="parts">The files.</param>
    /// <param name="train">What the training part's files hold.</param>
    /// <param name="read">Reads the files of another part.</param>
    /// <param name="keyOf">What makes two items the same.</param>
    /// <param name="kind">What an item is called, such as "sentence".</param>
    /// <param name="remark">Receives a sentence for the user about what was left out.</param>
    /// <exception cref="DataFileException">A part is empty, or there are too few items to split.</exception>
    public static DataSplit<TItem> Of<TItem>(
        string path,
        DataParts parts,
        IReadOnlyList<TItem> train,
        Func<IReadOnlyList<string>, TItem[]> read,
        Func<TItem, string> keyOf,
        string kind,
        Action<string> remark
    )
    {
        var copies = train.Count - train.Select(keyOf).Distinct().Count();
        if (copies > 0)
        {
            remark(
                $"{copies} of {train.Count} {kind}s{(parts.AreGiven ? " to learn from" : "")} repeat an earlier one. "
                    + "They are kept; copies share a part."
            );
        }

        if (!parts.AreGiven)
        {
            return Of(path, train, keyOf, kind);
        }

        var (split, removed) = DataSplit.WithoutLeaks<TItem>(new(train, read(parts.Dev), read(parts.Test)), keyOf);
        if (removed > 0)
        {
            remark($"{removed} {kind}s were left out of the training and dev parts because a later part has them too.");
        }

        if (split.Test.Count == 0 || split.Train.Count == 0)
        {
            throw new DataFileException(
                path,
                0,
                0,
                split.Test.Count == 0
                    ? $"The test part holds no {kind}. Add some to it."
                    : $"The training part holds no {kind} that the dev and test parts don't have too. Add some to it."
            );
        }

        if (split.Dev.Count > 0)
        {
            return split;
        }

        var again = Of(path, split.Train, keyOf, kind);
        return split with { Train = [.. again.Train, .. again.Test], Dev = again.Dev };
    }
}
