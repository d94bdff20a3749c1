using System.Reflection;
using System.Runtime.Loader;
using RnnCourse.Notebooks.Session.Scripting.Chain;

namespace RnnCourse.Notebooks.Session.Scripting.Extensions;

/// <summary>The load context of an extension's library: references to .NET Interactive lead to this engine's
/// replacement, all others to the libraries that cells use.</summary>
internal sealed class ExtensionContext : AssemblyLoadContext
{
    public ExtensionContext(string name, CellLoader loader)
        : base(name) => Resolving += (_, wanted) => loader.Find(wanted, folder: null);

    protected override Assembly? Load(AssemblyName assemblyName) => FacadeAssemblies.Find(assemblyName.Name);
}
