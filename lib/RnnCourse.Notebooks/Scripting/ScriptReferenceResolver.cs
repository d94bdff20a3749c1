using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Scripting;

/// <summary>Resolves the <c>#r</c> lines of files that a cell loads with <c>#load</c>; the cells' own are resolved before.</summary>
internal sealed class ScriptReferenceResolver(ReferenceFinder finder) : MetadataReferenceResolver
{
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        try
        {
            var found = finder.Find(reference);
            return [MetadataReference.CreateFromFile(found.Loaded?.Location ?? found.Path, properties)];
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public override bool ResolveMissingAssemblies => true;

    // A library beside a referenced one needs no #r line of its own; what the process brings along needs none either.
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var folder = Path.GetDirectoryName((definition as PortableExecutableReference)?.FilePath);
        var beside = folder is null ? null : Path.Combine(folder, referenceIdentity.Name + ".dll");
        var path = beside is not null && File.Exists(beside) ? beside : HostAssemblies.FindByName(referenceIdentity.Name);
        return path is null ? null : MetadataReference.CreateFromFile(path);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
