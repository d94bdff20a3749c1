namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>How a <see cref="ScriptSession"/> finds files and what it says where one is missing.</summary>
/// <param name="BaseDirectory">Folder that <c>#r</c>, <c>#load</c> and <c>#!import</c> paths start from: the
/// notebook's.</param>
public sealed record ScriptSessionOptions(string BaseDirectory)
{
    internal const string DefaultMissingLibraryHint =
        "If a project of this repository makes it, build first: dotnet build -c Release.";

    /// <summary>A second folder in which relative paths are looked for; null for none.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>What a reader should do when a <c>#r</c> line names a library that is not there; one
    /// sentence.</summary>
    public string MissingLibraryHint { get; init; } = DefaultMissingLibraryHint;

    // Collectible code is compiled more slowly, and a short session would free little: about 14 KB for each
    // cell.
    /// <summary>How many cells, from the first, are loaded for good.</summary>
    internal int LastingCells { get; init; } = 100;

    /// <summary>Whether cells ask if they were interrupted; false only to measure what that costs.</summary>
    internal bool CellsAsk { get; init; } = true;
}
