using System.Diagnostics;

namespace RnnCourse.Exercises.Checking;

/// <summary>The limits of a learner's code in one check.</summary>
/// <param name="Work">Processor time: far more than any right answer needs.</param>
/// <param name="Waiting">Time in which it waits and does not use the processor.</param>
internal sealed record AttemptLimits(TimeSpan Work, TimeSpan Waiting)
{
    public static AttemptLimits Usual { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
}

/// <summary>Measures the learner's code within one check: the checking thread calls <see cref="Enter"/> and
/// <see cref="Leave"/>, and the thread that waits for it reads the clock from time to time.</summary>
/// <remarks>
/// Work that the learner's code passes to other threads is not counted; a method that waits for such work counts as
/// waiting. Time counts as waiting only if two readings follow each other soon, so that the suspension of the machine
/// does not count.
/// </remarks>
internal sealed class LearnerClock(AttemptLimits limits)
{
    /// <summary>The time between two readings.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // A thread that wakes up only to check for something counts as waiting, up to this share of a processor.
    private const double Idle = 0.01;

    private readonly Lock _lock = new();
    private ThreadMeter? _meter;
    private int _depth;
    private long _call;
    private TimeSpan _entered;
    private TimeSpan _worked;
    private TimeSpan _waited;
    private (long Call, TimeSpan Used, long At) _last;

    /// <summary>Whether the learner's code is running.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _depth > 0;
            }
        }
    }

    /// <summary>Begins to measure the thread that calls this.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _meter = ThreadMeter.OfThisThread();
        }
    }

    /// <summary>Stops measuring, before the thread ends.</summary>
    public void End()
    {
        lock (_lock)
        {
            _meter?.Dispose();
            _meter = null;
        }
    }

    /// <summary>The learner's code is called. A nested call belongs to the outer one.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_depth++ > 0)
            {
                return;
            }

            _call++;
            _entered = _meter!.ProcessorTime;
        }
    }

    /// <summary>The learner's code has returned.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_depth > 0)
            {
                return;
            }

            _worked += _meter!.ProcessorTime - _entered;
        }
    }

    /// <summary>A finding if the learner's code is running and has reached a limit; otherwise null.</summary>
    public Finding? LimitReached()
    {
        lock (_lock)
        {
            if (_meter is null || _depth == 0)
            {
                return null;
            }

            var (used, at) = (_meter.ProcessorTime, Stopwatch.GetTimestamp());
            if (_worked + (used - _entered) >= limits.Work)
            {
                return Findings.Endless;
            }

            if (_last.Call == _call)
            {
                var elapsed = Stopwatch.GetElapsedTime(_last.At, at);
                if (elapsed > 2 * PollInterval)
                {
                    elapsed = 2 * PollInterval;
                }

                if (used - _last.Used <= Idle * elapsed && _meter.MayWait)
                {
                    _waited += elapsed;
                }
            }

            _last = (_call, used, at);
            return _waited >= _meter.Patience * limits.Waiting ? Findings.Waiting : null;
        }
    }
}
