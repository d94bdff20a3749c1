using System.Globalization;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Cli.Run;

/// <summary>Describes the result of a notebook in a few words.</summary>
internal static class ResultDescription
{
    /// <summary>A line such as <c>ok, 14 cells in 3.2 s</c>, and a line for each skipped cell.</summary>
    public static IEnumerable<string> Describe(RunResult result) =>
        result.Run is { } run
            ?
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Short(result)}, {Cells(result)} in {Terminal.FormatDuration(run.Elapsed)}"
                ),
                .. run.Cells.Where(cell => cell.Status == CellStatus.Skipped).Select(Skipped),
            ]
            : [Short(result)];

    /// <summary>The result alone: <c>ok</c>, <c>cell 3 failed</c>.</summary>
    public static string Short(RunResult result) =>
        result switch
        {
            { Run: null } => "not readable",
            { Run.Failure: { } failure } => string.Create(
                CultureInfo.InvariantCulture,
                $"cell {failure.Cell} {Verb(failure.Error)}"
            ),
            { Problem: not null } => "not writable",
            { Differences: { Count: > 0 } differences } => string.Create(
                CultureInfo.InvariantCulture,
                $"{differences.Count} {(differences.Count == 1 ? "cell" : "cells")} {Verb(result)}"
            ),
            _ => "ok",
        };

    /// <summary>The number of cells that ran: <c>14 cells</c>, <c>3 of 14 cells</c>.</summary>
    public static string Cells(RunResult result)
    {
        if (result.Run is not { } run)
        {
            return "";
        }

        var cells = run.Count == 1 ? "cell" : "cells";
        var ran =
            run.CellTimes.Count == run.Count
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{run.CellTimes.Count} of ");
        return string.Create(CultureInfo.InvariantCulture, $"{ran}{run.Count} {cells}");
    }

    private static string Skipped(CellRun cell)
    {
        var remedy = cell.Reason.EndsWith(CellTags.Slow, StringComparison.Ordinal) ? ", runs with --slow" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"cell {cell.Number} (id {Terminal.Printable(cell.Id)}) skipped: {cell.Reason}{remedy}"
        );
    }

    private static string Verb(RunResult result) =>
        result.IsUpdated ? "updated"
        : result.Differences.Count == 1 ? "differs"
        : "differ";

    private static string Verb(CellError error) =>
        error.Name switch
        {
            CellError.TimeLimit => "took too long",
            CellError.MemoryLimit => "used too much memory",
            CellError.ProcessEnded => "ended its process",
            CellError.Compilation => "does not compile",
            CellError.ErrorMissing => "did not fail",
            _ => "failed",
        };
}
