using System.Text;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Jupyter.Execution;

/// <summary>A cell that has shown controls: what it takes to run it again when one is moved, and to put what it gives
/// then in the place of what it showed.</summary>
/// <param name="request">The request that ran it.</param>
/// <param name="source">The cell.</param>
internal sealed class ControlCell(Message request, CellSource source)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ControlSetting> _settings = new(StringComparer.Ordinal);
    private readonly List<string> _places = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private bool _isChanged;
    private int _next;

    public Message Request => request;

    public CellSource Source => source;

    /// <summary>The controls that it shows, by their names.</summary>
    public HashSet<string> Controls { get; } = new(StringComparer.Ordinal);

    /// <summary>The text that is being printed, and the name under which it is shown; null if none is.</summary>
    public (string Name, StringBuilder Text)? Printed { get; set; }

    /// <summary>A control was moved. May be called while the cell runs.</summary>
    public void Move(ControlDescription control, string value)
    {
        lock (_gate)
        {
            _settings[control.Name] = new ControlSetting($"{control}", value);
            _isChanged = true;
        }
    }

    /// <summary>Takes the latest values.</summary>
    /// <returns>Null if nothing was moved since they were taken last.</returns>
    public IReadOnlyList<ControlSetting>? TakeSettings()
    {
        lock (_gate)
        {
            if (!_isChanged)
            {
                return null;
            }

            _isChanged = false;
            return [.. _settings.Values];
        }
    }

    /// <summary>It is run again: what it shows takes the places of what it showed, one after the other.</summary>
    public void BeginAgain()
    {
        _next = 0;
        _names.Clear();
        Printed = null;
    }

    /// <summary>The place for what comes next.</summary>
    /// <param name="wanted">The name that it has by itself.</param>
    /// <returns>The name under which clients know the place, and whether they do already.</returns>
    public (string Name, bool IsKnown) TakePlace(string wanted)
    {
        var isKnown = _next < _places.Count;
        if (!isKnown)
        {
            _places.Add(wanted);
        }

        var name = _places[_next++];
        _names[wanted] = name;
        return (name, isKnown);
    }

    /// <summary>The name under which clients know what the cell showed in its present run.</summary>
    public string NameOf(string shown) => _names.GetValueOrDefault(shown, shown);

    /// <summary>The places that nothing came for in this run.</summary>
    public IEnumerable<string> LeftOver => _places.Skip(_next);
}
