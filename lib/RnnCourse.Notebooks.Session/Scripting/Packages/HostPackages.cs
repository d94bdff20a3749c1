using System.Text.Json;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>The packages and projects with which the running program was built, according to its list of dependencies
/// (<c>.deps.json</c>).</summary>
internal sealed class HostPackages
{
    private readonly Dictionary<string, Package> _packages = new(StringComparer.OrdinalIgnoreCase);

    private HostPackages() { }

    /// <summary>The packages of this program.</summary>
    public static HostPackages OfThisProgram { get; } =
        Read(AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? "");

    /// <summary>The version of a package; <see langword="null"/> if the program doesn't have it.</summary>
    public string? VersionOf(string name) => _packages.GetValueOrDefault(name)?.Version;

    /// <summary>The files of a package and of all packages that it needs.</summary>
    public IReadOnlyList<string> LibrariesOf(string name)
    {
        var libraries = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Add(name);
        return libraries;

        void Add(string package)
        {
            if (!seen.Add(package) || !_packages.TryGetValue(package, out var found))
            {
                return;
            }

            libraries.AddRange(found.Libraries.Select(HostAssemblies.FindByName).OfType<string>());
            foreach (var needed in found.Needs)
            {
                Add(needed);
            }
        }
    }

    internal static HostPackages Read(string dependencyFiles)
    {
        var packages = new HostPackages();
        foreach (var file in dependencyFiles.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(File.Exists))
        {
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                packages.Add(document.RootElement);
            }
            catch (Exception e)
                when (e
                        is JsonException
                            or IOException
                            or UnauthorizedAccessException
                            or KeyNotFoundException
                            or InvalidOperationException
                )
            {
                // The program's own packages are unknown then, and packages are looked for elsewhere.
            }
        }

        return packages;
    }

    private void Add(JsonElement root)
    {
        var kinds = root.GetProperty("libraries");
        foreach (var target in root.GetProperty("targets").EnumerateObject())
        {
            foreach (var library in target.Value.EnumerateObject())
            {
                var parts = library.Name.Split('/');
                if (
                    kinds.TryGetProperty(library.Name, out var kind)
                    && kind.GetProperty("type").GetString() is "package" or "project"
                )
                {
                    _packages.TryAdd(
                        parts[0],
                        new Package(parts[1], Names(library.Value, "runtime"), Names(library.Value, "dependencies"))
                    );
                }
            }
        }
    }

    private static List<string> Names(JsonElement library, string group) =>
        library.TryGetProperty(group, out var items)
            ?
            [
                .. items
                    .EnumerateObject()
                    .Select(item => group == "runtime" ? Path.GetFileNameWithoutExtension(item.Name) : item.Name),
            ]
            : [];

    private sealed record Package(string Version, IReadOnlyList<string> Libraries, IReadOnlyList<string> Needs);
}
