using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RnnCourse.Cli;

/// <summary>
/// Handles Ctrl-C, termination requests and the closing of the terminal: the first one stops the work cleanly, a later
/// one ends this process at once. Several within a second count as one, because a terminal and a program that has
/// started this one may each send one. The notebooks' processes notice that their parent has ended and end themselves.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan CountedAsOne = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _first;

    public Interrupts() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Handle),
            .. MayTakeHangUp()
                ? [PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle)]
                : Array.Empty<PosixSignalRegistration>(),
        ];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        lock (_lock)
        {
            if (_first == 0)
            {
                _first = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(_first) > CountedAsOne)
            {
                Console.Error.WriteLine("rnn: stopped at once.");
                Environment.Exit(ExitCode.Interrupted);
            }
        }

        signal.Cancel = true;

        // Not on this thread: the work that is stopped may wait for it.
        _ = _stop.CancelAsync();
    }

    // A command started with nohup must survive the closing of its terminal. A registration would undo that, and only
    // Linux tells whether the signal is ignored.
    private static bool MayTakeHangUp()
    {
        const ulong HangUp = 1;
        const string Ignored = "SigIgn:";
        try
        {
            var line = File.ReadLines("/proc/self/status")
                .FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal));
            return line is not null
                && ulong.TryParse(
                    line[Ignored.Length..].Trim(),
                    NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture,
                    out var signals
                )
                && (signals & HangUp) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
