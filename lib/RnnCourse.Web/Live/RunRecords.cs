using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Live;

/// <summary>Which cells ran in the present session, in which order and with which text; tells how fresh outputs
/// are.</summary>
internal sealed class RunRecords
{
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private int _order;

    /// <summary>A new session knows nothing of what ran before.</summary>
    public void Clear() => _runs.Clear();

    /// <summary>A cell begins to run.</summary>
    public void Begin(Cell cell) => _runs[cell.Id] = new Run(++_order, cell.Source, HasFailed: false);

    /// <summary>A cell has failed.</summary>
    public void Fail(string cell)
    {
        if (_runs.TryGetValue(cell, out var run))
        {
            _runs[cell] = run with { HasFailed = true };
        }
    }

    /// <summary>Whether a cell ran in this session.</summary>
    public bool Contains(string cell) => _runs.ContainsKey(cell);

    /// <summary>The cell that ran last of all; null if none did.</summary>
    public string? Last => _runs.Count == 0 ? null : _runs.MaxBy(pair => pair.Value.Order).Key;

    /// <summary>How fresh the outputs of each cell are.</summary>
    /// <param name="cells">The cells in order.</param>
    public IEnumerable<CellFreshness> Of(IEnumerable<Cell> cells)
    {
        // Of the cells above: the latest that ran, and whether the text of one was changed after it ran.
        var (latest, isChangedAbove) = (0, false);
        foreach (var cell in cells)
        {
            if (!_runs.TryGetValue(cell.Id, out var run))
            {
                yield return CellFreshness.Stored;
                continue;
            }

            var isChanged = run.Source != cell.Source;
            yield return isChanged ? CellFreshness.Changed
            : run.HasFailed ? CellFreshness.Failed
            : isChangedAbove || latest > run.Order ? CellFreshness.Stale
            : CellFreshness.Fresh;
            isChangedAbove |= isChanged;
            latest = Math.Max(latest, run.Order);
        }
    }

    private sealed record Run(int Order, string Source, bool HasFailed);
}
