using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>A cell whose outputs differ from the stored ones.</summary>
/// <param name="Number">Its number, from 1, among the code cells that are not empty.</param>
/// <param name="Id">Its id in the file.</param>
/// <param name="Report">The differences: lines that begin with <c>-</c> are stored, lines with <c>+</c> are new; other
/// lines say how large the difference is.</param>
public sealed record CellDifference(int Number, string Id, IReadOnlyList<string> Report);

/// <summary>Compares a notebook's stored outputs with those of a run.</summary>
/// <remarks>
/// Cells tagged <c>timing</c> and cells that did not run are left out. Words are compared exactly, after the sanitizers
/// have been applied; whole numbers exactly, others within the tolerance; figures by their data and their texts. The
/// metadata of the notebook and of a cell may set these rules under <c>rnn</c>: <c>tolerance</c> (the cell's replaces
/// the notebook's) and <c>sanitize</c> (all apply).
/// </remarks>
public static class NotebookComparison
{
    /// <summary>Finds the cells that differ.</summary>
    /// <param name="stored">The notebook as it is stored.</param>
    /// <param name="run">A run of it.</param>
    /// <param name="rules">The allowed differences, unless the metadata says otherwise.</param>
    /// <returns>The differences, in the order of the cells; empty if there are none.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="NotebookFormatException">A rule in the metadata is not valid.</exception>
    public static IReadOnlyList<CellDifference> Compare(Notebook stored, NotebookRun run, ComparisonRules rules)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(rules);
        var ofNotebook = rules.With(EngineMetadata.OfNotebook(stored));
        var before = stored.Cells.OfType<CodeCell>().ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        var after = run.Executed.Cells.OfType<CodeCell>().ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        var differences = new List<CellDifference>();
        foreach (
            var cell in run.Cells.Where(cell =>
                cell.Status == CellStatus.Passed && !CellTags.Has(before[cell.Id], CellTags.Timing)
            )
        )
        {
            var old = before[cell.Id];
            var report = OutputComparison.Compare(
                old.Outputs,
                after[cell.Id].Outputs,
                ofNotebook.With(EngineMetadata.OfCell(old))
            );
            if (report.Count > 0)
            {
                differences.Add(new CellDifference(cell.Number, cell.Id, report));
            }
        }

        return differences;
    }

    /// <summary>
    /// Returns the stored notebook with new outputs for the cells that differ. All other cells keep their outputs, so
    /// that only these outputs and the execution numbers change.
    /// </summary>
    /// <param name="stored">The notebook as it is stored.</param>
    /// <param name="run">A complete run of it.</param>
    /// <param name="differences">The result of <see cref="Compare"/>.</param>
    /// <returns>The notebook to store.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Notebook Update(Notebook stored, NotebookRun run, IReadOnlyList<CellDifference> differences)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(differences);
        var changed = differences.Select(difference => difference.Id).ToHashSet(StringComparer.Ordinal);
        var ran = run.Executed.Cells.OfType<CodeCell>().ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        return stored with
        {
            Cells =
            [
                .. stored.Cells.Select(cell =>
                    cell is CodeCell code && ran.TryGetValue(cell.Id, out var now) ? Updated(code, now) : cell
                ),
            ],
        };

        Cell Updated(CodeCell old, CodeCell now) =>
            changed.Contains(old.Id) || old.ExecutionCount is null
                ? old with
                {
                    ExecutionCount = now.ExecutionCount,
                    Outputs = now.Outputs,
                }
                : old with
                {
                    ExecutionCount = now.ExecutionCount,
                    Outputs =
                    [
                        .. old.Outputs.Select(output =>
                            output is ResultOutput result ? result with { ExecutionCount = now.ExecutionCount } : output
                        ),
                    ],
                };
    }
}
