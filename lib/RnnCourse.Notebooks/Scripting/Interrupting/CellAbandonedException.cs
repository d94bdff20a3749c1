namespace RnnCourse.Notebooks.Scripting.Interrupting;

/// <summary>An interrupted cell went on waiting and was left behind.</summary>
internal sealed class CellAbandonedException() : Exception("The cell was interrupted while it waited, and left behind: what it had set is lost.");
