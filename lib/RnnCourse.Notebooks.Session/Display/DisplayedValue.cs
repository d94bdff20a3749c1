namespace RnnCourse.Notebooks.Session.Display;

/// <summary>A value that a cell has shown and can replace later, for example to show the progress of a long
/// computation.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal DisplayedValue(string displayId, string[] mimeTypes)
    {
        DisplayId = displayId;
        _mimeTypes = mimeTypes;
    }

    /// <summary>The id by which hosts identify the output.</summary>
    public string DisplayId { get; }

    /// <summary>Replaces the value that is shown.</summary>
    /// <param name="value">The new value; null is shown as such.</param>
    public void Update(object? value) =>
        DisplayTarget.Current.Replace(DisplayFormatter.Format(value, _mimeTypes), DisplayId);
}
