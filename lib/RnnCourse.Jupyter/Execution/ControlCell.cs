using System.Text;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Jupyter.Execution;

/// <summary>A cell that has shown controls. When a control is moved, the cell is run again, and its new outputs replace
/// the old ones.</summary>
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

    /// <summary>The names of the controls that it shows.</summary>
    public HashSet<string> Controls { get; } = new(StringComparer.Ordinal);

    /// <summary>The text that is being printed, and the display id of its output; null if there is none.</summary>
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

    /// <summary>Begins a new run: new outputs replace the old ones, one after the other.</summary>
    public void BeginAgain()
    {
        _next = 0;
        _names.Clear();
        Printed = null;
    }

    /// <summary>Takes the place for the next output.</summary>
    /// <param name="wanted">The output's own display id.</param>
    /// <returns>The display id by which clients identify the place, and whether they already show it.</returns>
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

    /// <summary>The display id by which clients identify an output of the cell's present run.</summary>
    public string NameOf(string shown) => _names.GetValueOrDefault(shown, shown);

    /// <summary>The places that got no output in this run.</summary>
    public IEnumerable<string> LeftOver => _places.Skip(_next);
}
