using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>What a compiled cell leaves to later ones, and which names it uses itself.</summary>
internal sealed class CellDeclarations
{
    private const string Variable = "variable ";
    private const string Callable = "callable ";
    private const string TypePrefix = "type ";

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat
        .FullyQualifiedFormat.WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters
                | SymbolDisplayMemberOptions.IncludeType
                | SymbolDisplayMemberOptions.IncludeRef
        )
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType
                | SymbolDisplayParameterOptions.IncludeName
                | SymbolDisplayParameterOptions.IncludeModifiers
                | SymbolDisplayParameterOptions.IncludeExtensionThis
                | SymbolDisplayParameterOptions.IncludeDefaultValue
        )
        .WithGenericsOptions(
            SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
        );

    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);

    // The key is what must be declared again to hide this declaration; null if nothing can hide it.
    private readonly ImmutableArray<(string Name, string? Key)> _members;
    private readonly ImmutableHashSet<string> _usings;

    private CellDeclarations(CSharpCompilation compilation)
    {
        var members = Members(compilation);
        MustLast = members.Any(member => member is INamedTypeSymbol) || compilation.SyntaxTrees.Any(HasPointers);
        BringsLibraries =
            compilation.ExternalReferences.Length > 0
            || compilation.DirectiveReferences.Length > 0
            || compilation.SyntaxTrees.Length > 1;
        _usings =
        [
            .. compilation
                .SyntaxTrees.SelectMany(tree => tree.GetCompilationUnitRoot().Usings)
                .Select(line => line.ToString()),
        ];
        _members = [.. members.Select(member => (member.Name, Key(member)))];
        Types = [.. members.OfType<IFieldSymbol>().Select(TypeOf)];
    }

    /// <summary>The variables and their types.</summary>
    public ImmutableArray<string> Types { get; }

    /// <summary>
    /// Whether its code should not go: it declares types, and what generates code at run time can't build on types that
    /// may go; or it has pointers, and the runtime doesn't see whether one leads to its methods.
    /// </summary>
    public bool MustLast { get; }

    /// <summary>Whether it names libraries or loads files, which hold for later cells too. The first of all cells
    /// does.</summary>
    public bool BringsLibraries { get; }

    /// <summary>Whether no later cell can tell that this one was executed, but by what it did.</summary>
    public bool LeavesNothing => _members.IsEmpty && _usings.IsEmpty && !BringsLibraries;

    /// <summary>Whether it could change what one of these names means in code that was compiled before it.</summary>
    /// <param name="names">The names.</param>
    public bool MayMean(IReadOnlySet<string> names) =>
        BringsLibraries || !_usings.IsEmpty || _members.Any(member => names.Contains(member.Name));

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

    /// <summary>Whether all that it declares is declared again by later cells, so that no cell to come can name
    /// it.</summary>
    /// <param name="later">What later cells have told by <see cref="HideIn"/>.</param>
    public bool IsHidden(IReadOnlySet<string> later) =>
        !BringsLibraries && _members.All(member => member.Key is { } key && later.Contains(key));

    /// <summary>Whether its usings are all told again by the cell that follows when those in between are
    /// gone.</summary>
    /// <param name="following">That cell; null if none does.</param>
    public bool HasUsingsOf(CellDeclarations? following) => _usings.IsSubsetOf(following?._usings ?? []);

    /// <summary>Whether no cell to come can name a variable or a method of it; types need no object to live
    /// in.</summary>
    /// <param name="later">What later cells have told by <see cref="HideIn"/>.</param>
    public bool HasHiddenState(IReadOnlySet<string> later) =>
        _members.All(member =>
            member.Key is { } key && (key.StartsWith(TypePrefix, StringComparison.Ordinal) || later.Contains(key))
        );

    /// <summary>Notes what this cell's declarations hide.</summary>
    public void HideIn(HashSet<string> hidden) => hidden.UnionWith(_members.SelectMany(member => HiddenBy(member.Key)));

    /// <summary>Whether a later cell may mean a declaration of this one. In doubt, yes.</summary>
    /// <param name="wanted">What later cells have told by <see cref="WantIn"/>.</param>
    public bool IsWanted(IReadOnlyDictionary<string, HashSet<string>> wanted) =>
        _members.Any(member =>
            wanted.TryGetValue(member.Name, out var found) && (member.Key is null || !found.Contains(member.Key))
        );

    /// <summary>Notes which names this cell uses, and which declarations of them are found here and need not be looked
    /// for in earlier cells.</summary>
    public void WantIn(Dictionary<string, HashSet<string>> wanted)
    {
        // Lookup in this cell begins with its own declarations, so those in between don't matter to it.
        foreach (var name in _mentioned)
        {
            wanted[name] = new HashSet<string>(StringComparer.Ordinal);
        }

        foreach (var (name, key) in _members)
        {
            if (wanted.TryGetValue(name, out var found))
            {
                found.UnionWith(HiddenBy(key));
            }
        }
    }

    /// <summary>The variables that a compilation declares, and their types.</summary>
    public static IEnumerable<string> TypesOf(CSharpCompilation compilation) =>
        Members(compilation).OfType<IFieldSymbol>().Select(TypeOf);

    private static bool HasPointers(SyntaxTree tree) =>
        tree.GetRoot().DescendantTokens().Any(token => token.IsKind(SyntaxKind.UnsafeKeyword));

    private static ImmutableArray<ISymbol> Members(CSharpCompilation compilation) =>
        compilation.ScriptClass is { } script
            ? [.. script.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName)]
            : [];

    private static string TypeOf(IFieldSymbol field) =>
        $"{field.Name}: {field.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}";

    private static string? Key(ISymbol member) =>
        member switch
        {
            IFieldSymbol field => Key(field, field.Type),
            IPropertySymbol property => Key(property, property.Type),
            IEventSymbol happening => Key(happening, happening.Type),
            IMethodSymbol method => Key(method),
            INamedTypeSymbol type => TypePrefix + type.MetadataName,
            _ => null,
        };

    // In x(1) the compiler skips variables that can't be called and would find a callable one of an earlier cell.
    private static string Key(ISymbol variable, ITypeSymbol type) =>
        (type.TypeKind is TypeKind.Delegate or TypeKind.Dynamic or TypeKind.FunctionPointer ? Callable : Variable)
        + variable.Name;

    // Everything that a call can depend on. Classes of the same name in two cells are different classes.
    private static string Key(IMethodSymbol method)
    {
        var parts = method.ToDisplayParts(Signature);
        var classes = parts
            .Select(part => (part.Symbol as INamedTypeSymbol)?.ContainingAssembly?.Name)
            .Where(cell =>
                cell is not null && cell.StartsWith(CellLoader.Mark) && cell != method.ContainingAssembly.Name
            );
        return $"method {parts.ToDisplayString()} {string.Join(' ', classes)}";
    }

    private static IEnumerable<string> HiddenBy(string? key) =>
        key switch
        {
            null => [],
            _ when key.StartsWith(Callable, StringComparison.Ordinal) =>
            [
                key,
                string.Concat(Variable, key.AsSpan(Callable.Length)),
            ],
            _ => [key],
        };

    private void ReadNames(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            _mentioned.UnionWith(
                tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText)
            );
        }
    }
}
