namespace RnnCourse.Cli.Run;

/// <summary>Reports on notebooks that run at the same time as if they ran one by one, in their order: the output of a
/// notebook is held back until all before it are complete.</summary>
internal sealed class OrderedOutput
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Action>> _heldBack = [];
    private readonly HashSet<int> _complete = [];
    private int _current = 1;

    /// <summary>Writes output of a notebook, now or when its turn comes.</summary>
    /// <param name="index">The notebook's number, from 1.</param>
    /// <param name="write">Writes the output.</param>
    public void Write(int index, Action write)
    {
        lock (_gate)
        {
            if (index == _current)
            {
                write();
            }
            else if (_heldBack.TryGetValue(index, out var earlier))
            {
                earlier.Add(write);
            }
            else
            {
                _heldBack.Add(index, [write]);
            }
        }
    }

    /// <summary>Writes output only if it is the notebook's turn. For progress that would be out of date
    /// later.</summary>
    /// <param name="index">The notebook's number, from 1.</param>
    /// <param name="write">Writes the output.</param>
    public void WriteIfCurrent(int index, Action write)
    {
        lock (_gate)
        {
            if (index == _current)
            {
                write();
            }
        }
    }

    /// <summary>Marks a notebook's output as complete, and writes what was held back for those after it.</summary>
    /// <param name="index">The notebook's number, from 1.</param>
    public void Complete(int index)
    {
        lock (_gate)
        {
            _complete.Add(index);
            while (_complete.Remove(_current))
            {
                _current++;
                if (_heldBack.Remove(_current, out var writes))
                {
                    writes.ForEach(write => write());
                }
            }
        }
    }
}
