using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>How a <see cref="ScriptSession"/> finds files, and its advice if one is missing.</summary>
/// <param name="BaseDirectory">The folder to which paths in <c>#r</c>, <c>#load</c> and <c>#!import</c> lines are
/// relative: the notebook's.</param>
public sealed record ScriptSessionOptions(string BaseDirectory)
{
    internal const string DefaultMissingLibraryHint =
        "If a project of this repository makes it, build first: dotnet build -c Release.";

    /// <summary>A second folder in which relative paths are looked up; null for none.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>What a reader should do when a <c>#r</c> line names a library that doesn't exist; one
    /// sentence.</summary>
    public string MissingLibraryHint { get; init; } = DefaultMissingLibraryHint;

    // Collectible code is compiled more slowly, and a short session would free little: about 14 KB for each
    // cell.
    /// <summary>How many of the first cells are loaded permanently.</summary>
    internal int LastingCells { get; init; } = 100;

    /// <summary>Whether cells check for interrupts; false only to measure the cost of these checks.</summary>
    internal bool InsertsInterruptChecks { get; init; } = true;

    /// <summary>Finds the packages that the program doesn't have; null for the .NET SDK, which takes two seconds. Only
    /// for tests.</summary>
    internal Func<
        IReadOnlyList<PackageRequest>,
        IReadOnlyList<string>,
        CancellationToken,
        Task<FoundPackages>
    >? Restore { get; init; }
}
