namespace RnnCourse.Encoders;

/// <summary>Tells the steps of sequences from the padding behind the shorter ones.</summary>
public static class Masks
{
    /// <summary>Makes a mask in the layout of the fast models: the steps of one time lie side by side.</summary>
    /// <param name="lengths">The length of each sequence, shape (B).</param>
    /// <param name="steps">T, how many steps the padded sequences have; null for the longest one's.</param>
    /// <returns>Shape (T·B): at <c>t·B + n</c> whether sequence n has a step t.</returns>
    /// <exception cref="ArgumentException">A length is negative or larger than <paramref name="steps"/>.</exception>
    public static bool[] Of(IReadOnlyList<int> lengths, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        var T = steps ?? lengths.DefaultIfEmpty().Max();
        if (lengths.Any(length => length < 0 || length > T))
        {
            throw new ArgumentException($"Lengths go from 0 to {T}.", nameof(lengths));
        }

        var mask = new bool[T * lengths.Count];
        for (var t = 0; t < T; t++)
        {
            for (var n = 0; n < lengths.Count; n++)
            {
                mask[(t * lengths.Count) + n] = t < lengths[n];
            }
        }

        return mask;
    }
}
