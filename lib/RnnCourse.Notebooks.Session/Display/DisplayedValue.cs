namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Something that a cell has shown; it can be replaced by something newer, such as the state of a long
/// computation.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal DisplayedValue(string displayId, string[] mimeTypes)
    {
        DisplayId = displayId;
        _mimeTypes = mimeTypes;
    }

    /// <summary>The name under which hosts know the output.</summary>
    public string DisplayId { get; }

    /// <summary>Shows a new value in the place of the old one.</summary>
    /// <param name="value">The new value; null is shown as such.</param>
    public void Update(object? value) =>
        DisplayTarget.Current.Replace(DisplayFormatter.Format(value, _mimeTypes), DisplayId);
}
