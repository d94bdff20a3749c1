using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

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
    private readonly SafeFileHandle? _memoryFile;
    private long _peak;

    public MemoryWatch(Process process, long limit, Action kill)
    {
        _process = process;
        _limit = limit;
        _kill = kill;
        _memoryFile = OpenMemoryFile(process.Id);
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

    public void Dispose()
    {
        _timer.Dispose();
        _memoryFile?.Dispose();
    }

    // While the file is open, it belongs to this process, even when the process has ended and another one has its
    // number. The class Process would read the files of all threads each time.
    private static SafeFileHandle? OpenMemoryFile(int process)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm"))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or this system doesn't have such files.
            return null;
        }
    }

    private void Look()
    {
        // One measurement at a time; a delayed one adds nothing.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            var held = Measure();
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

    private long Measure()
    {
        if (_memoryFile is null)
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }

        // The first number is the size of the process, the second one what is in memory of it, both in pages.
        Span<byte> numbers = stackalloc byte[256];
        numbers = numbers[..RandomAccess.Read(_memoryFile, numbers, fileOffset: 0)];
        return Utf8Parser.TryParse(numbers[(numbers.IndexOf((byte)' ') + 1)..], out long pages, out _)
            ? pages * Environment.SystemPageSize
            : 0;
    }
}
