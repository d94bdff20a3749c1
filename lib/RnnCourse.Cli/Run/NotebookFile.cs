using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>A notebook file in a run: one to execute, or a lesson of the course to which other pages link.</summary>
/// <param name="Path">The path, as messages show it.</param>
/// <param name="FullPath">The full path.</param>
/// <param name="Name">The name of its results in the output folder, without extension.</param>
/// <param name="Notebook">The content; null if the file could not be read.</param>
/// <param name="Problem">Why the file could not be read.</param>
/// <param name="RunsNow">Whether this run executes it.</param>
internal sealed record NotebookFile(
    string Path,
    string FullPath,
    string Name,
    Notebook? Notebook,
    string? Problem,
    bool RunsNow
)
{
    /// <summary>Whether it belongs to the edition with solutions, which has its own pages but no entry in the
    /// index.</summary>
    public bool IsSolved { get; private init; }

    // The hash of the file as it was read; null if it could not be read.
    private string? _hash;

    /// <summary>Reads the notebooks of a run, in reading order.</summary>
    /// <remarks>If one of them is a lesson of the course, of either edition, the other lessons are added without being
    /// executed. So a run of one lesson leaves the links and the index of the whole course intact.</remarks>
    public static IReadOnlyList<NotebookFile> ReadAll(
        IReadOnlyList<string> paths,
        OutputFolder output,
        Repository? repository
    )
    {
        var requested = paths.DistinctBy(System.IO.Path.GetFullPath).ToDictionary(System.IO.Path.GetFullPath);
        var course = repository?.Lessons() ?? [];
        if (!course.Concat(repository?.SolvedLessons() ?? []).Any(requested.ContainsKey))
        {
            return [.. requested.Values.Select(path => Read(path, output, repository, runsNow: true))];
        }

        return
        [
            .. course.Select(path =>
                Read(requested.GetValueOrDefault(path, path), output, repository, runsNow: requested.ContainsKey(path))
            ),
            .. requested
                .Where(pair => !course.Contains(pair.Key))
                .Select(pair => Read(pair.Value, output, repository, runsNow: true)),
        ];
    }

    /// <summary>Reads one notebook to execute. If that fails, <see cref="Problem"/> says why.</summary>
    public static NotebookFile Read(string path, string name) => Read(path, name, runsNow: true);

    /// <summary>Stores a notebook in the file, unless the file has changed since it was read.</summary>
    /// <exception cref="NotebookFileException">The file was changed or deleted in the meantime, or cannot be
    /// written.</exception>
    public void WriteBack(Notebook notebook)
    {
        if (UserFile.HashOf(FullPath) != _hash)
        {
            throw new NotebookFileException(
                $"{Path}: The file was {(File.Exists(FullPath) ? "changed" : "deleted")} while its cells "
                    + "ran, so nothing was stored in it. Run it again.",
                Path
            );
        }

        // Lessons of the course are kept in the canonical form; in other files only what differs is changed.
        if (Repository.FindFrom(System.IO.Path.GetDirectoryName(FullPath)!)?.Holds(FullPath) == true)
        {
            NotebookWriter.Write(notebook, FullPath);
        }
        else
        {
            NotebookWriter.Update(notebook, FullPath);
        }
    }

    private static NotebookFile Read(string path, OutputFolder output, Repository? repository, bool runsNow)
    {
        var full = System.IO.Path.GetFullPath(path);
        var solved = repository is not null && System.IO.Path.GetDirectoryName(full) == repository.Solutions;
        return Read(path, output.NameFor(full, repository), runsNow) with { IsSolved = solved };
    }

    private static NotebookFile Read(string path, string name, bool runsNow)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return new NotebookFile(path, full, name, NotebookReader.Read(path), null, runsNow)
            {
                _hash = UserFile.HashOf(full),
            };
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return new NotebookFile(path, full, name, null, e.Message, runsNow);
        }
    }
}
