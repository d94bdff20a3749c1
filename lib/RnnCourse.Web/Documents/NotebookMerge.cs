using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>The result of merging two changed versions of one notebook, "mine" and the other's.</summary>
/// <param name="Notebook">The notebook with the changes of both; a cell that both changed is as in my version.</param>
/// <param name="Taken">Ids of the cells taken from the other version, changed or new.</param>
/// <param name="Removed">Ids of the cells that the other version has removed.</param>
/// <param name="Disputed">Ids of the cells that both have changed; they are as in my version.</param>
internal sealed record NotebookMerge(
    Notebook Notebook,
    IReadOnlyList<string> Taken,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Disputed
)
{
    /// <summary>Whether the other's changes made any difference.</summary>
    public bool ChangedAnything => Taken.Count + Removed.Count > 0;

    /// <summary>Merges two changed versions of one notebook, cell by cell; cells are matched by their ids.</summary>
    /// <param name="before">The notebook from which both versions were made.</param>
    /// <param name="mine">My version.</param>
    /// <param name="theirs">The other version.</param>
    public static NotebookMerge Of(Notebook before, Notebook mine, Notebook theirs)
    {
        var (old, own, other) = (ById(before), ById(mine), ById(theirs));
        var taken = new List<string>();
        var removed = new List<string>();
        var disputed = new List<string>();
        var result = new Dictionary<string, Cell>(StringComparer.Ordinal);
        foreach (var (id, cell) in own)
        {
            if (!old.TryGetValue(id, out var was))
            {
                result[id] = cell;
                if (other.TryGetValue(id, out var alsoNew) && !IsSame(alsoNew, cell))
                {
                    disputed.Add(id);
                }
            }
            else if (!other.TryGetValue(id, out var now))
            {
                if (IsSame(was, cell))
                {
                    removed.Add(id);
                }
                else
                {
                    result[id] = cell;
                    disputed.Add(id);
                }
            }
            else if (IsSame(was, now) || IsSame(cell, now))
            {
                result[id] = cell;
            }
            else if (IsSame(was, cell))
            {
                result[id] = now;
                taken.Add(id);
            }
            else
            {
                result[id] = cell;
                disputed.Add(id);
            }
        }

        foreach (var (id, cell) in other.Where(pair => !old.ContainsKey(pair.Key) && !own.ContainsKey(pair.Key)))
        {
            result[id] = cell;
            taken.Add(id);
        }

        // Cells that I moved keep their places; if I moved none, the other side's order is taken.
        var common = own.Keys.Where(id => old.ContainsKey(id) && other.ContainsKey(id)).ToList();
        var haveMoved = !common.SequenceEqual(old.Keys.Where(id => own.ContainsKey(id) && other.ContainsKey(id)));
        var order = haveMoved ? MergeOrder(own.Keys, other.Keys) : MergeOrder(other.Keys, own.Keys);
        var cells = order.Where(result.ContainsKey).Select(id => result[id]);
        return new(mine with { Cells = [.. cells] }, taken, removed, disputed);
    }

    /// <summary>Whether two cells have the same contents, apart from their outputs.</summary>
    public static bool IsSame(Cell a, Cell b) =>
        a.GetType() == b.GetType() && a.Source == b.Source && a.Metadata.ToJsonString() == b.Metadata.ToJsonString();

    // Ids that only the second order has follow the one that stands before them there.
    private static List<string> MergeOrder(IEnumerable<string> first, IEnumerable<string> second)
    {
        var order = first.ToList();
        var at = -1;
        foreach (var id in second)
        {
            var known = order.IndexOf(id);
            if (known < 0)
            {
                order.Insert(++at, id);
            }
            else
            {
                at = known;
            }
        }

        return order;
    }

    private static Dictionary<string, Cell> ById(Notebook notebook) =>
        notebook.Cells.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
}
