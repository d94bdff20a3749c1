namespace RnnCourse.Training;

/// <summary>A few threads that wait for numbered pieces of work. Handing out work allocates nothing.</summary>
internal sealed class WorkerTeam : IDisposable
{
    // Steps of training follow each other closely: for this long a worker looks for the next one before it goes to sleep.
    private const int SpinsBeforeSleep = 200;

    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim[] _wake;
    private readonly CountdownEvent _done = new(0);
    private Action<int> _work = static _ => { };
    private Exception? _failure;
    private int _pieces;
    private int _next;
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
    /// <exception cref="AggregateException">A piece failed; the others were done all the same, unless they failed too.</exception>
    public void Run(int count, Action<int> work)
    {
        (_work, _pieces, _next, _failure) = (work, count, 0, null);
        var helpers = Math.Min(_threads.Length, count - 1);
        if (helpers > 0)
        {
            _done.Reset(helpers);
            for (var k = 0; k < helpers; k++) _wake[k].Set();
        }

        DoPieces();
        if (helpers > 0) _done.Wait();
        if (_failure is { } failure) throw new AggregateException(failure.Message, failure);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _ending, true);
        foreach (var wake in _wake) wake.Set();
        foreach (var thread in _threads) thread.Join();
        foreach (var wake in _wake) wake.Dispose();
        _done.Dispose();
    }

    private void Loop(ManualResetEventSlim wake)
    {
        while (true)
        {
            wake.Wait();
            wake.Reset();
            if (Volatile.Read(ref _ending)) return;
            DoPieces();
            _done.Signal();
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
