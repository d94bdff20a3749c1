using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Writes the new names into a piece of code. Results of <c>nameof</c>, and names of tuple elements and of
/// anonymous properties, stay unchanged.</summary>
internal static class Renaming
{
    /// <summary>Collects the changes.</summary>
    public static void Collect(BoundPart part, ProgramNames names, TextEdits edits)
    {
        foreach (var node in part.Root.DescendantNodes(node => node is not UsingDirectiveSyntax))
        {
            switch (node)
            {
                case InvocationExpressionSyntax
                {
                    Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
                    ArgumentList.Arguments: [var argument]
                }
                    when argument.DescendantNodes().OfType<SimpleNameSyntax>().LastOrDefault() is { } last
                        && names.Of(ProgramNames.Meaning(part.Model, last)) is not null:
                    edits.Replace(node.Span, $"\"{last.Identifier.ValueText}\"");
                    break;
                case SimpleNameSyntax name when names.Of(ProgramNames.Meaning(part.Model, name)) is { } renamed:
                    edits.Replace(name.Identifier.Span, KeptName(name) + renamed);
                    break;
                case ConstructorDeclarationSyntax constructor
                    when names.Of(part.Model.GetDeclaredSymbol(constructor)?.ContainingType) is { } renamed:
                    edits.Replace(constructor.Identifier.Span, renamed);
                    break;
                default:
                    Declare(part, names, edits, node);
                    break;
            }
        }
    }

    private static void Declare(BoundPart part, ProgramNames names, TextEdits edits, SyntaxNode node)
    {
        SyntaxToken? identifier = node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier,
            SingleVariableDesignationSyntax variable => variable.Identifier,
            MethodDeclarationSyntax method => method.Identifier,
            LocalFunctionStatementSyntax function => function.Identifier,
            ForEachStatementSyntax loop => loop.Identifier,
            CatchDeclarationSyntax caught => caught.Identifier,
            BaseTypeDeclarationSyntax type => type.Identifier,
            DelegateDeclarationSyntax type => type.Identifier,
            FromClauseSyntax query => query.Identifier,
            LetClauseSyntax query => query.Identifier,
            JoinClauseSyntax query => query.Identifier,
            JoinIntoClauseSyntax query => query.Identifier,
            QueryContinuationSyntax query => query.Identifier,
            _ => null,
        };
        if (identifier is { } token && names.Of(part.Model.GetDeclaredSymbol(node)) is { } renamed)
        {
            edits.Replace(token.Span, renamed);
        }
    }

    // In new { x } and (x, y) the variable's name becomes that of a member.
    private static string KeptName(SimpleNameSyntax name) =>
        name.Parent switch
        {
            AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } => $"{name.Identifier.ValueText} = ",
            ArgumentSyntax
            {
                NameColon: null,
                Parent: TupleExpressionSyntax { Parent: not AssignmentExpressionSyntax }
            } => $"{name.Identifier.ValueText}: ",
            _ => "",
        };
}
