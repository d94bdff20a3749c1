using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Running;

/// <summary>A variable that a cell declares at its top level.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as C# code; null if it isn't written there and can't be inferred from the value.</param>
/// <param name="IsConstant">Whether it is a <c>const</c>.</param>
internal sealed record ParameterDeclaration(string Name, string? Type, bool IsConstant)
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static IReadOnlyList<ParameterDeclaration> FindAll(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, Script).GetCompilationUnitRoot();
        return
        [
            .. root
                .Members.OfType<FieldDeclarationSyntax>()
                .SelectMany(field => Of(field.Declaration, field.Modifiers)),
            .. root
                .Members.OfType<GlobalStatementSyntax>()
                .Select(member => member.Statement)
                .OfType<LocalDeclarationStatementSyntax>()
                .SelectMany(local => Of(local.Declaration, local.Modifiers)),
        ];
    }

    private static IEnumerable<ParameterDeclaration> Of(
        VariableDeclarationSyntax declaration,
        SyntaxTokenList modifiers
    ) =>
        declaration.Variables.Select(variable => new ParameterDeclaration(
            variable.Identifier.ValueText,
            declaration.Type.IsVar ? TypeOf(variable.Initializer?.Value) : declaration.Type.ToString(),
            modifiers.Any(SyntaxKind.ConstKeyword)
        ));

    private static string? TypeOf(ExpressionSyntax? value) =>
        value switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
            or InterpolatedStringExpressionSyntax => "string",
            LiteralExpressionSyntax
            {
                RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression
            } => "bool",
            LiteralExpressionSyntax { Token.Value: { } constant } => TypeOf(constant),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => TypeOf(
                minus.Operand
            ),
            ImplicitArrayCreationExpressionSyntax array => TypeOf(array.Initializer.Expressions.FirstOrDefault())
                is { } element
                ? $"{element}[]"
                : null,
            ArrayCreationExpressionSyntax array => array.Type.ElementType + "[]",
            ObjectCreationExpressionSyntax made => made.Type.ToString(),
            CastExpressionSyntax cast => cast.Type.ToString(),
            _ => null,
        };

    private static string? TypeOf(object constant) =>
        constant switch
        {
            int => "int",
            long => "long",
            double => "double",
            float => "float",
            decimal => "decimal",
            char => "char",
            _ => null,
        };
}
