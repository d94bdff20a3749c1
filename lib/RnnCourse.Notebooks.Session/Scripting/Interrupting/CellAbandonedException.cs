namespace RnnCourse.Notebooks.Session.Scripting.Interrupting;

/// <summary>An interrupted cell will not tell of its end.</summary>
/// <param name="message">Why, for whoever interrupted it.</param>
internal sealed class CellAbandonedException(string message) : Exception(message)
{
    /// <summary>It was stopped, and none of its code had a chance to say so.</summary>
    public const string Stopped = "The cell was interrupted.";

    /// <summary>It waits for something and goes on when that comes.</summary>
    public const string LeftBehind =
        "The cell was interrupted while it waited, and left behind: what it had set stays. If what "
        + "it waits for comes, it goes on.";
}
