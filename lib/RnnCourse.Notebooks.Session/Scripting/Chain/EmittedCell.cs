using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>A compiled cell before it is loaded.</summary>
/// <param name="AssemblyName">The name of its assembly.</param>
/// <param name="Code">The assembly.</param>
/// <param name="Symbols">Its symbols, a portable PDB.</param>
internal sealed record EmittedCell(string AssemblyName, byte[] Code, byte[] Symbols)
{
    /// <summary>The assemblies of earlier cells that it refers to.</summary>
    /// <returns>Their names, and whether the cell has a compiler-named type that others can use, such as that of <c>new
    /// { A = 1 }</c>.</returns>
    public (IReadOnlyList<string> Cells, bool HasNamelessTypes) ReadReferences()
    {
        using var image = new MemoryStream(Code, writable: false);
        using var portable = new PEReader(image);
        var reader = portable.GetMetadataReader();
        var cells = reader
            .AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))
            .Where(name => name.StartsWith(CellLoader.Mark))
            .ToList();
        var nameless = reader
            .TypeDefinitions.Select(handle => reader.GetTypeDefinition(handle))
            .Any(type => !type.IsNested && reader.GetString(type.Name) is ['<', '>', 'f' or 'F' or 'A', ..]);
        return (cells, nameless);
    }
}
