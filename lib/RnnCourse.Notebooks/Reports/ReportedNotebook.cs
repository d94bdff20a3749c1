using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Reports;

/// <summary>The result of one notebook, for the reports.</summary>
/// <param name="Path">Its file, as the user named it.</param>
/// <param name="Run">The runner's result; null if the notebook could not be run.</param>
/// <param name="Problem">Why its file could not be read or written; null if it could.</param>
/// <param name="Differences">The cells whose outputs differ from the stored ones; empty if nothing was
/// compared.</param>
public sealed record ReportedNotebook(
    string Path,
    NotebookRun? Run,
    string? Problem,
    IReadOnlyList<CellDifference> Differences
)
{
    internal IEnumerable<ReportedCell> Cells =>
        Run is null
            ? [new ReportedCell("file", CellOutcomeKind.File, TimeSpan.Zero, 0, 0, Problem ?? "", Problem ?? "")]
            : Run
                .Cells.Select(Of)
                .Concat(
                    Problem is null
                        ? []
                        : [new ReportedCell("file", CellOutcomeKind.File, TimeSpan.Zero, 0, 0, Problem, Problem)]
                );

    private ReportedCell Of(CellRun cell)
    {
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cell {cell.Number} ({cell.Id})");
        var difference = Differences.FirstOrDefault(one => one.Id == cell.Id);
        var kind = cell.Status switch
        {
            CellStatus.Failed => CellOutcomeKinds.Of(cell.Error!.Name),
            CellStatus.Skipped => CellOutcomeKind.Skipped,
            CellStatus.NotRun => CellOutcomeKind.NotRun,
            _ => difference is null ? CellOutcomeKind.Passed : CellOutcomeKind.Difference,
        };
        var (message, details) = kind switch
        {
            CellOutcomeKind.Passed => ("", ""),
            CellOutcomeKind.Skipped => (cell.Reason, ""),
            CellOutcomeKind.NotRun => ("an earlier cell failed", ""),
            CellOutcomeKind.Difference => ("the outputs are not those stored", string.Join('\n', difference!.Report)),
            _ => ($"{cell.Error!.Name}: {cell.Error.Message}", string.Join('\n', cell.Error.Traceback)),
        };
        return new ReportedCell(name, kind, cell.Time, cell.PeakMemory, cell.Error?.Line ?? 0, message, details)
        {
            Id = cell.Id,
            Number = cell.Number,
        };
    }
}

/// <summary>One line of a report.</summary>
internal sealed record ReportedCell(
    string Name,
    CellOutcomeKind Kind,
    TimeSpan Time,
    long PeakMemory,
    int Line,
    string Message,
    string Details
)
{
    public string? Id { get; init; }

    public int Number { get; init; }

    public bool IsFailure => Kind is not (CellOutcomeKind.Passed or CellOutcomeKind.Skipped or CellOutcomeKind.NotRun);

    public bool DidNotRun => Kind is CellOutcomeKind.Skipped or CellOutcomeKind.NotRun;
}
