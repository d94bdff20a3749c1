using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Jupyter;

/// <summary>The options of a kernel.</summary>
/// <param name="ConnectionFile">The file, written by the client, with the address, the ports and the key.</param>
/// <param name="Session">How to start the process that runs the cells.</param>
public sealed record KernelOptions(string ConnectionFile, SessionCommand Session)
{
    /// <summary>Whether to accept an address that other machines can reach.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Environment variables that are passed to cells in addition to those that every session needs, such as
    /// <c>PATH</c>.</summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];

    /// <summary>The version that the kernel reports.</summary>
    public string Version { get; init; } = "0.1.0";
}
