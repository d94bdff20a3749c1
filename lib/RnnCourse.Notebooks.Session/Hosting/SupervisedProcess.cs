using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>The process of a session, with its state as known to the host.</summary>
/// <param name="session">The process.</param>
internal sealed class SupervisedProcess(SessionProcess session)
{
    /// <summary>The process itself.</summary>
    public SessionProcess Session => session;

    /// <summary>Completed when the session can execute cells, or has ended.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when the process has ended and its last output has been received.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether code of an interrupted cell still runs in it.</summary>
    public bool IsCodeLeftBehind { get; set; }

    /// <summary>The exception that ended the process, if it reported one.</summary>
    public CellError? Crash { get; set; }

    /// <summary>Why the host ended it, if it did.</summary>
    public CellError? KillReason { get; set; }

    /// <summary>How much memory it used at most, in bytes; null while it runs.</summary>
    public long? Peak { get; set; }

    /// <summary>Describes why the process ended.</summary>
    /// <param name="reason">The system's description of how it ended.</param>
    /// <param name="whileRunning">Whether a cell was running.</param>
    public CellError DescribeEnd(string reason, bool whileRunning)
    {
        if (KillReason is { } killed)
        {
            return killed;
        }

        var when = whileRunning ? "while the cell was running" : "after the last cell";
        if (Crash is { } crash)
        {
            var end = whileRunning
                ? "No code caught the exception, so the process ended."
                : $"No code caught the exception, so the process ended {when}.";
            return crash with { Traceback = [.. crash.Traceback, end] };
        }

        var message = session.Memory.IsExceeded
            ? $"The process used more than {MemorySize.Describe(session.Memory.Limit)} of memory, its limit, and "
                + "was stopped."
            : $"The process ended {when}: {reason}.";
        return new CellError(
            session.Memory.IsExceeded ? CellError.MemoryLimit : CellError.ProcessEnded,
            message,
            [message]
        );
    }
}
