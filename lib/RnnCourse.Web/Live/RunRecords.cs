using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Live;

/// <summary>Which cells ran in the present session, in which order and with which text; determines how fresh outputs
/// are.</summary>
internal sealed class RunRecords
{
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Source, CellNames Names)> _names = new(StringComparer.Ordinal);
    private int _order;

    /// <summary>Forgets all runs, since a new session has started.</summary>
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

    /// <summary>The text with which a cell ran in this session; null if it didn't run.</summary>
    public string? SourceOf(string cell) => _runs.GetValueOrDefault(cell)?.Source;

    /// <summary>Whether a cell ran in this session.</summary>
    public bool Contains(string cell) => _runs.ContainsKey(cell);

    /// <summary>The cell that ran most recently; null if none has run.</summary>
    public string? Last => _runs.Count == 0 ? null : _runs.MaxBy(pair => pair.Value.Order).Key;

    /// <summary>How fresh the outputs of each cell are. A cell is stale if one above it, whose names it mentions, was
    /// changed or run later, or is itself stale.</summary>
    /// <param name="cells">The cells in order.</param>
    public IEnumerable<CellFreshness> Of(IEnumerable<Cell> cells)
    {
        // The cells above with the order in which they last ran; those that have yet to run come last.
        var above = new List<(int Order, CellNames Names)>();
        var highest = 0;
        foreach (var cell in cells)
        {
            if (!_runs.TryGetValue(cell.Id, out var run))
            {
                yield return CellFreshness.Stored;
                continue;
            }

            var names = NamesOf(cell);
            var isChanged = run.Source != cell.Source;
            var isStale =
                !isChanged
                && highest > run.Order
                && above.Exists(other => other.Order > run.Order && other.Names.MayChangeOutputsOf(names));
            yield return isChanged ? CellFreshness.Changed
            : run.HasFailed ? CellFreshness.Failed
            : isStale ? CellFreshness.Stale
            : CellFreshness.Fresh;
            var order = isChanged || isStale ? int.MaxValue : run.Order;
            highest = Math.Max(highest, order);
            above.Add((order, names));
        }
    }

    private CellNames NamesOf(Cell cell)
    {
        if (!_names.TryGetValue(cell.Id, out var known) || known.Source != cell.Source)
        {
            _names[cell.Id] = known = (cell.Source, CellNames.Of(cell.Source));
        }

        return known.Names;
    }

    private sealed record Run(int Order, string Source, bool HasFailed);
}
