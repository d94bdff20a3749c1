namespace RnnCourse.Plotting.Hosting;

/// <summary>
/// Names the type that formats instances of a class for notebook hosts. Hosts look for an attribute of this name with
/// these two properties, whatever assembly defines it, so a library needs no reference to a notebook package.
/// </summary>
/// <param name="formatterSourceType">A type with a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose <c>CreateTypeFormatters()</c> returns the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to use when a host does not ask for a particular one.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
