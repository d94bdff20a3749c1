namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>The paths of a notebook and its program, and the project with which the program shows values.</summary>
/// <param name="NotebookPath">The notebook's file; paths in its lines are relative to its folder.</param>
/// <param name="ProgramPath">The program's file. It is not written; paths in the program are relative to its
/// folder.</param>
/// <param name="DisplayProject">The project file of this engine, whose display methods the program calls.</param>
public sealed record ExportSettings(string NotebookPath, string ProgramPath, string DisplayProject)
{
    /// <summary>What a reader should do when a <c>#r</c> line names a library that doesn't exist; one
    /// sentence.</summary>
    public string MissingLibraryHint { get; init; } =
        "If a project of this repository makes it, build first: dotnet build -c Release.";
}
