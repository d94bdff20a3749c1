using System.Reflection;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>A library found for a <c>#r</c> line: its file, and the process's own copy if that is the same
/// build.</summary>
internal sealed record FoundLibrary(string Path, Assembly? Loaded);

/// <summary>Finds the library that a <c>#r</c> line asks for by its path or its name.</summary>
/// <param name="places">The folders in which relative paths are looked up.</param>
/// <param name="missingLibraryHint">What to do about a library that doesn't exist; one sentence.</param>
internal sealed class ReferenceFinder(ImportStack places, string missingLibraryHint)
{
    /// <summary>Finds the library.</summary>
    /// <exception cref="FileNotFoundException">The library doesn't exist; the message says where it was searched
    /// for.</exception>
    /// <exception cref="BadImageFormatException">The file exists but isn't a .NET library.</exception>
    public FoundLibrary Find(string argument)
    {
        var asked = argument.Trim();
        if (Packages.PackageRequest.IsPackage(asked))
        {
            throw new FileNotFoundException(
                $"'{asked}': a file of #load can't name a package; write the #r line into the cell."
            );
        }

        var path = places.Resolve(asked);
        if (File.Exists(path))
        {
            return Open(path);
        }

        // #r "System.Net.Http" names an assembly of the framework, with or without the ending.
        var bare = asked.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? asked[..^4] : asked;
        if (HostAssemblies.FindByName(bare) is { } known)
        {
            return Open(known);
        }

        throw new FileNotFoundException($"The library {path} was not found. {missingLibraryHint}", path);
    }

    /// <summary>Opens the library in a file.</summary>
    /// <exception cref="BadImageFormatException">The file isn't a .NET library.</exception>
    public static FoundLibrary Open(string path)
    {
        try
        {
            return new FoundLibrary(path, HostAssemblies.FindSameBuild(path) ?? Verify(path));
        }
        catch (BadImageFormatException e)
        {
            throw new BadImageFormatException($"{path} is not a .NET library: {e.Message}", path, e);
        }
    }

    private static Assembly? Verify(string path)
    {
        _ = HostAssemblies.ReadBuildId(path);
        return null;
    }
}
