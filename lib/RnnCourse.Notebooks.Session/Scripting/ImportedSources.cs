using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Reads the file that a <c>#!import</c> line names: a C# file, or another notebook, of which it takes the
/// code cells.</summary>
internal static class ImportedSources
{
    /// <exception cref="IOException">The file doesn't exist, can't be read, or is of a kind that can't be
    /// imported.</exception>
    /// <exception cref="NotebookFormatException">The file is a broken notebook.</exception>
    public static IReadOnlyList<CellSource> Read(string path, string name)
    {
        name = name.Replace('\\', '/');
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".cs" or ".csx" or ".ipynb" or DibReader.Extension when !File.Exists(path):
                throw new FileNotFoundException($"The file to import, {path}, was not found.", path);
            case ".cs" or ".csx" or DibReader.Extension when FileKind.IsSpecial(path):
                throw new IOException($"{path} is a device, a pipe or a socket, not a file.");
            case ".cs" or ".csx":
                return [new CellSource(name, File.ReadAllText(path))];
            case DibReader.Extension:
                return [.. ReadCells(DibReader.Parse(File.ReadAllText(path)), name)];
            case ".ipynb":
                return [.. ReadCells(NotebookReader.Read(path), name)];
            default:
                throw new IOException($"Cannot import {name}: only .cs, .csx, .ipynb and .dib files can be imported.");
        }
    }

    private static IEnumerable<CellSource> ReadCells(Notebook notebook, string name)
    {
        var number = 0;
        foreach (
            var cell in notebook.Cells.Where(cell =>
                cell is CodeCell or MarkdownCell && !string.IsNullOrWhiteSpace(cell.Source)
            )
        )
        {
            yield return cell is CodeCell code
                ? CellSource.OfCell(name, ++number, code.Source) with
                {
                    Language = CellLanguages.KernelOf(code),
                }
                : new CellSource(name, cell.Source) { Language = "markdown" };
        }
    }
}
