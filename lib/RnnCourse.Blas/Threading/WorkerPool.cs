using System.Diagnostics;

namespace RnnCourse.Blas.Threading;

/// <summary>
/// Threads that help the caller with one job at a time. The caller works too and never waits for a helper that has not
/// started: on a busy machine the job simply stays with the caller. A call allocates nothing.
/// </summary>
/// <remarks>
/// A job is a number of tasks. Whoever is free claims the next one by raising the index in <see cref="_ticket"/>, a word
/// of three parts: the job's generation (32 bits), its number of tasks (16) and the next index (16). A claim succeeds
/// only if the word has not changed since it was read, so a helper that slept through a job cannot take a task of
/// the next with the old job's data. Helpers spin for a moment after a job, because products come in bursts, and then sleep.
/// On a crowded machine a helper can lose its core in the middle of a task, and the caller waits for as long as others
/// compute. After such a wait callers go alone for a few times as long as was lost, and then ask again.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    /// <summary>The most tasks that one job can have.</summary>
    public const int MostTasks = ushort.MaxValue;

    // About 50 µs of watching for the next job: a few times what a batch's other work between two products takes.
    private const int Spins = 4000;

    // A wait counts as lost if it is longer than the caller's own share of the work by this much: 20 µs.
    private static readonly long Patience = Stopwatch.Frequency / 50_000;

    // 10 ms: then the crowd may have gone.
    private static readonly long LongestAlone = Stopwatch.Frequency / 100;

    private readonly Lock _start = new();
    private readonly object _bed = new();
    private int _helpers;
    private int _sleepers;
    private int _busy;

    private long _ticket;
    private int _done;
    private int _threads;
    private void* _state;
    private delegate*<void*, int, void> _body;
    private Exception? _failure;
    private long _aloneUntil;

    /// <summary>Gets the process's pool.</summary>
    public static WorkerPool Shared { get; } = new();

    /// <summary>Gets whether a job would find helpers: nobody else has them, and they did not just cost more than they brought.</summary>
    public bool IsWorthAsking =>
        Volatile.Read(ref _busy) == 0 && (Volatile.Read(ref _aloneUntil) == 0 || Stopwatch.GetTimestamp() >= Volatile.Read(ref _aloneUntil));

    /// <summary>Runs every task once, on the caller and on helpers that are free.</summary>
    /// <param name="tasks">How many tasks, from 1 to <see cref="MostTasks"/>.</param>
    /// <param name="threads">How many threads may take part, the caller's included.</param>
    /// <param name="wake">Whether helpers that sleep are worth waking.</param>
    /// <param name="body">The task; gets the state and the task's index.</param>
    /// <param name="state">What all tasks share; must stay valid until this returns.</param>
    public void Run(int tasks, int threads, bool wake, delegate*<void*, int, void> body, void* state)
    {
        if (tasks == 1 || threads == 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (var i = 0; i < tasks; i++)
                body(state, i);
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
                Wake();
            var start = Stopwatch.GetTimestamp();
            while (TryTask(0))
            {
            }

            AwaitHelpers(tasks, start);
            if (_failure is { } failure)
                throw new InvalidOperationException("A part of a product failed on another thread: " + failure.Message, failure);
        }
        finally
        {
            _failure = null;
            Volatile.Write(ref _busy, 0);
        }
    }

    private void AwaitHelpers(int tasks, long start)
    {
        if (Volatile.Read(ref _done) == tasks)
            return;
        var own = Stopwatch.GetTimestamp();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _done) < tasks)
            wait.SpinOnce(sleep1Threshold: -1);
        var end = Stopwatch.GetTimestamp();
        var lost = end - own - Math.Max(own - start, Patience);
        Volatile.Write(ref _aloneUntil, lost > 0 ? end + Math.Min(4 * lost, LongestAlone) : 0);
    }

    private static bool HasTask(long ticket) => (ticket & 0xFFFF) < ((ticket >> 16) & 0xFFFF);

    private void Start(int helpers)
    {
        if (Volatile.Read(ref _helpers) >= helpers)
            return;
        lock (_start)
        {
            while (_helpers < helpers)
            {
                var number = _helpers + 1;
                new Thread(() => Help(number)) { IsBackground = true, Name = $"Matrix product {number}" }.Start();
                Volatile.Write(ref _helpers, number);
            }
        }
    }

    /// <summary>Takes one task of the current job, if there is one left and this thread may.</summary>
    private bool TryTask(int number)
    {
        var ticket = Volatile.Read(ref _ticket);
        if (!HasTask(ticket))
            return false;

        // Read before the claim: if the claim succeeds, the job is still the ticket's, and so were these.
        var body = _body;
        var state = _state;
        if (number >= Volatile.Read(ref _threads))
            return false;
        if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            return true;
        try
        {
            body(state, (int)(ticket & 0xFFFF));
        }
#pragma warning disable CA1031 // Whatever it is, the caller gets it: it must not end a helper's thread, and with it the process.
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
        while (true)
        {
            for (var i = 0; i < Spins; i++)
            {
                if (TryTask(number))
                    i = 0;
                else
                    Thread.SpinWait(1);
            }

            Sleep(number);
        }
    }

    /// <summary>Sleeps until a caller wakes this thread. Its job may be done by then; products come in bursts, so the next one is worth watching for.</summary>
    private void Sleep(int number)
    {
        lock (_bed)
        {
            Interlocked.Increment(ref _sleepers);
            if (!HasTask(Volatile.Read(ref _ticket)) || number >= Volatile.Read(ref _threads))
                Monitor.Wait(_bed);
            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void Wake()
    {
        lock (_bed)
            Monitor.PulseAll(_bed);
    }
}
