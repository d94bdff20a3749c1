using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Results;

/// <summary>The result of running a notebook.</summary>
/// <param name="Executed">The notebook with the outputs of this run; cells that were skipped keep theirs, others that
/// did not run have none.</param>
/// <param name="Cells">The result of each code cell, in order; empty ones are left out.</param>
/// <param name="Failure">The cell that failed, or null if none did.</param>
/// <param name="Elapsed">How long the run took, including the start of the process.</param>
public sealed record NotebookRun(
    Notebook Executed,
    IReadOnlyList<CellRun> Cells,
    CellFailure? Failure,
    TimeSpan Elapsed
)
{
    /// <summary>How many code cells the notebook has; empty ones are not counted.</summary>
    public int Count => Cells.Count;

    /// <summary>How long each cell that ran took, in order.</summary>
    public IReadOnlyList<TimeSpan> CellTimes =>
        [.. Cells.Where(cell => cell.Status is CellStatus.Passed or CellStatus.Failed).Select(cell => cell.Time)];
}

/// <summary>The result of one code cell.</summary>
/// <param name="Number">Its number, from 1, among the code cells that are not empty.</param>
/// <param name="Id">Its id in the file.</param>
/// <param name="Status">How it ended, or that it did not run.</param>
/// <param name="Time">How long it ran; zero if it did not.</param>
/// <param name="PeakMemory">The most memory that the process was measured to use during the run of the cell, in bytes;
/// zero if unknown.</param>
/// <param name="Error">The error that ended it; null if there was none. A cell that failed as expected has passed, with
/// its error.</param>
/// <param name="Reason">Why it was skipped, or the empty string.</param>
public sealed record CellRun(
    int Number,
    string Id,
    CellStatus Status,
    TimeSpan Time = default,
    long PeakMemory = 0,
    CellError? Error = null,
    string Reason = ""
);

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed, and ended the run of its notebook.</summary>
    Failed,

    /// <summary>It was skipped because of its tags.</summary>
    Skipped,

    /// <summary>It did not run because an earlier cell failed.</summary>
    NotRun,
}

/// <summary>The cell that ended the run of a notebook.</summary>
/// <param name="Cell">Its number, from 1, among the code cells that are not empty.</param>
/// <param name="Id">Its id in the file.</param>
/// <param name="Error">What happened.</param>
public sealed record CellFailure(int Cell, string Id, CellError Error);
