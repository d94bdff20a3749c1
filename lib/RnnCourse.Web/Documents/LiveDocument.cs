using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Web.Documents;

/// <summary>The kind of a cell.</summary>
internal enum CellKind
{
    Code,
    Text,
    Raw,
}

/// <summary>A notebook that is being edited. Not safe for use by several threads at once.</summary>
internal sealed class LiveDocument(Notebook notebook)
{
    private const int MaxSteps = 200;

    private readonly Stack<UndoStep> _done = [];
    private readonly Stack<UndoStep> _undone = [];
    private List<Cell> _cells = [.. notebook.Cells];
    private Notebook _notebook = notebook;

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<Cell> Cells => _cells;

    /// <summary>The notebook in its present state.</summary>
    public Notebook Notebook => _notebook with { Cells = [.. _cells] };

    /// <summary>Whether a change of the order or number of cells can be undone.</summary>
    public bool CanUndo => _done.Count > 0;

    /// <summary>Whether an undone change can be redone.</summary>
    public bool CanRedo => _undone.Count > 0;

    /// <summary>The cell with this id, or null.</summary>
    public Cell? Find(string id) => _cells.Find(cell => cell.Id == id);

    /// <summary>Replaces this notebook by another one, for example when another program has changed the file.</summary>
    public void Replace(Notebook other)
    {
        _notebook = other;
        _cells = [.. other.Cells];
        _done.Clear();
        _undone.Clear();
    }

    /// <summary>Changes the text of a cell. The editor itself undoes such changes.</summary>
    public void SetSource(string id, string source) => Change(id, cell => cell with { Source = source });

    /// <summary>Changes a cell by a function; its id stays the same.</summary>
    public void Change(string id, Func<Cell, Cell> change)
    {
        var at = IndexOf(id);
        if (at >= 0)
        {
            _cells[at] = change(_cells[at]);
        }
    }

    /// <summary>Adds a cell.</summary>
    /// <param name="id">Its id, which must be unused.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="after">The cell that it follows; null for the top.</param>
    /// <param name="source">Its text.</param>
    /// <param name="isScratch">Whether it is a scratch cell, in which to try things.</param>
    /// <returns>Whether the cell was added: the id was unused and the cell <paramref name="after"/> exists.</returns>
    public bool Insert(string id, CellKind kind, string? after, string source, bool isScratch = false)
    {
        var place = after is null ? 0 : IndexOf(after) + 1;
        if (!CellId.IsValid(id) || IndexOf(id) >= 0 || (after is not null && place == 0))
        {
            return false;
        }

        var made = Make(kind, id, source);
        return Do(cells => cells.Insert(place, isScratch ? WithScratch(made, isOn: true) : made));
    }

    /// <summary>Makes a cell a scratch cell, in which to try things, or an ordinary one.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool MarkAsScratch(string id, bool isOn)
    {
        var at = IndexOf(id);
        return at >= 0
            && CellTags.Has(_cells[at], CellTags.Scratch) != isOn
            && Do(cells => cells[at] = WithScratch(cells[at], isOn));
    }

    /// <summary>Removes a cell.</summary>
    public bool Delete(string id) => IndexOf(id) is >= 0 and var at && Do(cells => cells.RemoveAt(at));

    /// <summary>Moves a cell below another one, or to the top.</summary>
    public bool Move(string id, string? after)
    {
        if (Find(id) is not { } cell || id == after || (after is not null && IndexOf(after) < 0))
        {
            return false;
        }

        return Do(cells =>
        {
            cells.Remove(cell);
            cells.Insert(after is null ? 0 : cells.FindIndex(other => other.Id == after) + 1, cell);
        });
    }

    /// <summary>Splits a cell: the text after a position goes to a new cell below.</summary>
    public bool Split(string id, int position, string newId)
    {
        if (Find(id) is not { } cell || !CellId.IsValid(newId) || IndexOf(newId) >= 0)
        {
            return false;
        }

        var at = Math.Clamp(position, 0, cell.Source.Length);
        return Do(cells =>
        {
            var place = cells.IndexOf(cell);
            cells[place] = cell with { Source = cell.Source[..at].TrimEnd('\n') };
            cells.Insert(place + 1, Below(cell, newId, cell.Source[at..].TrimStart('\n')));
        });
    }

    /// <summary>Joins a cell with the one below it.</summary>
    public bool Join(string id)
    {
        var at = IndexOf(id);
        if (at < 0 || at + 1 >= _cells.Count)
        {
            return false;
        }

        return Do(cells =>
        {
            string[] parts = [cells[at].Source.TrimEnd('\n'), cells[at + 1].Source.TrimStart('\n')];
            var between = cells[at] is MarkdownCell ? "\n\n" : "\n";
            cells[at] = cells[at] with { Source = string.Join(between, parts.Where(part => part.Length > 0)) };
            cells.RemoveAt(at + 1);
        });
    }

