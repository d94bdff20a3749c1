using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>The declarations of a compiled cell that later cells can use, and the names that it uses itself.</summary>
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

    private readonly HashSet<string> _usedNames = new(StringComparer.Ordinal);

    // The key is what must be declared again to hide this declaration; null if nothing can hide it.
    private readonly ImmutableArray<(string Name, string? Key)> _members;
    private readonly ImmutableHashSet<string> _usings;

    private CellDeclarations(CSharpCompilation compilation)
    {
        var members = Members(compilation);
        MustStayLoaded = members.Any(member => member is INamedTypeSymbol) || compilation.SyntaxTrees.Any(HasPointers);
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
    /// Whether its code must not be unloaded: because it declares types, and code generated at run time can't use
    /// unloadable types; or because it has pointers, and the runtime can't tell whether one points to its methods.
    /// </summary>
    public bool MustStayLoaded { get; }

    /// <summary>Whether it references libraries or loads files, which affects later cells, too. True for the first of
    /// all cells.</summary>
    public bool BringsLibraries { get; }

    /// <summary>Whether later cells can use nothing of this one, so that only its side effects remain.</summary>
    public bool LeavesNothing => _members.IsEmpty && _usings.IsEmpty && !BringsLibraries;

    /// <summary>Whether it could change the meaning of one of these names in code that was compiled before
    /// it.</summary>
    /// <param name="names">The names.</param>
    public bool MayChangeMeaningOf(IReadOnlySet<string> names) =>
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

    /// <summary>Whether everything that it declares is declared again by later cells, so that new cells can't name
    /// it.</summary>
    /// <param name="later">The names that later cells have added by <see cref="AddHiddenNames"/>.</param>
    public bool IsHidden(IReadOnlySet<string> later) =>
        !BringsLibraries && _members.All(member => member.Key is { } key && later.Contains(key));

    /// <summary>Whether the cell that follows, once those in between are removed, repeats all its usings.</summary>
    /// <param name="following">That cell; null if none does.</param>
    public bool HasUsingsOf(CellDeclarations? following) => _usings.IsSubsetOf(following?._usings ?? []);

    /// <summary>Whether new cells can't name any variable or method of it; types don't count, since they need no
    /// object.</summary>
    /// <param name="later">The names that later cells have added by <see cref="AddHiddenNames"/>.</param>
    public bool HasHiddenState(IReadOnlySet<string> later) =>
        _members.All(member =>
            member.Key is { } key && (key.StartsWith(TypePrefix, StringComparison.Ordinal) || later.Contains(key))
        );

    /// <summary>Adds the names that this cell's declarations hide.</summary>
    public void AddHiddenNames(HashSet<string> hidden) =>
        hidden.UnionWith(_members.SelectMany(member => HiddenBy(member.Key)));

    /// <summary>Whether a later cell may refer to a declaration of this one; true in case of doubt.</summary>
    /// <param name="used">The names that later cells have added by <see cref="AddUsedNames"/>.</param>
    public bool MayBeUsed(IReadOnlyDictionary<string, HashSet<string>> used) =>
        _members.Any(member =>
            used.TryGetValue(member.Name, out var found) && (member.Key is null || !found.Contains(member.Key))
        );

    /// <summary>Adds the names that this cell uses, and removes those that it declares, which needn't be looked up in
    /// earlier cells.</summary>
    public void AddUsedNames(Dictionary<string, HashSet<string>> used)
    {
        // Lookup in this cell begins with its own declarations, so those in between don't matter to it.
        foreach (var name in _usedNames)
        {
            used[name] = new HashSet<string>(StringComparer.Ordinal);
        }

        foreach (var (name, key) in _members)
        {
            if (used.TryGetValue(name, out var found))
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
            _usedNames.UnionWith(
                tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText)
            );
        }
    }
}
