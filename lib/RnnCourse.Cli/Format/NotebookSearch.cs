namespace RnnCourse.Cli.Format;

/// <summary>Finds notebooks in files and folders.</summary>
internal static class NotebookSearch
{
    /// <summary>The notebooks in files and folders, subfolders included, each once; or the problem with a
    /// path.</summary>
    public static IEnumerable<(string File, string? Problem)> Find(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            if (Repository.FindFrom(Environment.CurrentDirectory) is not { } repository)
            {
                return [("", "The current folder is not in the course's repository. Name the notebooks to format.")];
            }

            paths = [Path.GetRelativePath(Environment.CurrentDirectory, repository.Notebooks)];
        }

        return paths.SelectMany(Find).DistinctBy(found => Path.GetFullPath(found.File));
    }

    private static IEnumerable<(string File, string? Problem)> Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return
            [
                (
                    path,
                    path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)
                        ? null
                        : $"{path}: This is neither a notebook (.ipynb) nor a folder."
                ),
            ];
        }

        // Folders whose names begin with a dot belong to tools, such as checkpoints.
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.System,
            IgnoreInaccessible = true,
        };
        return Directory
            .EnumerateFiles(path, "*.ipynb", all)
            .Where(file =>
                !Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'))
            )
            .Order(StringComparer.Ordinal)
            .Select(file => (file, (string?)null));
    }
}
