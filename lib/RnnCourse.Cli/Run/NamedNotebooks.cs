namespace RnnCourse.Cli.Run;

/// <summary>The notebooks that a user named: a file stands for itself, a folder for the notebooks in it.</summary>
internal static class NamedNotebooks
{
    /// <summary>The notebooks' paths; those of a folder in the order of their names.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> names) =>
        [.. names.SelectMany(name => Directory.Exists(name) ? Files(name) : [name])];

    /// <summary>Whether a name is that of a folder without notebooks.</summary>
    public static bool IsEmptyFolder(string name) => Directory.Exists(name) && Files(name).Count == 0;

    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)];
}