    /// <summary>Turns a code cell into a text cell or the reverse.</summary>
    public bool ChangeKind(string id, CellKind kind)
    {
        var at = IndexOf(id);
        if (at < 0 || KindOf(_cells[at]) == kind)
        {
            return false;
        }

        return Do(cells => cells[at] = Make(kind, id, cells[at].Source));
    }

    /// <summary>Replaces all cells in one step that can be undone.</summary>
    public void Rearrange(IEnumerable<Cell> cells)
    {
        var others = cells.ToList();
        Do(present =>
        {
            present.Clear();
            present.AddRange(others);
        });
    }

    /// <summary>Undoes the last change of order or number; texts that were edited since then stay edited.</summary>
    public bool Undo() => Turn(_done, _undone, step => (step.After, step.Before));

    /// <summary>Redoes the change that was undone last.</summary>
    public bool Redo() => Turn(_undone, _done, step => (step.Before, step.After));

    /// <summary>The kind of a cell.</summary>
    public static CellKind KindOf(Cell cell) =>
        cell switch
        {
            CodeCell => CellKind.Code,
            MarkdownCell => CellKind.Text,
            _ => CellKind.Raw,
        };

    private int IndexOf(string id) => _cells.FindIndex(cell => cell.Id == id);

    private bool Do(Action<List<Cell>> change)
    {
        var before = _cells.ToList();
        change(_cells);
        _done.Push(new UndoStep(before, [.. _cells]));
        _undone.Clear();
        if (_done.Count > MaxSteps)
        {
            var kept = _done.Take(MaxSteps / 2).Reverse().ToList();
            _done.Clear();
            kept.ForEach(_done.Push);
        }

        return true;
    }

    private bool Turn(
        Stack<UndoStep> from,
        Stack<UndoStep> to,
        Func<UndoStep, (List<Cell> Is, List<Cell> Becomes)> sides
    )
    {
        if (!from.TryPop(out var step))
        {
            return false;
        }

        var (expected, wanted) = sides(step);
        var now = _cells.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        var then = expected.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        _cells =
        [
            .. wanted.Select(cell =>
                // Later runs and edits of a cell are kept, unless this very step changed them.
                now.TryGetValue(cell.Id, out var present)
                && then.TryGetValue(cell.Id, out var left)
                && (ReferenceEquals(left, cell) || left.Source != present.Source)
                    ? present
                    : cell
            ),
        ];
        to.Push(step);
        return true;
    }

    private Cell Make(CellKind kind, string id, string source) =>
        kind switch
        {
            CellKind.Code => new CodeCell
            {
                Id = id,
                Source = source,
                Metadata = CodeMetadata(),
            },
            CellKind.Text => new MarkdownCell { Id = id, Source = source },
            _ => new RawCell { Id = id, Source = source },
        };

    // A new cell has no outputs.
    private static Cell Below(Cell cell, string id, string source)
    {
        var metadata = WithoutTags(cell.Metadata);
        return cell switch
        {
            CodeCell => new CodeCell
            {
                Id = id,
                Source = source,
                Metadata = metadata,
            },
            MarkdownCell text => text with { Id = id, Source = source, Metadata = metadata },
            _ => cell with { Id = id, Source = source, Metadata = metadata },
        };
    }

    private static Cell WithScratch(Cell cell, bool isOn)
    {
        var metadata = WithoutTags(cell.Metadata);
        var tags = CellTags.Of(cell).Where(tag => tag != CellTags.Scratch).ToList();
        if (isOn)
        {
            tags.Add(CellTags.Scratch);
        }

        if (tags.Count > 0)
        {
            metadata["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);
        }

        return cell with
        {
            Metadata = metadata,
        };
    }

    // Tags say what a whole cell is for, such as an exercise; a part split off isn't that any more.
    private static JsonObject WithoutTags(JsonObject metadata)
    {
        var copy = metadata.DeepClone().AsObject();
        copy.Remove("tags");
        return copy;
    }

    // Written as .NET notebooks write a cell's language, if this notebook does.
    private JsonObject CodeMetadata() =>
        _cells.OfType<CodeCell>().Any(cell => cell.Metadata.ContainsKey("polyglot_notebook"))
            ? new JsonObject
            {
                ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
                ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
            }
            : [];

    private sealed record UndoStep(List<Cell> Before, List<Cell> After);
}
