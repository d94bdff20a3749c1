namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Finds the project that builds a library, by the library's path in the build output.</summary>
internal static class ProjectFinder
{
    /// <summary>The project file, or null if no known project has this output path.</summary>
    /// <param name="library">Full path of the library; <c>artifacts/bin/Project/release/…</c> or
    /// <c>Project/bin/Release/net10.0/…</c>.</param>
    public static string? Find(string library)
    {
        for (var folder = new FileInfo(library).Directory; folder is not null; folder = folder.Parent)
        {
            if (!folder.Name.Equals("bin", StringComparison.OrdinalIgnoreCase) || folder.Parent is not { } parent)
            {
                continue;
            }

            var built = Path.GetRelativePath(folder.FullName, library).Split(Path.DirectorySeparatorChar);
            return parent.Name == "artifacts" && parent.Parent is { } root && built.Length > 1
                ? InRepository(root, built[0])
                : Only(parent);
        }

        return null;
    }

    // Beside the artifacts, or one or two folders down: src/Project/Project.csproj.
    private static string? InRepository(DirectoryInfo root, string name) =>
        new[] { root }
            .Concat(Folders(root))
            .Select(folder => Path.Combine(folder.FullName, name, name + ".csproj"))
            .FirstOrDefault(File.Exists);

    private static IEnumerable<DirectoryInfo> Folders(DirectoryInfo root) =>
        root.EnumerateDirectories()
            .Where(folder => !folder.Name.StartsWith('.') && folder.Name != "artifacts")
            .OrderBy(folder => folder.Name, StringComparer.Ordinal);

    private static string? Only(DirectoryInfo folder) =>
        folder.GetFiles("*.csproj") is [var project] ? project.FullName : null;
}
