namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>The result of a request for packages.</summary>
/// <param name="Versions">The packages that were asked for, with the versions that were found.</param>
/// <param name="Libraries">The files to reference: those of the packages and of all packages that they need.</param>
/// <param name="NativeFolders">Folders with native libraries of the packages.</param>
internal sealed record FoundPackages(
    IReadOnlyList<(string Name, string Version)> Versions,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> NativeFolders
)
{
    /// <summary>The file with code cells in an extension's folder.</summary>
    public const string ExtensionScript = "extension.dib";

    /// <summary>The folders with the packages' extensions for .NET Interactive, by package name.</summary>
    public IReadOnlyList<(string Name, string Folder)> Extensions { get; init; } = [];

    /// <summary>Sources added by <c>#i</c> lines that don't answer.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>
    /// Packages that other packages need, in versions that were chosen because the required ones aren't available;
    /// <see langword="null"/> if nothing was restored.
    /// </summary>
    public IReadOnlyList<(string Name, string Version)>? Substitutes { get; init; }
}
