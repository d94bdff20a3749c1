using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Scripting.Chain;

/// <summary>What a compiled cell leaves to later ones, and which names it uses itself.</summary>
internal sealed class CellDeclarations
{
    private const string Variable = "variable ";
    private const string Callable = "callable ";
    private const string TypePrefix = "type ";

    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);

    // What must be declared again for each declaration to be out of sight; null where nothing can hide it.
    private readonly ImmutableArray<string?> _keys;

    private CellDeclarations(CSharpCompilation compilation)
    {
        var members = Members(compilation);
        DeclaresTypes = members.Any(member => member is INamedTypeSymbol);
        HasDirectives = compilation.SyntaxTrees.Length > 1 || compilation.DirectiveReferences.Length > 0 || compilation.SyntaxTrees.Any(tree =>
            tree.GetCompilationUnitRoot() is { Usings.Count: > 0 } or { Externs.Count: > 0 } || tree.GetCompilationUnitRoot().GetLoadDirectives().Count > 0);
        Names = [.. members.Select(member => member.Name).Distinct(StringComparer.Ordinal)];
        _keys = [.. members.Select(Key)];
        Types = [.. members.OfType<IFieldSymbol>().Select(TypeOf)];
    }

    /// <summary>The names that later cells can use.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The variables and their types.</summary>
    public ImmutableArray<string> Types { get; }

    /// <summary>Whether it declares classes or other types.</summary>
    public bool DeclaresTypes { get; }

    /// <summary>Whether it has usings or loads files, which hold for later cells too.</summary>
    public bool HasDirectives { get; }

    /// <summary>Whether no later cell can tell that this one was executed, but by what it did.</summary>
    public bool LeavesNothing => Names.IsEmpty && !HasDirectives;

    /// <summary>Reads what a compilation declares.</summary>
    public static CellDeclarations Of(CSharpCompilation compilation)
    {
        var declarations = new CellDeclarations(compilation);
        if (!declarations.LeavesNothing)
        {
            declarations.ReadNames(compilation);
        }

        return declarations;
    }

    /// <summary>Whether all that it declares is declared again by later cells, so that no cell to come can name it.</summary>
    /// <param name="later">What later cells have told by <see cref="HideIn"/>.</param>
    public bool IsHidden(IReadOnlySet<string> later) => !HasDirectives && _keys.All(key => key is not null && later.Contains(key));

    /// <summary>Whether no cell to come can name a variable or a method of it; types need no object to live in.</summary>
    /// <param name="later">What later cells have told by <see cref="HideIn"/>.</param>
    public bool HasHiddenState(IReadOnlySet<string> later) =>
        _keys.All(key => key is not null && (key.StartsWith(TypePrefix, StringComparison.Ordinal) || later.Contains(key)));

    /// <summary>Notes what this cell's declarations hide.</summary>
    public void HideIn(HashSet<string> hidden)
    {
        foreach (var key in _keys.OfType<string>())
        {
            hidden.Add(key);
            if (key.StartsWith(Callable, StringComparison.Ordinal))
            {
                hidden.Add(string.Concat(Variable, key.AsSpan(Callable.Length)));
            }
        }
    }

    /// <summary>Notes the names by which the cell may mean declarations of earlier cells. In doubt, one more.</summary>
    public void MentionIn(HashSet<string> names) => names.UnionWith(_mentioned.Except(_decided));

    /// <summary>The variables that a compilation declares, and their types.</summary>
    public static IEnumerable<string> TypesOf(CSharpCompilation compilation) => Members(compilation).OfType<IFieldSymbol>().Select(TypeOf);

    private static ImmutableArray<ISymbol> Members(CSharpCompilation compilation) =>
        compilation.ScriptClass is { } script
            ? [.. script.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName)]
            : [];

    private static string TypeOf(IFieldSymbol field) => $"{field.Name}: {field.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}";

    private static string? Key(ISymbol member) => member switch
    {
        // In x(1) the compiler passes over variables that can't be called, and would find one that can below.
        IFieldSymbol { Type.TypeKind: TypeKind.Delegate or TypeKind.Dynamic or TypeKind.FunctionPointer } => Callable + member.Name,
        IFieldSymbol => Variable + member.Name,
        IMethodSymbol { Arity: 0, IsExtensionMethod: false } method =>
            $"method {member.Name}({string.Join(", ", method.Parameters.Select(p => $"{p.RefKind} {p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}"))})",
        INamedTypeSymbol type => TypePrefix + type.MetadataName,
        _ => null,
    };

    private void ReadNames(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            _mentioned.UnionWith(tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText));
        }

        // Of methods, those of earlier cells count as well: they are overloads.
        _decided.UnionWith(Members(compilation).Where(member => member is IFieldSymbol or INamedTypeSymbol).Select(member => member.Name));
        _decided.ExceptWith(Members(compilation).OfType<IMethodSymbol>().Select(member => member.Name));
    }
}
