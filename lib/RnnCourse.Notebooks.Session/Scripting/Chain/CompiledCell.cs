using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>A cell that is loaded and can be run, once, after the cells that it was compiled for.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Options">The options with which it was compiled.</param>
/// <param name="Compilation">The compilation.</param>
/// <param name="Declarations">What it declares.</param>
/// <param name="Assembly">Its loaded assembly; null if there is nothing to run.</param>
/// <param name="RefersTo">The assemblies of the earlier cells that its code uses.</param>
/// <param name="HasNamelessTypes">Whether it has a compiler-named type, such as an anonymous one, that other cells can
/// use.</param>
/// <param name="States">The objects that hold the earlier cells' variables, and room for its own.</param>
internal sealed record CompiledCell(
    string Code,
    ScriptOptions Options,
    CSharpCompilation Compilation,
    CellDeclarations Declarations,
    Assembly? Assembly,
    IReadOnlyList<string> RefersTo,
    bool HasNamelessTypes,
    object?[] States
)
{
    private readonly Func<object?[], Task<object?>>? _entry = Assembly is null ? null : EntryOf(Compilation, Assembly);

    /// <summary>The object that holds the cell's own variables; null before it has begun to run.</summary>
    public object? Instance => States[^1];

    /// <summary>Runs it with the objects of <see cref="States"/>; null if there is nothing to run.</summary>
    public Func<object?[], Task<object?>>? Entry => _entry;

    /// <summary>Runs the cell.</summary>
    /// <returns>The value of its last expression, or what it threw.</returns>
    public Task<(object? Value, Exception? Thrown)> RunAsync() => RunAsync(_entry, States);

    /// <summary>Runs compiled code.</summary>
    /// <param name="entry">The code; null if there is nothing to run.</param>
    /// <param name="states">The objects that hold the earlier cells' variables, and room for its own.</param>
    /// <returns>The value of its last expression, or what it threw.</returns>
    public static async Task<(object? Value, Exception? Thrown)> RunAsync(
        Func<object?[], Task<object?>>? entry,
        object?[] states
    )
    {
        try
        {
            return (entry is null ? null : await entry(states).ConfigureAwait(false), null);
        }
#pragma warning disable CA1031 // whatever a cell throws is its result
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (null, e);
        }
    }

    private static Func<object?[], Task<object?>> EntryOf(CSharpCompilation compilation, Assembly assembly)
    {
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        return assembly
            .GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }
}
