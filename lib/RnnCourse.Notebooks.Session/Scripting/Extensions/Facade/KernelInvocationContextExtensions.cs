using RnnCourse.Notebooks.Session.Display;

namespace Microsoft.DotNet.Interactive;

/// <summary>The methods with which extensions show values.</summary>
public static class KernelInvocationContextExtensions
{
    /// <summary>Shows a value.</summary>
    /// <param name="context">The execution in whose output the value is shown.</param>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types; none means those that fit the value's type.</param>
    /// <returns>A handle by which the output can be updated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static Formatting.DisplayedValue Display(
        this KernelInvocationContext context,
        object? value,
        params string[] mimeTypes
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Formatting.DisplayedValue(DisplayHelpers.display(value, mimeTypes));
    }

    /// <summary>Shows a text that already is of a certain MIME type.</summary>
    /// <param name="context">The execution in whose output the value is shown.</param>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <returns>A handle by which the output can be updated.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Formatting.DisplayedValue DisplayAs(
        this KernelInvocationContext context,
        string value,
        string mimeType
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Formatting.DisplayedValue(value.DisplayAs(mimeType));
    }
}
