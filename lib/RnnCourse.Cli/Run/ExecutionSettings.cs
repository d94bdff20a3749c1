namespace RnnCourse.Cli.Run;

/// <summary>How notebooks are executed, as the user asked; null is left to the notebooks, or else usual.</summary>
/// <param name="Parallel">How many notebooks run at a time; with fewer notebooks, as many as there are.</param>
/// <param name="CellTimeout">How long one cell may run.</param>
/// <param name="NotebookTimeout">How long one notebook may run.</param>
/// <param name="StartupTimeout">How long a process may take to start.</param>
/// <param name="MemoryLimit">How much memory the process of a notebook may use, in bytes.</param>
/// <param name="Slow">Whether cells tagged <c>slow</c> run.</param>
/// <param name="PassedVariables">Environment variables that cells see although their names sound secret.</param>
/// <param name="Reports">Where reports go.</param>
internal sealed record ExecutionSettings(
    int Parallel,
    TimeSpan? CellTimeout,
    TimeSpan? NotebookTimeout,
    TimeSpan? StartupTimeout,
    long? MemoryLimit,
    bool Slow,
    IReadOnlyList<string> PassedVariables,
    ReportSettings Reports
);

/// <summary>Files for reports; null for those not wanted.</summary>
internal sealed record ReportSettings(string? JUnit, string? Trx, string? Json);
