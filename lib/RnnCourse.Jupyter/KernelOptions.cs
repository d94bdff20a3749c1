using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Jupyter;

/// <summary>How a kernel is run.</summary>
/// <param name="ConnectionFile">The file that the client has written: where to listen, and the key.</param>
/// <param name="Session">How to start the process that runs the cells.</param>
public sealed record KernelOptions(string ConnectionFile, SessionCommand Session)
{
    /// <summary>Whether an address is accepted that other machines can reach.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Environment variables that cells see beside those that every session needs, such as
    /// <c>PATH</c>.</summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];

    /// <summary>The kernel's version, as it introduces itself.</summary>
    public string Version { get; init; } = "0.1.0";
}
