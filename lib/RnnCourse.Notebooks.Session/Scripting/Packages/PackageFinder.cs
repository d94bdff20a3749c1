namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>
/// Finds the packages of one notebook: first among those with which the program itself was built, if the version is the
/// same (or none is named), then through the .NET SDK. If the SDK can't find a package, a newer version of the
/// program's own is used if it has the same major version.
/// </summary>
/// <param name="baseDirectory">The notebook's folder.</param>
/// <param name="restore">Finds the packages that the program doesn't have, given all requests and the added
/// sources.</param>
internal sealed class PackageFinder(
    string baseDirectory,
    Func<IReadOnlyList<PackageRequest>, IReadOnlyList<string>, CancellationToken, Task<FoundPackages>> restore
)
{
    private readonly Dictionary<string, string> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PackageRequest> _restored = [];
    private readonly List<string> _sources = [];

    /// <summary>Creates a finder that gets missing packages through the .NET SDK.</summary>
    public PackageFinder(string baseDirectory)
        : this(baseDirectory, new PackageRestore(baseDirectory).RunAsync) { }

    /// <summary>Adds a source of packages, a folder or an address.</summary>
    /// <exception cref="IOException">The source lacks its prefix, is empty, is a folder that doesn't exist, or contains
    /// a semicolon, with which the .NET SDK separates sources.</exception>
    public void AddSource(string source)
    {
        var place = PackageRequest.WithoutPrefix(source);
        if (!PackageRequest.IsPackage(source))
        {
            throw new IOException($"'{place}' isn't a source of packages. Write #i \"nuget: {place}\".");
        }

        if (place.Length == 0 || place.Contains(';', StringComparison.Ordinal))
        {
            throw new IOException($"'{place}' isn't a source of packages. Name one folder or address, without ';'.");
        }

        if (place.Contains("://", StringComparison.Ordinal))
        {
            _sources.Add(place);
            return;
        }

        var folder = Path.GetFullPath(Path.Combine(baseDirectory, place));
        if (!Directory.Exists(folder))
        {
            throw new IOException($"The folder {folder}, where packages should be, was not found.");
        }

        _sources.Add(folder);
    }

    /// <summary>Finds the packages that one piece of a cell requests.</summary>
    /// <exception cref="IOException">A package isn't available, or conflicts with packages that the notebook already
    /// uses.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public async Task<FoundPackages> FindAsync(
        IReadOnlyList<PackageRequest> requests,
        CancellationToken cancellation = default
    )
    {
        var versions = new List<(string, string)>();
        var libraries = new List<string>();
        var missing = new List<PackageRequest>();
        foreach (var request in requests)
        {
            if (_versions.TryGetValue(request.Name, out var used))
            {
                RequireFits(request, used);
                versions.Add(
                    (request.Name, request.Version is null or "*" or "*-*" ? $"{used} (in use already)" : used)
                );
            }
            else if (
                HostPackages.OfThisProgram.VersionOf(request.Name) is { } own
                && (request.Version is null || request.Version == own)
            )
            {
                libraries.AddRange(HostPackages.OfThisProgram.LibrariesOf(request.Name));
                versions.Add((request.Name, own));
                _versions[request.Name] = own;
            }
            else
            {
                missing.Add(request);
            }
        }

        if (missing.Count == 0)
        {
            return new FoundPackages(versions, libraries, []);
        }

        // Packages restored earlier are requested again, so that shared dependencies keep one version.
        FoundPackages found;
        try
        {
            found = await restore([.. _restored, .. missing], _sources, cancellation).ConfigureAwait(false);
        }
        catch (IOException) when (missing.TrueForAll(HasCompatible))
        {
            // A newer build of the same major version should be compatible, and is better than an error.
            found = new FoundPackages(
                [.. missing.Select(request => (request.Name, HostPackages.OfThisProgram.VersionOf(request.Name)!))],
                [.. missing.SelectMany(request => HostPackages.OfThisProgram.LibrariesOf(request.Name))],
                []
            );
            missing.Clear();
            versions.AddRange(found.Versions);
        }

        _ = _sources.RemoveAll(found.LeftOut.Contains);
        found = WithOwnNewer(found);
        foreach (var (name, version) in found.Versions)
        {
            _versions[name] = version.Split(' ')[0];
        }

        _restored.AddRange(missing);
        return new FoundPackages(
            [.. versions, .. found.Versions.Where(package => IsMissing(package.Name))],
            [.. libraries, .. found.Libraries],
            found.NativeFolders
        )
        {
            Substitutes = found.Substitutes,
            LeftOut = found.LeftOut,
            Extensions = [.. found.Extensions.Where(extension => IsMissing(extension.Name))],
        };

        bool IsMissing(string package) =>
            missing.Any(request => request.Name.Equals(package, StringComparison.OrdinalIgnoreCase));
    }

    // The framework loads the program's own library whenever that name is requested and the program's version isn't
    // older. So cells are compiled with that library and told its version.
    private static FoundPackages WithOwnNewer(FoundPackages found)
    {
        var libraries = found.Libraries.Select(path => HostAssemblies.FindNotOlder(path) ?? path).ToList();
        var replaced = found.Libraries.Except(libraries).Select(Path.GetFileNameWithoutExtension).ToList();
        return found with
        {
            Libraries = libraries,
            Versions =
            [
                .. found.Versions.Select(package =>
                    replaced.Contains(package.Name, StringComparer.OrdinalIgnoreCase)
                    && HostPackages.OfThisProgram.VersionOf(package.Name) is { } own
                    && own != package.Version
                        ? (package.Name, $"{own} (the engine's own, in place of {package.Version})")
                        : package
                ),
            ],
        };
    }

    // The same major version, not older, and not a preview.
    private static bool HasCompatible(PackageRequest request) =>
        HostPackages.OfThisProgram.VersionOf(request.Name) is { } own
        && request.IsExact
        && Version.TryParse(own, out var ours)
        && Version.TryParse(
            request.Version!.Contains('.', StringComparison.Ordinal) ? request.Version : request.Version + ".0",
            out var asked
        )
        && ours.Major == asked.Major
        && ours.Major > 0
        && ours >= asked;

    private static void RequireFits(PackageRequest request, string used)
    {
        if (!request.Admits(used))
        {
            throw new IOException(
                $"The package {request.Name} is in use as version {used}, so version {request.Version} "
                    + "can't be used as well. Use one version of it in the whole notebook."
            );
        }
    }
}
