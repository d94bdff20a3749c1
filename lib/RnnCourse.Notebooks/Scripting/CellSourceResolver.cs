using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Scripting;

/// <summary>
/// Finds the files of <c>#load</c> lines. A cell's name is no path and stays as it is: made absolute, it would carry the
/// machine's folders into stack traces that cells print.
/// </summary>
internal sealed class CellSourceResolver(string baseDirectory) : SourceFileResolver([], baseDirectory)
{
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Path.IsPathRooted(path) ? base.NormalizePath(path, baseFilePath) : path;
}
