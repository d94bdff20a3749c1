namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>Thrown to end the work for a cell that was interrupted. A task that it ends counts as cancelled.</summary>
/// <param name="message">The message for the reader of the notebook.</param>
public sealed class CellInterruptedException(string message) : OperationCanceledException(message)
{
    /// <summary>The message if the cell was stopped.</summary>
    internal const string Stopped = "The cell was interrupted.";

    /// <summary>The message if the cell calls something that can't be stopped.</summary>
    internal const string LeftBehind =
        "The cell was interrupted in code that can't be stopped and keeps running. Its variables keep their values. "
        + "When that code returns to the cell, it ends.";

    /// <summary>The message if the cell awaits something that can't be ended.</summary>
    internal const string LeftWaiting =
        "The cell was interrupted while it waited for something that can't be stopped. Its variables keep their "
        + "values. When the wait is over, the cell ends.";
}
