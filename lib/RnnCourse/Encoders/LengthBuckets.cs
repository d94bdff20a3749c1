using RnnCourse.Core;

namespace RnnCourse.Encoders;

/// <summary>Puts sequences of like length side by side, so that little is padded, and yet leaves each epoch's order to
/// chance.</summary>
internal static class LengthBuckets
{
    /// <summary>How many batches' sequences are sorted together: enough to save most padding, few enough to
    /// mix.</summary>
    public const int BatchesPerBucket = 16;

    /// <summary>Draws an order and cuts it into batches.</summary>
    /// <param name="lengths">The length of each sequence, shape (N).</param>
    /// <param name="batchSize">B, how many sequences a batch has; one batch may have fewer.</param>
    /// <param name="random">Where the order is drawn from.</param>
    /// <param name="order">Where to write the order, shape (N): the sequences' numbers, batch after batch.</param>
    /// <param name="starts">Where to write where each batch begins in <paramref name="order"/>, shape (batches), in the
    /// order in which the batches come.</param>
    /// <remarks>All are shuffled; of every <see cref="BatchesPerBucket"/> batches the sequences are sorted by length;
    /// then the batches are shuffled.</remarks>
    /// <exception cref="ArgumentException">The sizes do not match.</exception>
    public static void Draw(
        ReadOnlySpan<int> lengths,
        int batchSize,
        SeededRandom random,
        Span<int> order,
        Span<int> starts
    )
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (order.Length != lengths.Length || starts.Length != (lengths.Length + batchSize - 1) / batchSize)
        {
            throw new ArgumentException(
                $"{lengths.Length} sequences have an order of as many numbers and "
                    + $"{(lengths.Length + batchSize - 1) / batchSize} batches.",
                nameof(order)
            );
        }

        for (var k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        random.Shuffle(order);
        var bucket = batchSize * BatchesPerBucket;
        var keys = new long[Math.Min(bucket, order.Length)];
        for (var from = 0; from < order.Length; from += bucket)
        {
            var part = order[from..Math.Min(from + bucket, order.Length)];
            // The place within the part belongs to the key, so that the order does not depend on how the sort treats
            // equals.
            for (var k = 0; k < part.Length; k++)
            {
                keys[k] = ((long)lengths[part[k]] << 32) | (uint)k;
            }

            keys.AsSpan(0, part.Length).Sort(part);
        }

        for (var k = 0; k < starts.Length; k++)
        {
            starts[k] = k * batchSize;
        }

        random.Shuffle(starts);
    }
}
