using System.Runtime.ExceptionServices;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// Handles uncaught exceptions: on threads and timers that cells started, in <c>async void</c> methods and finalizers,
/// and of tasks that are never awaited. Such an exception would otherwise end the process.
/// </summary>
/// <remarks>The runtime accepts only one handler during the life of a process, so all sessions of a process share this
/// class.</remarks>
public static class StrayExceptions
{
    private static readonly Lock Gate = new();
    private static volatile Action<Exception>? _report;
    private static bool _isPrepared;

    /// <summary>Reports uncaught exceptions from now on.</summary>
    /// <param name="tell">Called for each exception, on the thread where it was thrown or, for tasks and finalizers, on
    /// the finalizer thread. Exceptions that it throws itself are lost.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tell"/> is null.</exception>
    public static void ReportTo(Action<Exception> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        Prepare();
        _report = tell;
    }

    /// <summary>Lets interrupts end threads silently, whether or not other exceptions are reported.</summary>
    internal static void Prepare()
    {
        lock (Gate)
        {
            if (_isPrepared)
            {
                return;
            }

            _isPrepared = true;
            TaskScheduler.UnobservedTaskException += (_, e) => Take(e.Exception);
            try
            {
                ExceptionHandling.SetUnhandledExceptionHandler(Take);
            }
            catch (InvalidOperationException)
            {
                // The program that hosts the session has its own handler.
            }
        }
    }

    // An interrupt has already been reported to its cell.
    private static bool Take(Exception exception)
    {
        if (IsInterrupt(exception))
        {
            return true;
        }

        if (_report is not { } tell)
        {
            return false;
        }

        try
        {
            tell(exception);
        }
#pragma warning disable CA1031 // thrown from here, it would end the process, which is what this class is to prevent
        catch
#pragma warning restore CA1031
        {
            // Nothing more can be done about it.
        }

        return true;
    }

    private static bool IsInterrupt(Exception exception) =>
        exception switch
        {
            CellInterruptedException => true,
            ThreadInterruptedException => CellOfThread.Current is { IsInterrupted: true },
            AggregateException aggregate => aggregate.InnerExceptions.All(IsInterrupt),
            { InnerException: { } inner } => IsInterrupt(inner),
            _ => false,
        };
}
