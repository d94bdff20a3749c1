using System.Runtime.InteropServices;

namespace RnnCourse.Cli;

/// <summary>
/// Handles Ctrl-C and termination requests: the first one stops the work cleanly, the second one ends this process at
/// once. The notebooks' processes notice that their parent has gone and end themselves.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupts() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
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
        if (_stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("rnn: stopped at once.");
            Environment.Exit(ExitCode.Interrupted);
        }

        signal.Cancel = true;

        // Not on this thread: the work that is stopped may wait for it.
        _ = _stop.CancelAsync();
    }
}
