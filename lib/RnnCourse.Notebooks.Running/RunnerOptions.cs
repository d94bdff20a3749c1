using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Running;

/// <summary>The options of a <see cref="NotebookRunner"/>. Its limits are ceilings: a notebook's metadata may only be
/// stricter.</summary>
/// <param name="Session">How to start the processes that run the cells.</param>
public sealed record RunnerOptions(SessionCommand Session)
{
    /// <summary>How long one cell may run. Unless set, the limit in the notebook's metadata, or else ten
    /// minutes.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>How long one notebook may run. Unless set, the limit in its metadata, or else the sum of its cells'
    /// limits.</summary>
    public TimeSpan? NotebookTimeout { get; init; }

    /// <summary>
    /// How long a process may take until it is ready for the first cell. Unless set, the limit in the notebook's
    /// metadata, or else ten minutes.
    /// </summary>
    public TimeSpan? StartTimeout { get; init; }

    /// <summary>
    /// How much memory the process of a notebook may use, in bytes. Unless set, the limit in the notebook's metadata,
    /// or else three quarters of the machine's memory.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// The processor count that .NET reports to the process of a notebook, at least 1; it determines how many threads
    /// the code and the runtime start. All processors unless set. If several notebooks run at a time, each gets its
    /// share, since more threads would only wait for each other.
    /// </summary>
    public int? Processors { get; init; }

    /// <summary>Whether cells tagged <c>slow</c> run, too.</summary>
    public bool RunsSlowCells { get; init; }

    /// <summary>
    /// Environment variables that are passed to cells in addition to those that every session needs, such as
    /// <c>PATH</c>. The values of variables with names that suggest a secret are still removed from outputs.
    /// </summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];

    /// <summary>What a reader should do when a <c>#r</c> line names a library that doesn't exist; one sentence. Unless
    /// set, a default sentence is used.</summary>
    public string? MissingLibraryHint { get; init; }
}
