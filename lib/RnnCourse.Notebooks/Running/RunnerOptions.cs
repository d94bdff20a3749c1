namespace RnnCourse.Notebooks.Running;

/// <summary>How a <see cref="NotebookRunner"/> works.</summary>
/// <param name="Worker">How to start the processes that run the cells.</param>
public sealed record RunnerOptions(WorkerCommand Worker)
{
    /// <summary>How long one cell may run; two minutes unless set.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a process may take until it is ready for the first cell; two minutes unless set.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>What a reader should do when a <c>#r</c> line names a library that is not there; one sentence.</summary>
    public string MissingLibraryHint { get; init; } = new Scripting.ScriptSessionOptions("").MissingLibraryHint;
}
