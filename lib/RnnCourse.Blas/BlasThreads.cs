using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

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
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 or more than <see
    /// cref="Limit"/>.</exception>
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

/// <summary>
/// Worker threads for matrix products and for the shards of a training batch: they help the caller with one job at a
/// time. The caller works too and never waits for a worker that has not started, so on a busy machine the job simply
/// stays with the caller. A call allocates nothing.
/// </summary>
/// <remarks>
/// A job is a number of tasks. A free thread claims the next one by raising the index in <see cref="_ticket"/>, a word
/// of three parts: the job's generation (32 bits), its number of tasks (16) and the next index (16). A claim succeeds
/// only if the word has not changed since it was read, so a helper that missed a job cannot take a task of the next one
/// with the old job's data. Helpers spin for a moment after a job, because products come in bursts, and then sleep. On
/// a crowded machine a helper can lose its core in the middle of a task, and the caller waits while other programs
/// compute; or both share one core. When a job took longer than it would have taken on the caller alone, jobs stay with
/// their callers for twice that time, and each time that helpers fail again, for twice as long as before.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    /// <summary>The most tasks that one job can have.</summary>
    public const int MaxTasks = ushort.MaxValue;

    // About 50 µs of watching for the next job: a few times the work of a batch between two products. After a tenth of
    // that time, the helper yields its core now and then, because the caller may be waiting for this core.
    private const int Spins = 4000;
    private const int SpinsBetweenOffers = 200;
    private const int FirstOffer = 400;

    private const int MaxFailures = 6;

    // 10 ms: by then the other programs may have finished.
    private static readonly long LongestAlone = Stopwatch.Frequency / 100;

    private readonly Lock _start = new();
    private readonly object _sleepersLock = new();
    private int _helpers;
    private int _sleepers;
    private int _busy;

    private long _ticket;
    private int _done;
    private int _threads;
    private void* _state;
    private delegate* <void*, int, void> _body;
    private Exception? _failure;
    private long _aloneUntil;
    private int _failures;

    /// <summary>Gets the process's pool.</summary>
    public static WorkerPool Shared { get; } = new();

    /// <summary>Gets whether a job is likely to gain from helpers: no other job uses them, and the last jobs were not
    /// slower with them than without.</summary>
    public bool IsLikelyToHelp =>
        Volatile.Read(ref _busy) == 0
        && (Volatile.Read(ref _aloneUntil) == 0 || Stopwatch.GetTimestamp() >= Volatile.Read(ref _aloneUntil));

    /// <summary>Gets how many helpers sleep.</summary>
    internal int SleepingThreads => Volatile.Read(ref _sleepers);

    /// <summary>Runs every task once, on the caller and on helpers that are free.</summary>
    /// <param name="tasks">How many tasks, from 1 to <see cref="MaxTasks"/>.</param>
    /// <param name="threads">How many threads may take part, the caller's included.</param>
    /// <param name="wake">Whether to wake sleeping helpers.</param>
    /// <param name="body">The task; gets the state and the task's index. If one throws, the caller gets the first
    /// exception, as it was thrown.</param>
    /// <param name="state">What all tasks share; must stay valid until this returns.</param>
    public void Run(int tasks, int threads, bool wake, delegate* <void*, int, void> body, void* state)
    {
        if (tasks == 1 || threads == 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (var i = 0; i < tasks; i++)
            {
                body(state, i);
            }

            return;
        }

        try
        {
            Start(threads - 1);
            _body = body;
            _state = state;
            _threads = threads;
            _done = 0;
            _failure = null;
            var generation = (Volatile.Read(ref _ticket) >> 32) + 1;
            Interlocked.Exchange(ref _ticket, (generation << 32) | ((long)tasks << 16));
            if (wake && Volatile.Read(ref _sleepers) > 0)
            {
                Wake();
            }

            var start = Stopwatch.GetTimestamp();
            var mine = 0;
            while (TryTask(0, ref mine)) { }

            AwaitHelpers(tasks, mine, start);
            if (_failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
        finally
        {
            _failure = null;
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Runs every task once, on the caller and on helpers that are free; sleeping helpers are woken.</summary>
    /// <param name="tasks">How many tasks, at least 0.</param>
    /// <param name="threads">How many threads may take part, the caller's included.</param>
    /// <param name="body">The task; gets its index.</param>
    public void Run(int tasks, int threads, Action<int> body)
    {
        for (var first = 0; first < tasks; first += MaxTasks)
        {
            // The pointer stays valid: the job lies on this thread's stack until all of its tasks are done.
            var job = new ManagedJob(body, first);
            Run(Math.Min(tasks - first, MaxTasks), threads, wake: true, &RunTask, Unsafe.AsPointer(ref job));
        }
    }

    private static void RunTask(void* job, int task)
    {
        ref var managed = ref Unsafe.AsRef<ManagedJob>(job);
        managed.Body(managed.First + task);
    }

    private void AwaitHelpers(int tasks, int mine, long start)
    {
        var own = Stopwatch.GetTimestamp() - start;
        var wait = default(SpinWait);
        while (Volatile.Read(ref _done) < tasks)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        // Alone, each task would have taken as long as the caller's own tasks did. A caller that did no task was not
        // running: it shares its core with the helper.
        var took = Stopwatch.GetTimestamp() - start;
        _failures = mine == 0 || took > 1.25 * own * tasks / mine ? Math.Min(_failures + 1, MaxFailures) : 0;
        Volatile.Write(ref _aloneUntil, _failures == 0 ? 0 : start + took + Math.Min(took << _failures, LongestAlone));
    }

    private static bool HasTask(long ticket) => (ticket & 0xFFFF) < ((ticket >> 16) & 0xFFFF);

    private void Start(int helpers)
    {
        if (Volatile.Read(ref _helpers) >= helpers)
        {
            return;
        }

        lock (_start)
        {
            while (_helpers < helpers)
            {
                var number = _helpers + 1;
                // Unsafe: it must not belong to the notebook's cell that happens to compute first, and be interrupted
                // with it.
                new Thread(() => Help(number))
                {
                    IsBackground = true,
                    Name = $"RnnCourse worker {number}",
                }.UnsafeStart();
                Volatile.Write(ref _helpers, number);
            }
        }
    }

    /// <summary>Takes one task of the current job, if there is one left and this thread may.</summary>
    private bool TryTask(int number, ref int taken)
    {
        var ticket = Volatile.Read(ref _ticket);
        if (!HasTask(ticket))
        {
            return false;
        }

        // Read before the claim: if the claim succeeds, the job has not changed, so these values belong to it.
        var body = _body;
        var state = _state;
        if (number >= Volatile.Read(ref _threads))
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
        {
            return true;
        }

        taken++;
        try
        {
            body(state, (int)(ticket & 0xFFFF));
        }
#pragma warning disable CA1031 // The caller gets it: an unhandled exception on a helper would end the process.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }

        Interlocked.Increment(ref _done);
        return true;
    }

    private void Help(int number)
    {
        var taken = 0;
        while (true)
        {
            for (var i = 0; i < Spins; i++)
            {
                if (TryTask(number, ref taken))
                {
                    i = 0;
                }
                else if (i >= FirstOffer && i % SpinsBetweenOffers == 0)
                {
                    Thread.Yield();
                }
                else
                {
                    Thread.SpinWait(1);
                }
            }

            Sleep(number);
        }
    }

    /// <summary>Sleeps until a caller wakes this thread. That job may be finished by then, but products come in bursts,
    /// so it is worth watching for the next.</summary>
    private void Sleep(int number)
    {
        lock (_sleepersLock)
        {
            Interlocked.Increment(ref _sleepers);
            if (!HasTask(Volatile.Read(ref _ticket)) || number >= Volatile.Read(ref _threads))
            {
                Monitor.Wait(_sleepersLock);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void Wake()
    {
        try
        {
            lock (_sleepersLock)
            {
                Monitor.PulseAll(_sleepersLock);
            }
        }
        catch (ThreadInterruptedException)
        {
            // The job has begun and must end first: its helpers read what lies on the caller's stack. They may sleep
            // on; the caller's next wait is interrupted instead.
            Thread.CurrentThread.Interrupt();
        }
    }

    private readonly record struct ManagedJob(Action<int> Body, int First);
}
