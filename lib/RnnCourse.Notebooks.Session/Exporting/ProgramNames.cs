using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>
/// The names of variables, methods and types in the program. A notebook may declare a name again in a later cell, and
/// also use it for a loop variable; in a program all cells share one scope, so such names get a number. The compiler
/// decides which declaration each name means.
/// </summary>
internal sealed class ProgramNames
{
    private readonly Dictionary<(SyntaxTree, TextSpan), string> _new = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "args" };

    /// <summary>Finds the names that must change.</summary>
    public ProgramNames(IReadOnlyList<BoundPart> parts)
    {
        _used.UnionWith(
            parts
                .SelectMany(part => part.Root.DescendantTokens())
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(token => token.ValueText)
        );
        var declared = parts.SelectMany(Declarations.In).ToList();
        var foreign = parts.SelectMany(ForeignNames).Append("args").ToHashSet(StringComparer.Ordinal);
        foreach (var group in declared.GroupBy(item => item.Symbol.Name, StringComparer.Ordinal))
        {
            var ofCells = group
                .Where(item => item.Scope == DeclarationScope.Cell)
                .Select(item => Key(item.Symbol))
                .Distinct()
                .ToList();
            foreach (var key in foreign.Contains(group.Key) ? ofCells : ofCells.Skip(1))
            {
                _new[key!.Value] = Free(group.Key);
            }

            // Side by side, loops may share a name; only that of a cell must be another one.
            if (ofCells.Count > 0 || group.Key == "args")
            {
                string? shared = null;
                foreach (var item in group.Where(item => item.Scope == DeclarationScope.Block))
                {
                    _new[Key(item.Symbol)!.Value] = shared ??= Free(group.Key);
                }
            }
        }
    }

    /// <summary>Makes a name that is unused in the notebook.</summary>
    public string Free(string name)
    {
        var stem = char.IsDigit(name[^1]) ? name + "_" : name;
        var free = name;
        for (var number = 2; !_used.Add(free); number++)
        {
            free = stem + number.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    /// <summary>The new name of a symbol; null if it keeps its name.</summary>
    public string? Of(ISymbol? symbol) =>
        symbol is not null && Key(symbol) is { } key ? _new.GetValueOrDefault(key) : null;

    /// <summary>The symbol that a name in the code means.</summary>
    public static ISymbol? Meaning(SemanticModel model, SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        symbol = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            ? constructor.ContainingType
            : symbol;

        // The word var means a type, too, and is not its name.
        return symbol?.Name == name.Identifier.ValueText ? symbol : null;
    }

    // A declaration is known by its place: a cell's own, and the same seen from a later cell.
    private static (SyntaxTree, TextSpan)? Key(ISymbol symbol) =>
        symbol.OriginalDefinition.Locations.FirstOrDefault(location => location.IsInSource) is { } place
            ? (place.SourceTree!, place.SourceSpan)
            : null;

    // Simple names of things that no cell declares, such as methods of a using static.
    private static IEnumerable<string> ForeignNames(BoundPart part) =>
        from name in part.Root.DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
        where !Declarations.IsQualified(name)
        let meaning = Meaning(part.Model, name)
        where meaning is { IsStatic: true } or INamedTypeSymbol or INamespaceSymbol or IAliasSymbol
        where !meaning.Locations.Any(location => location.IsInSource)
        select name.Identifier.ValueText;
}
