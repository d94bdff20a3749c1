using Microsoft.CodeAnalysis;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>
/// Finds the files of <c>#load</c> lines. A cell's name isn't a path and stays unchanged: an absolute path would show
/// the machine's folders in stack traces that cells print.
/// </summary>
internal sealed class CellSourceResolver(ImportStack places) : SourceFileResolver([], places.BaseDirectory)
{
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Path.IsPathRooted(path) ? base.NormalizePath(path, baseFilePath) : path;

    // Paths in a loaded file are relative to it, as for the compiler; an imported file has no folder that the compiler
    // knows.
    public override string? ResolveReference(string path, string? baseFilePath) =>
        (
            base.ResolveReference(path, baseFilePath)
            ?? (places.Resolve(path) is var found && File.Exists(found) ? found : null)
        )
            is { } file
        && !FileKind.IsSpecial(file)
            ? file
            : null;
}
