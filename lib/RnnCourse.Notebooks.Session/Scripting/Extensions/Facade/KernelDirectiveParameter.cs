namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A parameter of a <c>#!</c> line.</summary>
/// <param name="name">Its name, such as <c>--exercise</c>.</param>
/// <param name="description">What it means.</param>
public sealed class KernelDirectiveParameter(string name, string? description = null)
{
    /// <summary>Its name, such as <c>--exercise</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it means.</summary>
    public string Description { get; init; } = description ?? "";

    /// <summary>Whether the value may be given without the name.</summary>
    public bool AllowImplicitName { get; init; }

    /// <summary>How often it may be given.</summary>
    public int MaxOccurrences { get; init; } = 1;

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The kind of text that is expected; for hosts that ask for the value.</summary>
    public string TypeHint { get; init; } = "text";

    /// <summary>Whether it is given without a value.</summary>
    public bool Flag { get; init; }

    private Func<IEnumerable<string>>? _getValues;

    /// <summary>Adds a source of possible values, which editors offer as completions.</summary>
    /// <param name="getCompletions">Returns the values.</param>
    /// <returns>The same parameter.</returns>
    public KernelDirectiveParameter AddCompletions(Func<IEnumerable<string>> getCompletions)
    {
        _getValues = getCompletions;
        return this;
    }

    /// <summary>The possible values; empty if the extension's code fails.</summary>
    internal IReadOnlyList<string> Values()
    {
        try
        {
            return [.. _getValues?.Invoke() ?? []];
        }
#pragma warning disable CA1031 // called while the user types: a failure must not disturb them
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }
}
