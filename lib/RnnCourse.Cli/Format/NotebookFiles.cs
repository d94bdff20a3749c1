namespace RnnCourse.Cli.Format;

/// <summary>Finds notebooks in files and folders.</summary>
internal static class NotebookFiles
{
    /// <summary>The notebooks that paths name, folders with all that is in them, each once; or what is wrong with a
    /// path.</summary>
    public static IEnumerable<(string File, string? Problem)> Find(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            if (Repository.FindFrom(Environment.CurrentDirectory) is not { } repository)
            {
                return [("", "This folder is not in the course's repository; name the notebooks to format.")];
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
                        : $"{path}: This is no notebook (.ipynb) and no folder."
                ),
            ];
        }

        // Folders whose names begin with a dot hold what tools keep for themselves, such as checkpoints.
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
