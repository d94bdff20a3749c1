using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Web.Live;

/// <content>Finds the names that a failed cell lacks because cells above it have not run in this session.</content>
internal sealed partial class LiveNotebook
{
    // Keyed by the cell that failed.
    private readonly Dictionary<string, NeededCellsMessage> _needs = new(StringComparer.Ordinal);

    // Called when a cell has ended.
    private void FindNeeds(CodeCell cell, CellError? error)
    {
        var needs = error is { Name: CellError.Compilation } ? NeedsOf(cell, error.Message) : null;
        if (needs is not null)
        {
            _needs[cell.Id] = needs;
            SendToAll(needs);
        }
        else
        {
            ForgetNeeds(cell.Id);
        }
    }

    private void ForgetNeeds(string cell)
    {
        if (_needs.Remove(cell))
        {
            SendToAll(new NeededCellsMessage(cell, [], []));
        }
    }

    private NeededCellsMessage? NeedsOf(CodeCell cell, string message)
    {
        var missing = MissingName()
            .Matches(message)
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var needed = NeededBy(cell);
        var declared = missing
            .Where(name => needed.Exists(other => CellNames.Of(other.Source).Declares(name)))
            .ToList();
        var sources = needed.Where(other => declared.Exists(CellNames.Of(other.Source).Declares)).ToList();

        // A name that no cell declares may come from a library or a using line.
        var names = declared.Count > 0 ? declared : missing;
        sources = sources.Count > 0 ? sources : needed.FindAll(other => CellNames.Of(other.Source).BringsLibraries);
        return names.Count == 0 || sources.Count == 0
            ? null
            : new NeededCellsMessage(
                cell.Id,
                [.. names.Take(5)],
                [.. needed.Select(other => new NeededCell(other.Id, NumberOf(other), sources.Contains(other)))]
            );
    }

    // The cells above that have not run in this session and that this one can't do without, directly or by way of
    // others; in their order.
    private List<CodeCell> NeededBy(CodeCell cell)
    {
        var above = _document.Cells.OfType<CodeCell>().TakeWhile(other => other.Id != cell.Id).ToList();
        var needed = new List<CodeCell>();
        var users = new List<CellNames> { CellNames.Of(cell.Source) };
        for (var i = above.Count - 1; i >= 0; i--)
        {
            if (!IsRunnable(above[i]) || IsSkipped(above[i]))
            {
                continue;
            }

            var names = CellNames.Of(above[i].Source);
            if (users.Exists(names.IsNeededBy))
            {
                // Cells that ran count too: what they needed may have been declared in an earlier session of the page.
                users.Add(names);
                if (!_runs.Contains(above[i].Id))
                {
                    needed.Insert(0, above[i]);
                }
            }
        }

        return needed;
    }

    private void RunNeeded(string id)
    {
        List<string> cells;
        lock (_gate)
        {
            if (_document.Find(id) is not CodeCell cell || !IsRunnable(cell))
            {
                return;
            }

            cells = [.. NeededBy(cell).Select(other => other.Id), id];
            ForgetControls(cells);
        }

        Save();
        _session.Run(cells);
    }

    [GeneratedRegex(
        "CS0103: The name '(?<name>[^']+)'|CS0246: The type or namespace name '(?<name>[^'<]+)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex MissingName();
}
