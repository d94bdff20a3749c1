using System.Reflection;
using System.Runtime.Loader;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>What one assembly is loaded into. The framework comes first, then what <see cref="CellLoader"/>
/// knows.</summary>
internal sealed class CellContext : AssemblyLoadContext
{
    private readonly CellLoader _loader;

    /// <param name="name">For debuggers.</param>
    /// <param name="loader">Finds what the assembly refers to.</param>
    /// <param name="folder">Where its libraries lie; null for the code of cells.</param>
    /// <param name="isCollectible">Whether it goes when nothing uses it any more.</param>
    public CellContext(string name, CellLoader loader, string? folder, bool isCollectible)
        : base(name, isCollectible)
    {
        _loader = loader;
        Resolving += (_, wanted) => loader.Find(wanted, folder);
    }

    // Null asks the framework's own context; only cells are certain not to be there.
    protected override Assembly? Load(AssemblyName assemblyName) => _loader.FindCell(assemblyName.Name);
}
