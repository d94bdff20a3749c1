namespace RnnCourse.Blas;

/// <summary>How many cores one product may use.</summary>
/// <remarks>
/// The result does not depend on it, to the bit: cores share out the elements of the result, and each element is summed
/// in one fixed order. Small products stay on the caller's core whatever is set here. A native library is told the
/// number and does with it what it does: it may sum in another order, and knows nothing of <see cref="Sequential"/>.
/// Math.NET's managed code is kept on the caller's thread, because it hands even small products to others and waits for
/// them. Whoever wants its large products and factorisations on several threads sets
/// <c>Control.MaxDegreeOfParallelism</c> afterwards.
/// </remarks>
public static class BlasThreads
{
    /// <summary>The most threads that one product can be set to use.</summary>
    public const int Limit = 256;

    private static int _count = Math.Min(Environment.ProcessorCount, Limit);

    [ThreadStatic]
    private static int _sequentialDepth;

    /// <summary>Gets or sets how many threads one large product uses, the caller's included. At first, the number of
    /// processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 or more than
    /// <see cref="Limit"/>.</exception>
    public static int Count
    {
        get => Volatile.Read(ref _count);
        set
        {
            if (value is < 1 or > Limit)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value),
                    value,
                    $"The number of threads must be from 1 to {Limit}."
                );
            }

            Volatile.Write(ref _count, value);
            OpenBlasProvider.FollowThreads(value);
        }
    }

    /// <summary>Gets how many threads a product called now, by this thread, may use.</summary>
    internal static int Allowed => _sequentialDepth > 0 ? 1 : Count;

    /// <summary>
    /// Keeps the products that this thread calls on this thread, until the result is disposed. For callers that are
    /// parallel themselves, such as one that trains a shard of the batch per core.
    /// </summary>
    /// <returns>The scope; dispose it on the same thread. Scopes may nest.</returns>
    public static SequentialScope Sequential()
    {
        _sequentialDepth++;
        return new SequentialScope(true);
    }

    /// <summary>A stretch of one thread's work whose products stay on that thread.</summary>
    public ref struct SequentialScope
    {
        private bool _open;

        internal SequentialScope(bool open) => _open = open;

        /// <summary>Ends the scope; the second time it does nothing.</summary>
        public void Dispose()
        {
            if (!_open)
            {
                return;
            }

            _open = false;
            _sequentialDepth--;
        }
    }
}
