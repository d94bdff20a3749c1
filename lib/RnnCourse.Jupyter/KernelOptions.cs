namespace RnnCourse.Jupyter;

/// <summary>How a kernel is run.</summary>
/// <param name="ConnectionFile">The file that the client has written: where to listen, and the key.</param>
public sealed record KernelOptions(string ConnectionFile)
{
    /// <summary>Whether an address is accepted that other machines can reach.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>The kernel's version, as it introduces itself.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>What a reader should do when a <c>#r</c> line names a library that isn't there; one sentence.</summary>
    public string? MissingLibraryHint { get; init; }
}
