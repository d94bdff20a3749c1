using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>One notebook that a run knows of.</summary>
/// <param name="Path">The file, as messages show it.</param>
/// <param name="FullPath">The file's full path.</param>
/// <param name="Name">Name of its results in the output folder, without ending.</param>
/// <param name="Notebook">What the file holds; null if it could not be read.</param>
/// <param name="Problem">Why it could not be read.</param>
/// <param name="RunsNow">Whether this run executes it; other lessons of the course are known for their links only.</param>
internal sealed record Lesson(string Path, string FullPath, string Name, Notebook? Notebook, string? Problem, bool RunsNow)
{
    /// <summary>Whether it belongs to the edition with solutions, which has pages of its own and no place in the index.</summary>
    public bool IsSolved { get; private init; }

    public static Lesson Read(string path, OutputFolder output, Repository? repository, bool runsNow)
    {
        var full = System.IO.Path.GetFullPath(path);
        var name = output.NameFor(full, repository);
        var solved = repository is not null && System.IO.Path.GetDirectoryName(full) == repository.Solutions;
        try
        {
            return new Lesson(path, full, name, NotebookReader.Read(path), null, runsNow) { IsSolved = solved };
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return new Lesson(path, full, name, null, e.Message, runsNow) { IsSolved = solved };
        }
    }
}
