using System.Runtime.InteropServices;

namespace RnnCourse.Cli;

/// <summary>
/// The first Ctrl-C, or request to end, stops the work cleanly; the second one ends the process at once. The processes
/// of notebooks notice that and end themselves.
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

        // Not here: what is stopped may wait for this handler's thread.
        _ = _stop.CancelAsync();
    }
}
