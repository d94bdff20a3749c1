using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Running;

/// <summary>How a <see cref="NotebookRunner"/> works. Its limits are ceilings: a notebook's metadata may only be
/// stricter.</summary>
/// <param name="Session">How to start the processes that run the cells.</param>
public sealed record RunnerOptions(SessionCommand Session)
{
    /// <summary>How long one cell may run. Unless set, what the notebook's metadata says, or else ten
    /// minutes.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>How long one notebook may run. Unless set, what its metadata says, or else as long as its cells
    /// may.</summary>
    public TimeSpan? NotebookTimeout { get; init; }

    /// <summary>
    /// How long a process may take until it is ready for the first cell. Unless set, what the notebook's metadata says,
    /// or else ten minutes.
    /// </summary>
    public TimeSpan? StartTimeout { get; init; }

    /// <summary>
    /// How much memory the process of a notebook may use, in bytes. Unless set, what the notebook's metadata says, or
    /// else three quarters of the machine's.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// How many processors the process of a notebook counts, at least 1, and so how many threads its code and its
    /// runtime start. All of them unless set. When several notebooks run at a time, each gets its share: threads beyond
    /// that only wait for each other.
    /// </summary>
    public int? Processors { get; init; }

    /// <summary>Whether cells tagged <c>slow</c> run too.</summary>
    public bool RunsSlowCells { get; init; }

    /// <summary>
    /// Environment variables that cells see beside those that every session needs, such as <c>PATH</c>. The values of
    /// those whose names sound secret are still taken out of outputs.
    /// </summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];

    /// <summary>What a reader should do when a <c>#r</c> line names a library that is not there; one sentence. Unless
    /// set, the session's own words.</summary>
    public string? MissingLibraryHint { get; init; }
}
