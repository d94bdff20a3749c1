namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Something that an extension has shown.</summary>
public sealed class DisplayedValue
{
    private readonly RnnCourse.Notebooks.Session.Display.DisplayedValue _shown;

    internal DisplayedValue(RnnCourse.Notebooks.Session.Display.DisplayedValue shown) => _shown = shown;

    /// <summary>The name under which hosts know the output.</summary>
    public string DisplayId => _shown.DisplayId;

    /// <summary>Shows a new value in the place of the old one.</summary>
    /// <param name="updatedValue">The new value.</param>
    public void Update(object? updatedValue) => _shown.Update(updatedValue);
}
