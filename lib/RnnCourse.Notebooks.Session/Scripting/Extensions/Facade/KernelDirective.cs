namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A line that isn't C#, such as <c>#!time</c>.</summary>
/// <param name="name">Its name, with <c>#!</c>.</param>
public abstract class KernelDirective(string name)
{
    /// <summary>Its name, with <c>#!</c>.</summary>
    public string Name { get; init; } = name;

    /// <summary>What it does; <c>#!lsmagic</c> shows it.</summary>
    public string? Description { get; set; }

    /// <summary>Whether <c>#!lsmagic</c> leaves it out.</summary>
    public bool Hidden { get; set; }

    /// <summary>What may follow the name.</summary>
    public ICollection<KernelDirectiveParameter> Parameters { get; init; } = [];
}
