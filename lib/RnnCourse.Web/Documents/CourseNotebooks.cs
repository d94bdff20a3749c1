using System.Diagnostics;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>
/// The lessons of a course: each is copied to the reader's own folder when it is first opened, and the course's own
/// files are never written. When a lesson is changed later, the cells that the reader has not edited are updated.
/// </summary>
/// <param name="title">The course's title.</param>
/// <param name="lessons">The folder of the lessons.</param>
/// <param name="work">The reader's folder.</param>
/// <param name="root">The course's top folder; files below it may be shown if lessons link to them.</param>
public sealed class CourseNotebooks(string title, string lessons, string work, string root) : INotebookSource
{
    // The text that each copy was made from, to tell the reader's changes from the course's.
    private const string OriginalsFolder = ".originals";

    private readonly string _lessons = Path.GetFullPath(lessons);
    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public string IndexTitle => "All lessons";

    /// <inheritdoc/>
    public string Folder { get; } = Path.GetFullPath(work);

    /// <inheritdoc/>
    public IReadOnlyList<NotebookEntry> Entries()
    {
        var own = FolderNotebooks.FilesIn(Folder).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
        var entries = new List<NotebookEntry>();
        foreach (var lesson in FolderNotebooks.FilesIn(_lessons))
        {
            var isBegun = own.Remove(Path.GetFileName(lesson));
            entries.Add(FolderNotebooks.WithProgress(FolderNotebooks.Describe(lesson, isBegun), Folder));
        }

        // A file of the reader's own.
        entries.AddRange(
            own.Values.Order(StringComparer.Ordinal).Select(path => FolderNotebooks.Describe(path, isBegun: true))
        );
        return entries;
    }

    /// <inheritdoc/>
    public bool Has(string name) =>
        FolderNotebooks.Find(_lessons, name) is not null || FolderNotebooks.Find(Folder, name) is not null;

    /// <inheritdoc/>
    public EditableNotebook? Open(string name)
    {
        var lesson = FolderNotebooks.Find(_lessons, name);
        var copy = Path.Combine(Folder, name + ".ipynb");
        if (lesson is null)
        {
            return FolderNotebooks.Find(Folder, name) is { } own
                ? new EditableNotebook(own) { LibraryFolder = _lessons, Notes = FolderNotebooks.NotesOf(Folder, name) }
                : null;
        }

        var original = Path.Combine(Folder, OriginalsFolder, name + ".ipynb");
        var published = PublishedVersion(lesson);
        string? greeting = null;
        if (File.Exists(copy))
        {
            greeting = Update(lesson, published, original, copy);
        }
        else
        {
            Copy(lesson, published, original, copy);
        }

        return new EditableNotebook(copy)
        {
            LibraryFolder = _lessons,
            Original = () => ReadIfPossible(original),
            Notes = FolderNotebooks.NotesOf(Folder, name),
            Greeting = greeting,
            Offer = published is null ? null : OfferOf(lesson, Path.ChangeExtension(original, ".decided")),
        };
    }

    /// <inheritdoc/>
    public string? FindLinked(string path) => FolderNotebooks.FindShown(_root, path);

    /// <inheritdoc/>
    public string? PathOfLink(string address) => FolderNotebooks.PathBelow(_root, Path.Combine(_lessons, address));

    private static void Copy(string lesson, byte[]? published, string original, string copy)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(original)!);
            var bytes = published ?? File.ReadAllBytes(lesson);
            UserFile.Write(original, bytes);
            UserFile.Write(copy, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFileException($"{lesson} can't be copied to {copy}: {e.Message}", copy, e);
        }
    }

    // Work in the lessons' own folder is safe there, so the offer can wait.
    private EarlierWorkOffer? OfferOf(string lesson, string decided)
    {
        if (UserFile.HashOf(lesson) is not { } hash || ReadTextIfPossible(decided) == hash)
        {
            return null;
        }

        return new EarlierWorkOffer(
            $"{Path.GetFileName(_lessons)}/{Path.GetFileName(lesson)}",
            () => ReadIfPossible(lesson),
            () => File.WriteAllText(decided, hash)
        );
    }

    private static string? Update(string lesson, byte[]? published, string original, string copy)
    {
        var current = published is null
            ? ReadIfPossible(lesson)
            : ParseIfPossible(System.Text.Encoding.UTF8.GetString(published));
        if (current is not { } now || ReadIfPossible(original) is not { } before)
        {
            return null;
        }

        if (NotebookWriter.ToText(now) == NotebookWriter.ToText(before))
        {
            return null;
        }

        var merge = NotebookMerge.Of(before, NotebookReader.Read(copy), now);
        if (merge.ChangedAnything)
        {
            NotebookWriter.Write(merge.Notebook, copy);
        }

        NotebookWriter.Write(now, original);
        return DescribeUpdate(merge);
    }

    private static string? DescribeUpdate(NotebookMerge merge)
    {
        if (!merge.ChangedAnything && merge.Disputed.Count == 0)
        {
            return null;
        }

        var taken = merge.ChangedAnything
            ? $" {Count(merge.Taken.Count + merge.Removed.Count, "cell")} that you had not changed "
                + $"{(merge.Taken.Count + merge.Removed.Count == 1 ? "is" : "are")} up to date now"
                + $"{(merge.Taken.Count > 0 ? $" ({Names(merge.Taken)})" : "")}."
            : "";
        var disputed =
            merge.Disputed.Count > 0
                ? $" {Count(merge.Disputed.Count, "cell")} that you had changed, too, stayed yours "
                    + $"({Names(merge.Disputed)}): “Reset "
                    + "this cell” in its menu shows the new one."
                : "";
        return $"This lesson was updated.{taken}{disputed}";
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Names(IReadOnlyList<string> cells) =>
        string.Join(", ", cells.Take(5)) + (cells.Count > 5 ? ", …" : "");

    private static Notebook? ReadIfPossible(string path)
    {
        try
        {
            return NotebookReader.Read(path);
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return null;
        }
    }

    private static Notebook? ParseIfPossible(string text)
    {
        try
        {
            return NotebookReader.Parse(text);
        }
        catch (NotebookFormatException)
        {
            return null;
        }
    }

    private static string? ReadTextIfPossible(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The lesson as committed in the course's repository, if the file has been changed since; null if it hasn't, or if
    // that is unknown.
    private static byte[]? PublishedVersion(string lesson)
    {
        var folder = Path.GetDirectoryName(lesson)!;
        var name = "HEAD:./" + Path.GetFileName(lesson);
        if (Git(folder, "diff", "--quiet", "HEAD", "--", Path.GetFileName(lesson)) is not { ExitCode: 1 })
        {
            return null;
        }

        return Git(folder, "show", name) is { ExitCode: 0, Output: var published } ? published : null;
    }

    private static (int ExitCode, byte[] Output)? Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(
                new ProcessStartInfo("git", arguments)
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var errors = git.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            git.StandardOutput.BaseStream.CopyTo(output);
            git.WaitForExit();
            errors.Wait();
            return (git.ExitCode, output.ToArray());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without git, the lessons can't have been updated by a pull either.
            return null;
        }
    }
}
