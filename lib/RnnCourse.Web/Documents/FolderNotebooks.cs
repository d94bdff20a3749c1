using System.Collections.Concurrent;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Web.Documents;

/// <summary>The notebooks of any folder, edited in place.</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderNotebooks(string folder) : INotebookSource
{
    private const string Extension = ".ipynb";
    private const string NotesFolder = ".learning";

    // The titles are in the files, which rarely change; each page needs all of them.
    private static readonly ConcurrentDictionary<(string, DateTime, long), NotebookEntry> Described = [];

    private static readonly ConcurrentDictionary<(string, DateTime, long), (int, int)> Counted = [];

    private static readonly string[] ShownTypes =
    [
        ".md",
        ".txt",
        ".csv",
        ".json",
        ".cs",
        ".csproj",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".webp",
    ];

    /// <inheritdoc/>
    public string Title => Path.GetFileName(Folder);

    /// <inheritdoc/>
    public string IndexTitle => "All notebooks";

    /// <inheritdoc/>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public IReadOnlyList<NotebookEntry> Entries() =>
        [
            .. FilesIn(Folder)
                .Select(path => WithProgress(Describe(path, isBegun: false), Folder) with { Changed = null }),
        ];

    /// <inheritdoc/>
    public bool Has(string name) => Find(Folder, name) is not null;

    /// <inheritdoc/>
    public EditableNotebook? Open(string name) =>
        Find(Folder, name) is { } path ? new EditableNotebook(path) { Notes = NotesOf(Folder, name) } : null;

    /// <inheritdoc/>
    public string? FindLinked(string path) => FindShown(Folder, path);

    /// <inheritdoc/>
    public string? PathOfLink(string address) => PathBelow(Folder, Path.Combine(Folder, address));

    /// <summary>The path of the file with the learner's attempts and predictions.</summary>
    internal static string NotesOf(string folder, string name) => Path.Combine(folder, NotesFolder, name + ".jsonl");

    /// <summary>The notebooks of a folder, sorted by name.</summary>
    internal static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*" + Extension)
                .Where(path => !Path.GetFileName(path).StartsWith('.'))
                .Order(StringComparer.Ordinal)
            : [];

    /// <summary>The path of the notebook with this name in a folder; null if there is none. Never a path outside the
    /// folder.</summary>
    internal static string? Find(string folder, string name) =>
        FilesIn(folder).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name);

    /// <summary>Describes a notebook for the list.</summary>
    internal static NotebookEntry Describe(string path, bool isBegun)
    {
        var file = new FileInfo(path);
        var key = (path, file.Exists ? file.LastWriteTimeUtc : default, file.Exists ? file.Length : 0);
        return Described.GetOrAdd(key, _ => Read(path)) with { IsBegun = isBegun };
    }

    /// <summary>The same entry, with the number of exercises solved in the reader's copy in a folder.</summary>
    internal static NotebookEntry WithProgress(NotebookEntry entry, string folder)
    {
        var copy = new FileInfo(Path.Combine(folder, entry.Name + Extension));
        var notes = new FileInfo(NotesOf(folder, entry.Name));
        if (!copy.Exists)
        {
            return entry;
        }

        var key = (copy.FullName, copy.LastWriteTimeUtc, notes.Exists ? notes.Length : 0);
        var (exercises, solved) = Counted.GetOrAdd(key, _ => Count(copy.FullName, notes.FullName));
        return entry with { Exercises = exercises, Solved = solved, Changed = copy.LastWriteTimeUtc };
    }

    // An exercise counts as solved if the copy shows it or an earlier attempt did.
    private static (int Exercises, int Solved) Count(string copy, string notes)
    {
        try
        {
            var cells = ExercisesIn(NotebookReader.Read(copy)).ToList();
            var kept = LearnerNotes.Open(notes);
            return (cells.Count, cells.Count(cell => IsSolved(cell, kept)));
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return (0, 0);
        }
    }

    private static IEnumerable<CodeCell> ExercisesIn(Notebook notebook) =>
        notebook
            .Cells.OfType<CodeCell>()
            .Where(cell => CellTags.Has(cell, CellTags.Exercise) || CellTags.Has(cell, CellTags.Quiz));

    private static bool IsSolved(CodeCell cell, LearnerNotes notes) =>
        Verdicts.WordsIn(cell.Outputs) == Verdicts.Correct
        || notes.AttemptsAt(cell.Id).Any(attempt => attempt.Verdict == Verdicts.Correct);

    private static NotebookEntry Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var notebook = NotebookReader.Read(path);
            var summary = notebook.Metadata["description"]?.ToString() ?? NotebookTitle.SummaryOf(notebook) ?? "";
            return new NotebookEntry(
                name,
                NotebookTitle.Of(notebook) ?? name,
                summary.EndsWith('.') ? summary : "",
                false
            )
            {
                Exercises = ExercisesIn(notebook).Count(),
            };
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return new NotebookEntry(name, name, e.Message, false);
        }
    }

    /// <summary>A file below a folder that may be shown to the reader; null otherwise.</summary>
    internal static string? FindShown(string root, string path)
    {
        if (
            path.Length == 0
            || path.Contains('\0', StringComparison.Ordinal)
            || path.Contains('\\', StringComparison.Ordinal)
        )
        {
            return null;
        }

        var full = Path.GetFullPath(Path.Combine(root, path));
        return PathBelow(root, full) is not null && File.Exists(full) && !IsElsewhere(root, full) ? full : null;
    }

    /// <summary>The path of a file relative to a folder, with slashes; null if the file isn't below the folder or may
    /// not be shown.</summary>
    internal static string? PathBelow(string root, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var relative = Path.GetRelativePath(root, Path.GetFullPath(path)).Replace(Path.DirectorySeparatorChar, '/');
        var isShown =
            !Path.IsPathRooted(relative)
            && relative.Split('/').All(part => part.Length > 0 && part[0] != '.')
            && (
                ShownTypes.Contains(Path.GetExtension(relative), StringComparer.OrdinalIgnoreCase)
                || relative.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            );
        return isShown && File.Exists(Path.Combine(root, relative)) ? relative : null;
    }

    // A link could still lead to a file outside the folder.
    private static bool IsElsewhere(string root, string full)
    {
        for (var at = new FileInfo(full) as FileSystemInfo; at is not null && at.FullName != root; at = ParentOf(at))
        {
            if (at.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static DirectoryInfo? ParentOf(FileSystemInfo item) =>
        item is FileInfo file ? file.Directory : ((DirectoryInfo)item).Parent;
}
