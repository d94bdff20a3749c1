namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Where a notebook lies, where its program will lie, and what the program shows things with.</summary>
/// <param name="NotebookPath">The notebook's file; what its lines name is looked for from its folder.</param>
/// <param name="ProgramPath">The program's file. It is not written; paths in the program are relative to its
/// folder.</param>
/// <param name="DisplayProject">The project file of this engine, whose display the program calls.</param>
public sealed record ExportSettings(string NotebookPath, string ProgramPath, string DisplayProject)
{
    /// <summary>What a reader should do when a <c>#r</c> line names a library that is not there; one
    /// sentence.</summary>
    public string MissingLibraryHint { get; init; } =
        "If a project of this repository makes it, build first: dotnet build -c Release.";
}
