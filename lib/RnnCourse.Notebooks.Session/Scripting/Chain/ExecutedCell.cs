using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>A cell that was executed and whose names later cells can use.</summary>
public sealed class ExecutedCell
{
    internal ExecutedCell(CompiledCell cell, ExecutedCell? previous)
    {
        // Doesn't hold the cell itself, whose array of states would keep all variables of earlier cells alive.
        (Code, Options, Previous) = (cell.Code, cell.Options, previous);
        (Compilation, Declarations, Assembly) = (cell.Compilation, cell.Declarations, cell.Assembly);
        (RefersTo, HasNamelessTypes, Instance) = (cell.RefersTo, cell.HasNamelessTypes, cell.Instance);
    }

    /// <summary>Its code.</summary>
    public string Code { get; }

    /// <summary>The options with which it was compiled: the imports and the references that no earlier cell
    /// had.</summary>
    public ScriptOptions Options { get; }

    /// <summary>The previous cell, or null.</summary>
    public ExecutedCell? Previous { get; private set; }

    internal CSharpCompilation Compilation { get; private set; }

    internal CellDeclarations Declarations { get; }

    /// <summary>Its assembly, loaded as long as later cells can use it; null if there was nothing to run.</summary>
    internal Assembly? Assembly { get; }

    /// <summary>The assemblies of the earlier cells that its code uses.</summary>
    internal IReadOnlyList<string> RefersTo { get; }

    internal bool HasNamelessTypes { get; }

    /// <summary>Its number, in the order in which cells were added.</summary>
    internal int Order { get; init; }

    /// <summary>The object whose fields are its variables; null if none of them can be named any more.</summary>
    internal object? Instance { get; set; }

    /// <summary>A copy of this cell that follows another one.</summary>
    internal ExecutedCell After(ExecutedCell? previous)
    {
        var moved = (ExecutedCell)MemberwiseClone();
        moved.Previous = previous;
        // The compiler looks for its #r lines once more, and may not find them where they were.
        moved.Compilation = (
            (CSharpCompilation)Compilation.AddReferences(Compilation.DirectiveReferences)
        ).WithScriptCompilationInfo(
            Compilation.ScriptCompilationInfo!.WithPreviousScriptCompilation(previous?.Compilation)
        );
        return moved;
    }

    /// <summary>Its variables.</summary>
    internal IEnumerable<(string Name, Type Type, object? Value)> Variables =>
        Instance is not { } instance
            ? []
            : instance
                .GetType()
                .GetFields(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
                .Where(variable => char.IsLetterOrDigit(variable.Name[0]) || variable.Name[0] == '_')
                .Select(variable => (variable.Name, variable.FieldType, variable.GetValue(instance)));
}
