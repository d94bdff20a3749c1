using System.Reflection;

namespace RnnCourse.Notebooks.Scripting;

/// <summary>A library found for a <c>#r</c> line: its file, and the process's own copy if that is the same build.</summary>
internal sealed record FoundLibrary(string Path, Assembly? Loaded);

/// <summary>Finds what a <c>#r</c> line asks for.</summary>
/// <param name="baseDirectory">Folder that relative paths start from.</param>
/// <param name="missingLibraryHint">What to do about a library that is not there, one sentence.</param>
internal sealed class ReferenceFinder(string baseDirectory, string missingLibraryHint)
{
    private const string PackagePrefix = "nuget:";

    /// <summary>Finds the library.</summary>
    /// <exception cref="FileNotFoundException">There is no such library; the message says where it was looked for.</exception>
    /// <exception cref="BadImageFormatException">The file is there but is no .NET library.</exception>
    public FoundLibrary Find(string argument)
    {
        var asked = argument.Trim();
        if (asked.StartsWith(PackagePrefix, StringComparison.OrdinalIgnoreCase))
        {
            return FindPackage(asked);
        }

        var path = Path.GetFullPath(Path.Combine(baseDirectory, asked.Replace('\\', Path.DirectorySeparatorChar)));
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

        throw new FileNotFoundException($"There is no library {path}. {missingLibraryHint}", path);
    }

    private static FoundLibrary FindPackage(string asked)
    {
        var name = asked[PackagePrefix.Length..].Split(',')[0].Trim();
        if (name.Length > 0 && HostAssemblies.FindByName(name) is { } path)
        {
            return Open(path);
        }

        throw new FileNotFoundException(
            $"The package '{name}' is not part of this engine, and packages are not downloaded. " +
            "Reference a library by its path instead: #r \"folder/library.dll\".");
    }

    private static FoundLibrary Open(string path)
    {
        try
        {
            return new FoundLibrary(path, HostAssemblies.FindSameBuild(path) ?? Verify(path));
        }
        catch (BadImageFormatException e)
        {
            throw new BadImageFormatException($"{path} is no .NET library: {e.Message}", path, e);
        }
    }

    private static Assembly? Verify(string path)
    {
        _ = HostAssemblies.ReadBuildId(path);
        return null;
    }
}
