using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>One notebook that a run knows of.</summary>
/// <param name="Path">The file, as messages show it.</param>
/// <param name="FullPath">The file's full path.</param>
/// <param name="Name">Name of its results in the output folder, without ending.</param>
/// <param name="Notebook">What the file holds; null if it could not be read.</param>
/// <param name="Problem">Why it could not be read.</param>
/// <param name="RunsNow">Whether this run executes it; other lessons of the course are known for their links
/// only.</param>
internal sealed record Lesson(
    string Path,
    string FullPath,
    string Name,
    Notebook? Notebook,
    string? Problem,
    bool RunsNow
)
{
    /// <summary>Whether it belongs to the edition with solutions, which has pages of its own and no place in the
    /// index.</summary>
    public bool IsSolved { get; private init; }

    private Stamp? _stamp;

    public static Lesson Read(string path, OutputFolder output, Repository? repository, bool runsNow)
    {
        var full = System.IO.Path.GetFullPath(path);
        var solved = repository is not null && System.IO.Path.GetDirectoryName(full) == repository.Solutions;
        return Read(path, output.NameFor(full, repository), runsNow) with { IsSolved = solved };
    }

    public static Lesson Read(string path, string name, bool runsNow)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return new Lesson(path, full, name, NotebookReader.Read(path), null, runsNow) { _stamp = Stamp.Of(full) };
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return new Lesson(path, full, name, null, e.Message, runsNow);
        }
    }

    /// <summary>Stores a notebook in the place of this one, unless someone has changed the file since it was
    /// read.</summary>
    /// <exception cref="NotebookFileException">The file was changed or deleted meanwhile, or cannot be
    /// written.</exception>
    public void WriteBack(Notebook notebook)
    {
        if (Stamp.Of(FullPath) != _stamp)
        {
            throw new NotebookFileException(
                $"{Path}: The file was {(File.Exists(FullPath) ? "changed" : "deleted")} while its cells "
                    + "ran, so nothing was stored in it. Run it again.",
                Path
            );
        }

        // Lessons of the course are kept in the canonical form; in a file of someone else nothing changes but what
        // must.
        if (Repository.FindFrom(System.IO.Path.GetDirectoryName(FullPath)!)?.Holds(FullPath) == true)
        {
            NotebookWriter.Write(notebook, FullPath);
        }
        else
        {
            NotebookWriter.Update(notebook, FullPath);
        }
    }
}
