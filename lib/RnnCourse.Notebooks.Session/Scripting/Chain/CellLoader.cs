using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>Loads compiled cells, and the libraries that they refer to. May be called from any thread, since cells load
/// libraries when they first need them.</summary>
internal sealed class CellLoader
{
    /// <summary>The letter with which the names of cells' assemblies begin, as in Roslyn's own scripts.</summary>
    public const char Mark = '\u211B';

    private static readonly string[] Endings = [".dll", ".exe"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Library>> _libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, WeakReference<Assembly>> _cells = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Assembly, IReadOnlyList<Assembly>> _needs = [];
    private readonly CellLoadContext _lasting;

    public CellLoader() => _lasting = new CellLoadContext("cells", this, folder: null, isCollectible: false);

    /// <summary>Adds a library that the process has already loaded.</summary>
    public void Add(Assembly assembly)
    {
        lock (_gate)
        {
            Add(new Library(AssemblyIdentity.FromAssemblyDefinition(assembly), null) { Loaded = assembly });
        }
    }

    /// <summary>Adds a library that is loaded when a cell needs it.</summary>
    /// <exception cref="BadImageFormatException">The file isn't a .NET library.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public void Add(string path)
    {
        if (AssemblyIdentity.TryParseDisplayName(AssemblyName.GetAssemblyName(path).FullName, out var identity))
        {
            lock (_gate)
            {
                Add(new Library(identity, path));
            }
        }
    }

    /// <summary>Loads a compiled cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isCollectible">Whether it is unloaded when it is no longer used.</param>
    /// <param name="needs">The assemblies of the cells that it refers to; they stay loaded as long as it does.</param>
    public Assembly Load(EmittedCell cell, bool isCollectible, IReadOnlyList<Assembly> needs)
    {
        using var code = new MemoryStream(cell.Code, writable: false);
        using var symbols = new MemoryStream(cell.Symbols, writable: false);
        var context = isCollectible
            ? new CellLoadContext(cell.AssemblyName, this, folder: null, isCollectible: true)
            : _lasting;
        var assembly = context.LoadFromStream(code, symbols);
        _needs.Add(assembly, needs);
        if (isCollectible)
        {
            // From now on it stays loaded while an object, a running method or another cell needs it.
            context.Unload();
        }

        return assembly;
    }

    /// <summary>Lets later cells find a cell by name.</summary>
    public void Publish(Assembly cell)
    {
        lock (_gate)
        {
            foreach (
                var gone in _cells.Where(known => !known.Value.TryGetTarget(out _)).Select(known => known.Key).ToList()
            )
            {
                _cells.Remove(gone);
            }

            _cells[cell.GetName().Name!] = new WeakReference<Assembly>(cell);
        }
    }

    /// <summary>Finds the cell that was compiled under this name, or null.</summary>
    public Assembly? FindCell(string? name)
    {
        lock (_gate)
        {
            return name is not null && _cells.TryGetValue(name, out var cell) && cell.TryGetTarget(out var assembly)
                ? assembly
                : null;
        }
    }

    /// <summary>Finds a library: in the folder of the library that refers to it, or among those that were
    /// added.</summary>
    /// <exception cref="FileLoadException">The library in that folder has the same name as another library that is
    /// already loaded.</exception>
    public Assembly? Find(AssemblyName wanted, string? folder)
    {
        if (wanted.Name is not { } name || !AssemblyIdentity.TryParseDisplayName(wanted.FullName, out var identity))
        {
            return null;
        }

        var beside = folder is null
            ? null
            : Endings.Select(ending => Path.Combine(folder, name + ending)).FirstOrDefault(File.Exists);
        lock (_gate)
        {
            var known = _libraries.GetValueOrDefault(name, []);
            return (beside is null ? null : FindBeside(beside, identity, known))
                ?? Best(known.Where(library => library.Loaded is not null), identity)?.Loaded
                ?? Load(Best(known, identity));
        }
    }

    private Assembly FindBeside(string path, AssemblyIdentity identity, List<Library> known)
    {
        var loaded = known.Find(library =>
            library.Loaded is not null
            && (
                library.Path == path
                || library.Identity.Version == identity.Version
                || (!library.Identity.IsStrongName && !identity.IsStrongName)
            )
        );
        if (loaded is null)
        {
            return Load(known.Find(library => library.Path == path) ?? Add(new Library(identity, path)))!;
        }

        return loaded.Path == path || loaded.Loaded!.ManifestModule.ModuleVersionId == HostAssemblies.ReadBuildId(path)
            ? loaded.Loaded!
            : throw new FileLoadException(
                $"The library '{identity.Name}' is loaded already from {loaded.Loaded.Location}; another "
                    + "build of it can't be loaded beside it.",
                path
            );
    }

    private static Library? Best(IEnumerable<Library> libraries, AssemblyIdentity identity) =>
        libraries
            .Where(library =>
                DesktopAssemblyIdentityComparer.Default.ReferenceMatchesDefinition(identity, library.Identity)
            )
            .MaxBy(library => library.Identity.Version);

    private Assembly? Load(Library? library) =>
        library is null
            ? null
            : library.Loaded ??= new CellLoadContext(
                library.Identity.Name,
                this,
                Path.GetDirectoryName(library.Path),
                isCollectible: false
            ).LoadFromAssemblyPath(library.Path!);

    private Library Add(Library library)
    {
        if (!_libraries.TryGetValue(library.Identity.Name, out var known))
        {
            _libraries.Add(library.Identity.Name, known = []);
        }

        known.Add(library);
        return library;
    }

    private sealed record Library(AssemblyIdentity Identity, string? Path)
    {
        public Assembly? Loaded { get; set; }
    }
}
