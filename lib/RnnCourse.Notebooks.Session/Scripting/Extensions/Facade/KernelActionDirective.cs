namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A <c>#!</c> line that does something.</summary>
public sealed class KernelActionDirective : KernelDirective
{
    /// <summary>Creates the line's description.</summary>
    /// <param name="name">Its name, with <c>#!</c>.</param>
    /// <param name="description">What it does.</param>
    public KernelActionDirective(string name, string? description = null)
        : base(name) => Description = description;

    /// <summary>The class whose properties receive the parameters.</summary>
    public Type? KernelCommandType { get; set; }
}
