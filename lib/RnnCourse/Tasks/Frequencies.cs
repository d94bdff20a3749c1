namespace RnnCourse.Tasks;

/// <summary>Methods that look at no input: they know at most how frequent each class is.</summary>
internal static class Frequencies
{
    /// <summary>What they reach on a part, in nats.</summary>
    /// <param name="train">The classes of the training part; those below 0 do not count.</param>
    /// <param name="part">The classes of the part.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="method">What the first method is called.</param>
    public static IReadOnlyList<DevReference> On(
        IEnumerable<int> train,
        IReadOnlyList<int> part,
        int classes,
        string method
    )
    {
        // One more of each, so that no class is impossible.
        var counts = new double[classes];
        Array.Fill(counts, 1);
        foreach (var k in train.Where(k => k >= 0))
        {
            counts[k]++;
        }

        var total = counts.Sum();
        var loss = part.Where(k => k >= 0)
            .Select(k => -Math.Log(counts[k] / total))
            .DefaultIfEmpty(double.NaN)
            .Average();
        return [new(method, loss), new("guessing", Math.Log(classes))];
    }
}
