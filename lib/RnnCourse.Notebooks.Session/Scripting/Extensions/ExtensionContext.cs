using System.Reflection;
using System.Runtime.Loader;
using RnnCourse.Notebooks.Session.Scripting.Chain;

namespace RnnCourse.Notebooks.Session.Scripting.Extensions;

/// <summary>What the library of an extension is loaded into: .NET Interactive is what stands in for it, and all the
/// rest is what cells get.</summary>
internal sealed class ExtensionContext : AssemblyLoadContext
{
    public ExtensionContext(string name, CellLoader loader)
        : base(name) => Resolving += (_, wanted) => loader.Find(wanted, folder: null);

    protected override Assembly? Load(AssemblyName assemblyName) => FacadeAssemblies.Find(assemblyName.Name);
}
