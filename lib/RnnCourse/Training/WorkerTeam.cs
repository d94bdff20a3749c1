namespace RnnCourse.Training;

/// <summary>A few threads that wait for numbered pieces of work. Handing out work allocates nothing.</summary>
/// <remarks>Whoever is awake takes the next piece. A thread that wakes up too late, because other programs hold its
/// core, is not waited for.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    // Steps of training follow each other closely: for this long a worker looks for the next one before it goes to
    // sleep.
    private const int SpinsBeforeSleep = 200;

    // A mark in _joined: the work is handed out, nobody joins any more.
    private const int Closed = 1 << 30;

    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim[] _wake;
    private readonly ManualResetEventSlim _left = new(false, SpinsBeforeSleep);
    private Action<int> _work = static _ => { };
    private Exception? _failure;
    private int _pieces;
    private int _next;
    private int _joined = Closed; // how many threads besides the caller's are at work, and the mark
    private bool _ending;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many work, the caller's included; at least 1.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _wake = new ManualResetEventSlim[threads - 1];
        _threads = new Thread[threads - 1];
        for (var k = 0; k < _threads.Length; k++)
        {
            var wake = _wake[k] = new(false, SpinsBeforeSleep);
            _threads[k] = new Thread(() => Loop(wake)) { IsBackground = true, Name = $"RnnCourse worker {k + 1}" };
            _threads[k].Start();
        }
    }

    /// <summary>Does the pieces 0 … count − 1, in any order, and returns when all are done.</summary>
    /// <exception cref="AggregateException">A piece failed; the others were done all the same, unless they failed
    /// too.</exception>
    public void Run(int count, Action<int> work)
    {
        (_work, _pieces, _next, _failure) = (work, count, 0, null);
        _left.Reset();
        Volatile.Write(ref _joined, 0);
        for (var k = 0; k < Math.Min(_threads.Length, count - 1); k++)
        {
            _wake[k].Set();
        }

        DoPieces();
        if (Interlocked.Or(ref _joined, Closed) != 0)
        {
            _left.Wait();
        }

        if (_failure is { } failure)
        {
            throw new AggregateException(failure.Message, failure);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _ending, true);
        foreach (var wake in _wake)
        {
            wake.Set();
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        foreach (var wake in _wake)
        {
            wake.Dispose();
        }

        _left.Dispose();
    }

    private void Loop(ManualResetEventSlim wake)
    {
        while (true)
        {
            wake.Wait();
            wake.Reset();
            if (Volatile.Read(ref _ending))
            {
                return;
            }

            if (!Join())
            {
                continue;
            }

            DoPieces();
            if (Interlocked.Decrement(ref _joined) == Closed)
            {
                _left.Set();
            }
        }
    }

    private bool Join()
    {
        while (true)
        {
            var joined = Volatile.Read(ref _joined);
            if ((joined & Closed) != 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _joined, joined + 1, joined) == joined)
            {
                return true;
            }
        }
    }

    private void DoPieces()
    {
        while (Interlocked.Increment(ref _next) - 1 is var piece && piece < _pieces)
        {
            try
            {
                _work(piece);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }
        }
    }
}
