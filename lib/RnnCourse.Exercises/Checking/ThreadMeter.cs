using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RnnCourse.Exercises.Checking;

/// <summary>The processor time of one thread, and whether it waits; other threads can read both.</summary>
/// <remarks>
/// Linux reports both for each thread. On other systems the processor time of the whole process is used, which is never
/// less than that of the thread; whether a thread waits or just doesn't get a processor can't be determined there, so
/// waiting is given more time.
/// </remarks>
internal abstract class ThreadMeter : IDisposable
{
    /// <summary>The processor time used so far.</summary>
    public abstract TimeSpan ProcessorTime { get; }

    /// <summary>Whether the thread may be waiting: false if it computes, or would if it got a processor.</summary>
    public abstract bool MayWait { get; }

    /// <summary>The factor by which waiting is given more time, because it isn't certain.</summary>
    public abstract int Patience { get; }

    public static ThreadMeter OfThisThread() => LinuxThread.TryOpen() is { } thread ? thread : new WholeProcess();

    public abstract void Dispose();

    private sealed class WholeProcess : ThreadMeter
    {
        public override TimeSpan ProcessorTime =>
            OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS()
                ? TimeSpan.Zero
                : Environment.CpuUsage.TotalTime;

        public override bool MayWait => true;

        public override int Patience => 6;

        public override void Dispose() { }
    }

    // Both files are opened by the thread that they describe, and keep describing it, whichever thread reads them.
    private sealed class LinuxThread(SafeFileHandle times, SafeFileHandle state) : ThreadMeter
    {
        private TimeSpan _last;

        /// <summary>"nanoseconds on a processor, nanoseconds ready for one, slices". Keeps its last value if the thread
        /// has ended.</summary>
        public override TimeSpan ProcessorTime
        {
            get
            {
                var text = Read(times);
                var end = text.IndexOf(' ', StringComparison.Ordinal);
                if (
                    end > 0
                    && long.TryParse(
                        text.AsSpan(0, end),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var nanoseconds
                    )
                )
                {
                    _last = TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
                }

                return _last;
            }
        }

        /// <summary>"thread (name) S …": S is a sleep that an event ends, R means running or ready to run, D means
        /// waiting for a disk.</summary>
        public override bool MayWait
        {
            get
            {
                var text = Read(state);
                var end = text.LastIndexOf(')');
                return end >= 0 && end + 2 < text.Length && text[end + 2] == 'S';
            }
        }

        public override int Patience => 1;

        public static LinuxThread? TryOpen()
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            SafeFileHandle? times = null,
                state = null;
            try
            {
                times = File.OpenHandle("/proc/thread-self/schedstat");
                state = File.OpenHandle("/proc/thread-self/stat");
                var meter = new LinuxThread(times, state);
                // A kernel that was built without these numbers shows zeros.
                if (meter.ProcessorTime > TimeSpan.Zero)
                {
                    return meter;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // Not every container shows these files.
            }

            times?.Dispose();
            state?.Dispose();
            return null;
        }

        public override void Dispose()
        {
            times.Dispose();
            state.Dispose();
        }

        private static string Read(SafeFileHandle file)
        {
            Span<byte> bytes = stackalloc byte[512];
            try
            {
                return Encoding.Latin1.GetString(bytes[..RandomAccess.Read(file, bytes, 0)]);
            }
            catch (IOException)
            {
                return "";
            }
        }
    }
}
