namespace RnnCourse.Cli.Run;

/// <summary>Finds the notebooks that the user named as files or folders.</summary>
internal static class NotebookSelection
{
    /// <summary>Replaces each folder by the notebooks in it, sorted by name.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> names) =>
        [.. names.SelectMany(name => Directory.Exists(name) ? Files(name) : [name])];

    /// <summary>The named notebooks, or all lessons if none was named. If there are none, writes an error message and
    /// returns null.</summary>
    /// <param name="names">The names.</param>
    /// <param name="repository">The repository of the course if it contains the current folder, or null.</param>
    /// <param name="what">What the command does with them, such as "run".</param>
    public static IReadOnlyList<string>? OrLessons(IReadOnlyList<string> names, Repository? repository, string what)
    {
        if (names.FirstOrDefault(IsEmptyFolder) is { } empty)
        {
            ErrorMessage.Write(
                $"There are no notebooks (.ipynb) in {empty}. Name another folder, or the notebooks to {what}."
            );
            return null;
        }

        var paths = names.Count > 0 ? Expand(names) : [.. (repository?.Lessons() ?? []).Select(Terminal.Relative)];
        if (paths.Count > 0)
        {
            return paths;
        }

        ErrorMessage.Write(
            repository is null
                ? "The current folder is not in the course's repository. Go there, or name "
                    + $"the notebooks to {what}. 'rnn new my-course' makes a copy of the course."
                : $"There are no notebooks (.ipynb) in {repository.Notebooks}. Name the notebooks to {what}."
        );
        return null;
    }

    private static bool IsEmptyFolder(string name) => Directory.Exists(name) && Files(name).Count == 0;

    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)];
}
