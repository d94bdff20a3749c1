using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>The controls of the cell that is being executed: their values, and which of them have been shown. Calls may
/// come from any thread.</summary>
internal sealed class CellControls
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ControlDescription> _shown = new(StringComparer.Ordinal);
    private IReadOnlyList<ControlSetting> _settings = [];

    /// <summary>Whether the cell has asked for a control.</summary>
    public bool IsUsed
    {
        get
        {
            lock (_gate)
            {
                return _shown.Count > 0;
            }
        }
    }

    /// <summary>The function that libraries call to ask for a control's value; works on any thread.</summary>
    /// <param name="description">The control in JSON.</param>
    /// <returns>Its value in JSON; null if the default in the description holds.</returns>
    /// <exception cref="ArgumentException">The JSON doesn't describe a control, or the cell has another control of that
    /// name.</exception>
    public static string? Ask(string description)
    {
        var control =
            ControlDescription.Read(Parse(description))
            ?? throw new ArgumentException($"This doesn't describe a control: {description}", nameof(description));
        return DisplayTarget.Controls.Ask(
            control,
            shown => DisplayTarget.Current.Show(shown.ToBundle(), DisplayTarget.NextDisplayId())
        );
    }

    /// <summary>A cell begins.</summary>
    /// <param name="settings">The values of its controls, except of controls that were never moved.</param>
    public void Begin(IReadOnlyList<ControlSetting> settings)
    {
        lock (_gate)
        {
            _shown.Clear();
            _settings = settings;
        }
    }

    private string? Ask(ControlDescription control, Action<ControlDescription> show)
    {
        ControlDescription shown;
        lock (_gate)
        {
            if (_shown.TryGetValue(control.Name, out var known))
            {
                return known.IsSameAs(control)
                    ? known.Value.ToJsonString()
                    : throw new ArgumentException(
                        $"The cell has two different controls with the name “{control.Name}”. Give one of them another "
                            + "name."
                    );
            }

            shown = _shown[control.Name] = control.At(SettingOf(control) ?? control.Default);
        }

        show(shown);
        return shown.Value.ToJsonString();
    }

    // A value set before the control's range was changed in the code doesn't count.
    private JsonNode? SettingOf(ControlDescription control) =>
        _settings
            .Where(setting => ControlDescription.Read(Parse(setting.Control)) is { } set && set.IsSameAs(control))
            .Select(setting => Parse(setting.Value))
            .LastOrDefault(control.Allows);

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
