using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Where something is declared.</summary>
internal enum DeclarationScope
{
    /// <summary>By a cell: later cells see it.</summary>
    Cell,

    /// <summary>In a block of a cell's statements, or a query.</summary>
    Block,

    /// <summary>In a method, a function or a type; such declarations may hide names of the cells.</summary>
    Inside,
}

/// <summary>Finds what cells declare.</summary>
internal static class Declarations
{
    /// <summary>All declarations in a piece of code that can hide something else.</summary>
    public static IEnumerable<(ISymbol Symbol, DeclarationScope Scope)> In(BoundPart part)
    {
        foreach (var node in part.Root.DescendantNodes())
        {
            if (
                node
                    is VariableDeclaratorSyntax
                        or SingleVariableDesignationSyntax
                        or MethodDeclarationSyntax
                        or LocalFunctionStatementSyntax
                        or ForEachStatementSyntax
                        or CatchDeclarationSyntax
                        or BaseTypeDeclarationSyntax
                        or DelegateDeclarationSyntax
                        or FromClauseSyntax
                        or LetClauseSyntax
                        or JoinClauseSyntax
                        or JoinIntoClauseSyntax
                        or QueryContinuationSyntax
                && part.Model.GetDeclaredSymbol(node) is { } symbol
            )
            {
                yield return (symbol, ScopeOf(symbol, node));
            }
        }
    }

    /// <summary>Whether a name is qualified, as in <c>x.Name</c>.</summary>
    public static bool IsQualified(SimpleNameSyntax name) =>
        name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Name == name,
            QualifiedNameSyntax qualified => qualified.Right == name,
            MemberBindingExpressionSyntax or AliasQualifiedNameSyntax => true,
            _ => false,
        };

    private static DeclarationScope ScopeOf(ISymbol symbol, SyntaxNode node)
    {
        if (
            symbol.ContainingType is { IsScriptClass: true }
            && symbol is IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } or INamedTypeSymbol
        )
        {
            return DeclarationScope.Cell;
        }

        // The compiler lets functions, but not queries, hide a name of what is around them.
        var isInside = node.Ancestors()
            .Any(outer =>
                outer is BaseTypeDeclarationSyntax
                || (
                    symbol is not IRangeVariableSymbol
                    && outer
                        is MethodDeclarationSyntax
                            or AnonymousFunctionExpressionSyntax
                            or LocalFunctionStatementSyntax
                )
            );
        return isInside ? DeclarationScope.Inside : DeclarationScope.Block;
    }
}
