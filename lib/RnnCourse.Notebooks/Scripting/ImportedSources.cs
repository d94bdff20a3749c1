using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Scripting;

/// <summary>Reads what a <c>#!import</c> line names: a file of C#, or the C# cells of another notebook.</summary>
internal static class ImportedSources
{
    /// <exception cref="IOException">The file is not there, cannot be read, or is of a kind that cannot be imported.</exception>
    /// <exception cref="NotebookFormatException">The file is a broken notebook.</exception>
    public static IReadOnlyList<CellSource> Read(string path, string name)
    {
        name = name.Replace('\\', '/');
        switch (Path.GetExtension(path))
        {
            case ".cs" or ".csx" or ".ipynb" when !File.Exists(path):
                throw new FileNotFoundException($"There is no file {path} to import.", path);
            case ".cs" or ".csx":
                return [new CellSource(name, File.ReadAllText(path))];
            case ".ipynb":
                return
                [
                    .. NotebookReader.Read(path).Cells.OfType<CodeCell>()
                        .Where(cell => IsCSharp(cell) && !string.IsNullOrWhiteSpace(cell.Source))
                        .Select((cell, i) => CellSource.OfCell(name, i + 1, cell.Source)),
                ];
            default:
                throw new IOException($"Cannot import {name}: only .cs, .csx and .ipynb files can be imported.");
        }
    }

    private static bool IsCSharp(CodeCell cell) =>
        cell.Metadata["polyglot_notebook"]?["kernelName"]?.ToString() is null or "csharp";
}
