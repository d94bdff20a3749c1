using Microsoft.CodeAnalysis;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>The libraries, packages and sources named in the <c>#r</c> and <c>#i</c> lines of a notebook: as lines of
/// the program, and as files to compile against.</summary>
internal sealed class ProgramReferences(ReferenceFinder finder, PackageFinder packages)
{
    private readonly Dictionary<string, PackageRequest> _packages = new(StringComparer.OrdinalIgnoreCase);

    private IReadOnlyList<PackageRequest> _substitutes = [];

    /// <summary>Projects to reference, by full path.</summary>
    public List<string> Projects { get; } = [];

    /// <summary>Packages to reference, as name and version.</summary>
    public IEnumerable<(string Name, string Version)> Packages =>
        _packages.Values.Concat(_substitutes).Select(package => (package.Name, package.Version ?? "*"));

    /// <summary>Further sources of packages.</summary>
    public List<string> Sources { get; } = [];

    /// <summary>Resolves the lines of one piece of code; returns the files to compile against.</summary>
    /// <exception cref="ExportException">A line names something that a program can't reference.</exception>
    public async Task<IReadOnlyList<MetadataReference>> FollowAsync(CodePart part)
    {
        var libraries = new List<string>();
        var asked = new List<PackageRequest>();
        foreach (var reference in part.References)
        {
            try
            {
                if (reference.IsSource)
                {
                    packages.AddSource(reference.Argument);
                    Sources.Add(PackageRequest.WithoutPrefix(reference.Argument));
                }
                else if (PackageRequest.IsPackage(reference.Argument))
                {
                    var package = PackageRequest.Parse(reference.Argument);
                    asked.Add(package);
                    if (package.Version is not null || !_packages.ContainsKey(package.Name))
                    {
                        _packages[package.Name] = package;
                    }
                }
                else
                {
                    libraries.Add(FindLibrary(reference.Argument));
                }
            }
            catch (Exception e)
                when (e is IOException or UnauthorizedAccessException or BadImageFormatException or ArgumentException)
            {
                throw new ExportException(part.Source, reference.Line.Number, e.Message);
            }
        }

        if (asked.Count > 0)
        {
            libraries.AddRange(await FindAsync(part, asked).ConfigureAwait(false));
        }

        return [.. libraries.Select(path => MetadataReference.CreateFromFile(path))];
    }

    private string FindLibrary(string argument)
    {
        var found = finder.Find(argument);
        if (HostAssemblies.IsFramework(Path.GetFileNameWithoutExtension(found.Path)))
        {
            return found.Path;
        }

        // A file-based program has lines for projects and packages, and none for a bare library.
        var project =
            ProjectFinder.Find(found.Path)
            ?? throw new FileNotFoundException(
                "A program of one file can use projects and packages, and no project is known that builds "
                    + $"{found.Path}. "
                    + "Name the library where its project puts it (artifacts/bin/<project>/release), or use a "
                    + "package: #r \"nuget: Name, Version\"."
            );
        if (!Projects.Contains(project))
        {
            Projects.Add(project);
        }

        return found.Path;
    }

    private async Task<IReadOnlyList<string>> FindAsync(CodePart part, IReadOnlyList<PackageRequest> asked)
    {
        try
        {
            var found = await packages.FindAsync(asked).ConfigureAwait(false);
            foreach (var (name, folder) in found.Extensions)
            {
                if (File.Exists(Path.Combine(folder, FoundPackages.ExtensionScript)))
                {
                    throw new IOException(
                        $"The package {name} contains cells (interactive-extensions/dotnet/"
                            + $"{FoundPackages.ExtensionScript}) that only a notebook can execute. Write those that "
                            + "the program needs into a cell, in place of this line."
                    );
                }
            }

            foreach (var (name, version) in found.Versions)
            {
                // Where the version asked for can't be had, the one in its place is what the program is to be restored
                // with.
                if (_packages.TryGetValue(name, out var package) && package.IsExact)
                {
                    _packages[name] = package with { Version = version };
                }
            }

            // The program names them, too, so that its restore gets the same versions; what the engine needs comes with
            // its project.
            if (found.Substitutes is { } substitutes)
            {
                _substitutes =
                [
                    .. substitutes
                        .Where(package => HostPackages.OfThisProgram.VersionOf(package.Name) is null)
                        .Select(package => new PackageRequest(package.Name, package.Version)),
                ];
            }

            return found.Libraries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(
                part.Source,
                part.References.First(line => !line.IsSource && PackageRequest.IsPackage(line.Argument)).Line.Number,
                e.Message
            );
        }
    }
}
