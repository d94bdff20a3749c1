using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Reports;

/// <summary>The kinds of outcome that reports distinguish; the words for them are part of the reports'
/// format.</summary>
internal enum CellOutcomeKind
{
    Passed,
    Skipped,
    NotRun,
    CellError,
    TimeLimit,
    MemoryLimit,
    ProcessEnded,
    Difference,
    File,
}

/// <summary>The words for them.</summary>
internal static class CellOutcomeKinds
{
    public static CellOutcomeKind Of(string errorName) =>
        errorName switch
        {
            CellError.TimeLimit => CellOutcomeKind.TimeLimit,
            CellError.MemoryLimit => CellOutcomeKind.MemoryLimit,
            CellError.ProcessEnded => CellOutcomeKind.ProcessEnded,
            _ => CellOutcomeKind.CellError,
        };

    public static string Word(CellOutcomeKind kind) =>
        kind switch
        {
            CellOutcomeKind.Passed => "passed",
            CellOutcomeKind.Skipped => "skipped",
            CellOutcomeKind.NotRun => "not-run",
            CellOutcomeKind.CellError => "cell-error",
            CellOutcomeKind.TimeLimit => "time-limit",
            CellOutcomeKind.MemoryLimit => "memory-limit",
            CellOutcomeKind.ProcessEnded => "process-ended",
            CellOutcomeKind.Difference => "difference",
            _ => "file",
        };
}
