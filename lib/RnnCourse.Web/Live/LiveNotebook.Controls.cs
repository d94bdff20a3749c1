using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Web.Live;

/// <content>Handles the controls that cells show. A cell whose control was moved is run again with the latest value;
/// while it waits for its turn or runs, only the latest value is kept.</content>
internal sealed partial class LiveNotebook
{
    // The values of controls by cell and name, except those that still have their default.
    private readonly Dictionary<string, Dictionary<string, ControlSetting>> _settings = new(StringComparer.Ordinal);

    // Cells that are queued only because a control was moved.
    private readonly HashSet<string> _moved = new(StringComparer.Ordinal);

    private void Move(ControlRequest request)
    {
        List<string> needed;
        lock (_gate)
        {
            if (
                _document.Find(request.Cell) is not CodeCell code
                || !IsRunnable(code)
                || OutputsOf(code).FindControl(request.Name) is not { } control
                || !control.Allows(request.Value)
            )
            {
                return;
            }

            Set(request.Cell, control, request.Value);
            if (!_session.Waiting.Contains(request.Cell))
            {
                _moved.Add(request.Cell);
            }
            // The outputs may come from an earlier session in which the cells above had been run.
            needed = _runs.Contains(request.Cell) ? [] : [.. NeededBy(code).Select(other => other.Id)];
        }

        _session.Run([.. needed, request.Cell]);
    }

    private void Set(string cell, ControlDescription control, JsonNode value)
    {
        if (!_settings.TryGetValue(cell, out var settings))
        {
            _settings[cell] = settings = new Dictionary<string, ControlSetting>(StringComparer.Ordinal);
        }

        if (JsonNode.DeepEquals(value, control.Default))
        {
            settings.Remove(control.Name);
            if (settings.Count == 0)
            {
                _settings.Remove(cell);
            }
        }
        else
        {
            settings[control.Name] = new ControlSetting($"{control}", value.ToJsonString());
        }
    }

    private IReadOnlyList<ControlSetting> SettingsOf(string cell) =>
        _settings.TryGetValue(cell, out var settings) ? [.. settings.Values] : [];

    // Running a cell by hand starts again from the default values in its code.
    private void ForgetControls(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            _settings.Remove(cell);
            _moved.Remove(cell);
        }
    }
}
