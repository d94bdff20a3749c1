using System.Collections.Concurrent;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// Shows values of types that the engine doesn't reference and that have no formatter. Types are identified by name,
/// since each notebook may load its own version of their library.
/// </summary>
public static class NamedTypeDisplays
{
    private static readonly ConcurrentDictionary<string, Func<object, MimeBundle?>> Displays = new(
        StringComparer.Ordinal
    );

    /// <summary>Registers how values of a type, and of types that inherit from it, are shown.</summary>
    /// <param name="typeName">The type's full name, such as <c>Plotly.NET.GenericChart</c>.</param>
    /// <param name="display">Returns the representations; <see langword="null"/> for a value that it can't
    /// show.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Register(string typeName, Func<object, MimeBundle?> display)
    {
        ArgumentNullException.ThrowIfNull(typeName);
        ArgumentNullException.ThrowIfNull(display);
        Displays[typeName] = display;
    }

    internal static MimeBundle? Find(object value)
    {
        for (var type = Displays.IsEmpty ? null : value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName is { } name && Displays.TryGetValue(name, out var display))
            {
                return display(value);
            }
        }

        return null;
    }
}
