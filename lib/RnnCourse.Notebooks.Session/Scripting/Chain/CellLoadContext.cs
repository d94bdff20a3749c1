using System.Reflection;
using System.Runtime.Loader;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>The load context of one assembly. References are looked up in the framework first, then in
/// <see cref="CellLoader"/>.</summary>
internal sealed class CellLoadContext : AssemblyLoadContext
{
    private readonly CellLoader _loader;

    /// <param name="name">For debuggers.</param>
    /// <param name="loader">Finds the libraries to which the assembly refers.</param>
    /// <param name="folder">The folder of its libraries; null for the code of cells.</param>
    /// <param name="isCollectible">Whether it is unloaded when it is no longer used.</param>
    public CellLoadContext(string name, CellLoader loader, string? folder, bool isCollectible)
        : base(name, isCollectible)
    {
        _loader = loader;
        Resolving += (_, wanted) => loader.Find(wanted, folder);
    }

    // Null asks the framework's own context; only cells are certain not to be there.
    protected override Assembly? Load(AssemblyName assemblyName) => _loader.FindCell(assemblyName.Name);
}
