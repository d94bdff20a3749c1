using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Pages.Code;

/// <summary>The names in a cell that no other cell can see: parameters, and declarations inside methods, blocks and
/// types.</summary>
public static class LocalNames
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The source with each of these names replaced by zeros, so that all other words in it are names that
    /// cells may share. Very long or very deeply nested sources stay as they are.</summary>
    /// <param name="source">The code of a cell.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static string Blank(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (CodeHighlighter.IsTooMuch(source))
        {
            return source;
        }

        var root = CSharpSyntaxTree.ParseText(source, Options).GetRoot();
        var scopes = new Dictionary<SyntaxNode, HashSet<string>>();
        var locals = new List<SyntaxToken>();
        foreach (var node in root.DescendantNodes())
        {
            if (Declared(node) is { } name && ScopeOf(node) is { } scope)
            {
                (scopes.TryGetValue(scope, out var names) ? names : scopes[scope] = []).Add(name.ValueText);
                locals.Add(name);
            }
        }

        if (scopes.Count == 0)
        {
            return source;
        }

        locals.AddRange(
            root.DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Where(name => !IsMember(name) && name.Ancestors().Any(scope => IsIn(scope, name)))
                .Select(name => name.Identifier)
        );
        var text = source.ToCharArray();
        foreach (var token in locals)
        {
            Array.Fill(text, '0', token.SpanStart, token.Span.Length);
        }

        return new string(text);

        bool IsIn(SyntaxNode scope, IdentifierNameSyntax name) =>
            scopes.TryGetValue(scope, out var names) && names.Contains(name.Identifier.ValueText);
    }

    private static SyntaxToken? Declared(SyntaxNode node) =>
        node switch
        {
            // The parameters of a record are its properties.
            ParameterSyntax { Parent.Parent: TypeDeclarationSyntax } => null,
            ParameterSyntax parameter => parameter.Identifier,
            VariableDeclaratorSyntax variable => variable.Identifier,
            SingleVariableDesignationSyntax designation => designation.Identifier,
            ForEachStatementSyntax each => each.Identifier,
            CatchDeclarationSyntax caught => caught.Identifier,
            FromClauseSyntax from => from.Identifier,
            LetClauseSyntax let => let.Identifier,
            JoinClauseSyntax join => join.Identifier,
            LocalFunctionStatementSyntax function => function.Identifier,
            _ => null,
        };

    // The innermost node outside which the name is unknown; null for names that other cells can see.
    private static SyntaxNode? ScopeOf(SyntaxNode declaration) =>
        declaration is ForEachStatementSyntax
            ? declaration
            : declaration
                .Ancestors()
                .FirstOrDefault(node =>
                    node
                        is BlockSyntax
                            or BaseMethodDeclarationSyntax
                            or LocalFunctionStatementSyntax
                            or AnonymousFunctionExpressionSyntax
                            or TypeDeclarationSyntax
                            or BasePropertyDeclarationSyntax
                            or DelegateDeclarationSyntax
                            or ForStatementSyntax
                            or CommonForEachStatementSyntax
                            or UsingStatementSyntax
                            or FixedStatementSyntax
                            or CatchClauseSyntax
                            or SwitchSectionSyntax
                            or QueryExpressionSyntax
                );

    // A name after a dot or before a colon is looked up elsewhere.
    private static bool IsMember(IdentifierNameSyntax name) =>
        name.Parent is NameColonSyntax
        || (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        || name.Parent is MemberBindingExpressionSyntax;
}
