namespace RnnCourse.Blas.Threading;

/// <summary>
/// Lets the host of a notebook end a long computation, without either knowing the other: a host that can interrupt its
/// cells puts an <see cref="Action"/> into the process's data under <see cref="Key"/>, which throws on the threads of a
/// cell that was interrupted. Without such a host, a call only looks up a table.
/// </summary>
/// <remarks>
/// Call it between two steps, where nothing is half done: what it throws leaves the computation at that place. On a
/// worker thread it never throws, since those belong to no cell.
/// </remarks>
public static class HostInterrupt
{
    /// <summary>The name that hosts and libraries agree on.</summary>
    public const string Key = "Notebook.ThrowIfInterrupted";

    /// <summary>Throws if the cell that this thread works for was interrupted.</summary>
    public static void Check() => (AppContext.GetData(Key) as Action)?.Invoke();
}
