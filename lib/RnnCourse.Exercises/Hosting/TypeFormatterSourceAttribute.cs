namespace RnnCourse.Exercises.Hosting;

/// <summary>
/// Tells a notebook host who formats a type. Hosts look for an attribute of this name and these two properties,
/// whoever defines it, so a library needs no reference to any notebook package.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose <c>CreateTypeFormatters()</c> gives the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to give when a host asks for none in particular.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
