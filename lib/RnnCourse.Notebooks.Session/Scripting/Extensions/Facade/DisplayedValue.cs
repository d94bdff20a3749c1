namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value that an extension has shown.</summary>
public sealed class DisplayedValue
{
    private readonly RnnCourse.Notebooks.Session.Display.DisplayedValue _shown;

    internal DisplayedValue(RnnCourse.Notebooks.Session.Display.DisplayedValue shown) => _shown = shown;

    /// <summary>The id by which hosts identify the output.</summary>
    public string DisplayId => _shown.DisplayId;

    /// <summary>Replaces the value that is shown.</summary>
    /// <param name="updatedValue">The new value.</param>
    public void Update(object? updatedValue) => _shown.Update(updatedValue);
}
