namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>What came of a request for packages.</summary>
/// <param name="Versions">The packages that were asked for, with the versions that were found.</param>
/// <param name="Libraries">The files to reference: the packages' own and those of all that they need.</param>
/// <param name="NativeFolders">Folders with native libraries of the packages.</param>
internal sealed record FoundPackages(
    IReadOnlyList<(string Name, string Version)> Versions,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> NativeFolders
)
{
    /// <summary>The file of such a folder that holds cells.</summary>
    public const string ExtensionScript = "extension.dib";

    /// <summary>Folders of packages, by name, in which their extensions for .NET Interactive lie.</summary>
    public IReadOnlyList<(string Name, string Folder)> Extensions { get; init; } = [];

    /// <summary>Sources that <c>#i</c> lines added and that don't answer.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>
    /// Packages that were needed but not asked for, in versions that no package names, since the named ones can't be
    /// had; <see langword="null"/> if nothing was restored.
    /// </summary>
    public IReadOnlyList<(string Name, string Version)>? Substitutes { get; init; }
}
