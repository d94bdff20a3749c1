using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Pages.Code;

/// <summary>Finds the CSS class that gives a token its colour. Types and methods are recognized by their position in
/// the syntax, without compiling.</summary>
internal static class TokenClasses
{
    private const string Keyword = "keyword";
    private const string Type = "type";
    private const string Method = "method";

    public static string? Of(SyntaxToken token) =>
        token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => "number",
            SyntaxKind.IdentifierToken => OfIdentifier(token),
            var kind when SyntaxFacts.IsKeywordKind(kind) => Keyword,
            var kind when IsText(kind) => "string",
            _ => null,
        };

    public static string? Of(SyntaxTrivia trivia) =>
        trivia.Kind() switch
        {
            SyntaxKind.SingleLineCommentTrivia
            or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.DisabledTextTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia
            or SyntaxKind.MultiLineDocumentationCommentTrivia => "comment",
            _ => trivia.IsDirective ? "directive" : null,
        };

    private static bool IsText(SyntaxKind kind) =>
        kind
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringStartToken
                or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken
                or SyntaxKind.InterpolatedMultiLineRawStringStartToken
                or SyntaxKind.InterpolatedRawStringEndToken
                or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.InterpolatedStringEndToken;

    private static string? OfIdentifier(SyntaxToken token) =>
        token.Parent switch
        {
            BaseTypeDeclarationSyntax or TypeParameterSyntax or DelegateDeclarationSyntax => Type,
            MethodDeclarationSyntax or LocalFunctionStatementSyntax => Method,
            SimpleNameSyntax name => OfName(name),
            _ => null,
        };

    private static string? OfName(SimpleNameSyntax name)
    {
        var text = name.Identifier.Text;
        var isCalled =
            name.Parent is InvocationExpressionSyntax
            || (
                name.Parent is MemberAccessExpressionSyntax access
                && access.Name == name
                && access.Parent is InvocationExpressionSyntax
            )
            || (name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax });
        if (text is "nameof" && isCalled || text is "var" or "dynamic" && SyntaxFacts.IsInTypeOnlyContext(name))
        {
            return Keyword;
        }

        if (isCalled)
        {
            return Method;
        }

        return SyntaxFacts.IsInTypeOnlyContext(name) && !IsNamespace(name) || LooksLikeType(name) ? Type : null;
    }

    private static bool IsNamespace(SimpleNameSyntax name) =>
        name.Ancestors()
            .TakeWhile(node => node is NameSyntax or UsingDirectiveSyntax)
            .OfType<UsingDirectiveSyntax>()
            .Any(directive => directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Alias is null);

    // Math in Math.Sqrt: a name that starts with a capital and has a member taken from it is nearly always a type
    private static bool LooksLikeType(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access
        && access.Expression == name
        && name.Identifier.Text is [var first, _, ..]
        && char.IsUpper(first);
}
