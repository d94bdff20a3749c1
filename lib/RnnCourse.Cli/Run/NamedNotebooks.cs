namespace RnnCourse.Cli.Run;

/// <summary>The notebooks that a user named: a file stands for itself, a folder for the notebooks in it.</summary>
internal static class NamedNotebooks
{
    /// <summary>The notebooks' paths; those of a folder in the order of their names.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> names) =>
        [.. names.SelectMany(name => Directory.Exists(name) ? Files(name) : [name])];

    /// <summary>The notebooks that were named, or all lessons if none was; null, once the user is told, if there are
    /// none.</summary>
    /// <param name="names">The names.</param>
    /// <param name="repository">The course's repository, if the current folder lies in it.</param>
    /// <param name="what">What is to be done with them, such as "run".</param>
    public static IReadOnlyList<string>? OrLessons(IReadOnlyList<string> names, Repository? repository, string what)
    {
        if (names.FirstOrDefault(IsEmptyFolder) is { } empty)
        {
            Problem.Tell(
                $"no notebooks: there are no .ipynb files in {empty}. Name another folder, or the notebooks to {what}."
            );
            return null;
        }

        var paths = names.Count > 0 ? In(names) : [.. (repository?.Lessons() ?? []).Select(Terminal.Relative)];
        if (paths.Count > 0)
        {
            return paths;
        }

        Problem.Tell(
            repository is null
                ? "no notebooks: the current folder is not inside the course's repository. Go there, or name "
                    + $"the notebooks to {what}."
                : $"no notebooks: there are no .ipynb files in {repository.Notebooks}. Name the notebooks to {what}."
        );
        return null;
    }

    private static bool IsEmptyFolder(string name) => Directory.Exists(name) && Files(name).Count == 0;

    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)];
}
