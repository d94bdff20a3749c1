using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using RnnCourse.Notebooks.Session.Scripting.Chain;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>
/// Lets libraries from packages find each other where <see cref="CellLoader"/> doesn't: it requires the exact version
/// with which a signed library was built, and a restore often chooses a newer one.
/// </summary>
internal sealed class PackageAssemblies : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly CellLoader _loader;

    public PackageAssemblies(CellLoader loader)
    {
        _loader = loader;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    public void Add(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            _paths[Path.GetFileNameWithoutExtension(path)] = path;
        }
    }

    public void Dispose() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private Assembly? Resolve(object? sender, ResolveEventArgs e)
    {
        var wanted = new AssemblyName(e.Name);
        if (
            wanted.Name is not { } name
            || !_paths.TryGetValue(name, out var path)
            || AssemblyName.GetAssemblyName(path).Version < wanted.Version
        )
        {
            return null;
        }

        var loaded = AppDomain
            .CurrentDomain.GetAssemblies()
            .FirstOrDefault(assembly => !assembly.IsDynamic && assembly.Location == path);
        if (loaded is null)
        {
            var context =
                (e.RequestingAssembly is null ? null : AssemblyLoadContext.GetLoadContext(e.RequestingAssembly))
                ?? AssemblyLoadContext.Default;
            loaded = context.LoadFromAssemblyPath(path);

            // A cell that uses the library itself must get this one, not a second copy.
            _loader.Add(loaded);
        }

        return loaded;
    }
}
