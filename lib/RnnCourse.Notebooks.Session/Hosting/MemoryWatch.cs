using System.Diagnostics;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>Measures the memory of a process many times per second, and ends the process if it uses too much.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    private readonly Lock _gate = new();
    private readonly Process _process;
    private readonly long _limit;
    private readonly Action _kill;
    private readonly Timer _timer;
    private long _peak;

    public MemoryWatch(Process process, long limit, Action kill)
    {
        _process = process;
        _limit = limit;
        _kill = kill;
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Whether the process was ended because it used too much memory.</summary>
    public bool IsExceeded { get; private set; }

    public long Limit => _limit;

    /// <summary>The most memory seen since the last call, in bytes.</summary>
    public long TakePeak()
    {
        lock (_gate)
        {
            // Within the lock: a measurement in progress may have read the earlier value.
            Look();
            var peak = _peak;
            _peak = 0;
            return peak;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // One measurement at a time; a delayed one adds nothing.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            _process.Refresh();
            var held = _process.WorkingSet64;
            _peak = Math.Max(_peak, held);
            if (held > _limit && !IsExceeded)
            {
                IsExceeded = true;
                _kill();
            }
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or System.ComponentModel.Win32Exception
                        or NotSupportedException
                        or IOException
            )
        {
            // The process has ended.
        }
        finally
        {
            _gate.Exit();
        }
    }
}
