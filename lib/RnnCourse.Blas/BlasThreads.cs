using RnnCourse.Blas.Threading;

namespace RnnCourse.Blas;

/// <summary>Sets how many cores one product may use.</summary>
/// <remarks>
/// The result is the same to the bit for any number: the elements of the result are divided among the cores, and each
/// element is summed in one fixed order. Small products always stay on the caller's core. A native library gets the
/// number, but decides itself how to use it: it may sum in another order, and ignores <see cref="Sequential"/>.
/// Math.NET's managed code is kept on the caller's thread, because it hands even small products to other threads and
/// waits for them. To run its large products and factorisations on several threads, set
/// <c>Control.MaxDegreeOfParallelism</c> afterwards.
/// </remarks>
public static class BlasThreads
{
    /// <summary>The most threads that one product can be set to use.</summary>
    internal const int Limit = 256;

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

    /// <summary>Runs every task once, on the calling thread and on the worker threads of the products.</summary>
    /// <param name="tasks">How many tasks, at least 0.</param>
    /// <param name="threads">How many threads may take part, the caller's included.</param>
    /// <param name="body">The task; gets its index. If one throws, the caller gets the first exception, as it was
    /// thrown.</param>
    /// <remarks>If another job uses the worker threads, all tasks run on the calling thread.</remarks>
    public static void Run(int tasks, int threads, Action<int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        WorkerPool.Shared.Run(tasks, threads, body);
    }

    /// <summary>A scope within which a thread's products stay on that thread.</summary>
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
