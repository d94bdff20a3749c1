using System.IO.MemoryMappedFiles;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>The assemblies that the running process can already supply: the framework's and the host program's
/// own.</summary>
internal static class HostAssemblies
{
    private static readonly Dictionary<string, string> PathByName = ReadTrustedPaths();
    private static readonly Lazy<(string Path, PEReader Image)[]> FrameworkImages = new(() =>
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return
        [
            .. PathByName
                .Values.Where(path => Path.GetDirectoryName(path) == folder)
                .Order(StringComparer.Ordinal)
                .Select(path => (path, Map(path)))
                .Where(image => image.Item2.HasMetadata),
        ];
    });

    /// <summary>References to all assemblies of the framework. Each session has separate references, since the compiler
    /// mixes up the types of sessions that share them; but the files are read only once for all sessions of the
    /// process.</summary>
    public static unsafe IReadOnlyList<MetadataReference> Framework =>
        [
            .. FrameworkImages.Value.Select(image =>
            {
                var metadata = image.Image.GetMetadata();
                var module = ModuleMetadata.CreateFromMetadata((nint)metadata.Pointer, metadata.Length);
                return AssemblyMetadata.Create(module).GetReference(filePath: image.Path);
            }),
        ];

    /// <summary>Whether the framework has an assembly with this simple name.</summary>
    public static bool IsFramework(string simpleName) =>
        FindByName(simpleName) is { } path
        && Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    /// <summary>The path of the assembly with this simple name, or null if the process has none.</summary>
    public static string? FindByName(string simpleName) => PathByName.GetValueOrDefault(simpleName);

    /// <summary>The path of the process's own library with the same name, if it isn't older; otherwise null.</summary>
    public static string? FindNotOlder(string path) =>
        FindByName(Path.GetFileNameWithoutExtension(path)) is { } own
        && AssemblyName.GetAssemblyName(own).Version >= AssemblyName.GetAssemblyName(path).Version
            ? own
            : null;

    /// <summary>The process's own copy of a library, if it is exactly the same build; otherwise null.</summary>
    /// <remarks>
    /// One build loaded from two places gives two incompatible sets of types. A different build with the same name is
    /// what the notebook asked for, and is used.
    /// </remarks>
    public static Assembly? FindSameBuild(string path)
    {
        if (FindByName(Path.GetFileNameWithoutExtension(path)) is not { } own || ReadBuildId(own) != ReadBuildId(path))
        {
            return null;
        }

        return Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(own)));
    }

    /// <summary>Reads the unique id (MVID) that the compiler gives to each build.</summary>
    /// <exception cref="BadImageFormatException">The file isn't a .NET assembly.</exception>
    public static Guid ReadBuildId(string path)
    {
        using var reader = new PEReader(File.OpenRead(path));
        if (!reader.HasMetadata)
        {
            throw new BadImageFormatException("The file holds no .NET metadata.", path);
        }

        var metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    // Mapped for as long as the process lives, not read: the compiler looks at a few pages of most assemblies.
    private static unsafe PEReader Map(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new PEReader(start, (int)view.Capacity);
    }

    private static Dictionary<string, string> ReadTrustedPaths()
    {
        var paths = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            byName.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }

        return byName;
    }
}
