using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Serving;

/// <summary>The notebooks that a server offers, and how it can be reached.</summary>
/// <param name="Notebooks">The notebooks.</param>
/// <param name="Session">How the process of a session is started.</param>
/// <param name="StateFolder">The folder in which the port and the token are stored.</param>
public sealed record NotebookServerOptions(INotebookSource Notebooks, SessionCommand Session, string StateFolder)
{
    /// <summary>The port; 0 for the port of the folder's last server, or any free port if there was none.</summary>
    public int Port { get; init; }

    /// <summary>Further host names under which a forwarded port is reached, with the port unless it is the default
    /// one.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>How long an unused session is kept.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What a reader should do when a <c>#r</c> line names a library that doesn't exist; one
    /// sentence.</summary>
    public string? MissingLibraryHint { get; init; }

    /// <summary>Environment variables that are passed to cells in addition to those that every session needs.</summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];
}
