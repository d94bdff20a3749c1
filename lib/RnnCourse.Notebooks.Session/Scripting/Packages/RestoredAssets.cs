using System.Text.Json;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>Reads the result of the build tool: the versions that it found, and their files for this machine.</summary>
internal static class RestoredAssets
{
    public static FoundPackages Read(string file, IReadOnlyCollection<PackageRequest> requests)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = root.GetProperty("libraries");

        // Of the two targets, the one with the kind of machine in its name has the files that fit.
        var target = root.GetProperty("targets").EnumerateObject().OrderByDescending(t => t.Name.Length).First();
        var versions = new List<(string, string)>();
        var substitutes = new List<(string, string)>();
        var needed = NeededVersions(target.Value);
        var managed = new List<string>();
        var native = new List<string>();
        var extensions = new List<(string, string)>();
        foreach (var library in target.Value.EnumerateObject())
        {
            var parts = library.Name.Split('/');
            if (requests.Any(request => request.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase)))
            {
                versions.Add((parts[0], parts[1]));
            }
            else if (!needed.Contains(library.Name))
            {
                substitutes.Add((parts[0], parts[1]));
            }

            if (
                libraries.GetProperty(library.Name).TryGetProperty("path", out var path)
                && folders.Select(folder => Path.Combine(folder, path.GetString()!)).FirstOrDefault(Directory.Exists)
                    is { } home
            )
            {
                managed.AddRange(Files(library.Value, "runtime", home));
                var extension = Path.Combine(home, "interactive-extensions", "dotnet");
                if (Directory.Exists(extension))
                {
                    extensions.Add((parts[0], extension));
                }

                native.AddRange(Files(library.Value, "native", home).Select(name => Path.GetDirectoryName(name)!));
            }
        }

        return new FoundPackages(versions, [.. managed.Where(IsNeeded)], [.. native.Distinct(StringComparer.Ordinal)])
        {
            Substitutes = substitutes,
            Extensions = extensions,
        };
    }

    // The lowest version of a dependency that each package accepts, as "Name/1.2.3"; it is used if it is available.
    private static HashSet<string> NeededVersions(JsonElement target) =>
        target
            .EnumerateObject()
            .Where(library => library.Value.TryGetProperty("dependencies", out _))
            .SelectMany(library => library.Value.GetProperty("dependencies").EnumerateObject())
            .Select(need => $"{need.Name}/{need.Value.GetString()!.Trim('[', ']', '(', ')').Split(',')[0]}")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Files(JsonElement library, string group, string home) =>
        library.TryGetProperty(group, out var files)
            ? files
                .EnumerateObject()
                .Where(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal))
                .Select(file => Path.GetFullPath(Path.Combine(home, file.Name)))
            : [];

    // A library of the framework is never replaced by one from an older package.
    private static bool IsNeeded(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        && !HostAssemblies.IsFramework(Path.GetFileNameWithoutExtension(path));
}
