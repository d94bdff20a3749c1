using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Resolves the <c>#r</c> lines of files that a cell loads with <c>#load</c>, relative to the file or the
/// notebook; those of the cells themselves have been resolved before.</summary>
/// <param name="finder">Finds libraries.</param>
/// <param name="found">Called with the file of each library that is resolved here.</param>
internal sealed class ScriptReferenceResolver(ReferenceFinder finder, Action<string>? found = null)
    : MetadataReferenceResolver
{
    private static readonly string Engine = typeof(ScriptReferenceResolver).Assembly.Location;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference,
        string? baseFilePath,
        MetadataReferenceProperties properties
    )
    {
        try
        {
            var beside = Path.IsPathRooted(baseFilePath)
                ? Path.Combine(Path.GetDirectoryName(baseFilePath)!, reference)
                : null;
            var library = finder.Find(File.Exists(beside) ? beside : reference);
            found?.Invoke(library.Loaded?.Location ?? library.Path);
            return [MetadataReference.CreateFromFile(library.Loaded?.Location ?? library.Path, properties)];
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public override bool ResolveMissingAssemblies => true;

    // Libraries beside a referenced one, and those of this process, are found without a #r line of their own.
    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition,
        AssemblyIdentity referenceIdentity
    )
    {
        var path = (definition as PortableExecutableReference)?.FilePath;
        if (path == Engine)
        {
            // Cells need nothing more of the engine, and reading all libraries of the compiler and the editor services
            // would take a tenth of a second at each start.
            return null;
        }

        var folder = Path.GetDirectoryName(path);
        var beside = folder is null ? null : Path.Combine(folder, referenceIdentity.Name + ".dll");
        if (beside is not null && File.Exists(beside))
        {
            found?.Invoke(beside);
            return MetadataReference.CreateFromFile(beside);
        }

        return HostAssemblies.FindByName(referenceIdentity.Name) is { } own
            ? MetadataReference.CreateFromFile(own)
            : null;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
