using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>
/// Turns a piece of script into statements of a program: variables of a script are fields and become local variables,
/// its methods become local functions, its last expression is shown. Everything else stays as it was written, including
/// comments.
/// </summary>
internal sealed class PartRewriter
{
    private readonly BoundPart _bound;
    private readonly string _source;
    private readonly TextEdits _edits = new();
    private readonly List<MemberDeclarationSyntax> _types = [];
    private readonly List<MemberDeclarationSyntax> _late = [];

    private PartRewriter(BoundPart bound)
    {
        _bound = bound;
        _source = bound.Part.Code;
    }

    /// <summary>Rewrites a piece.</summary>
    /// <exception cref="ExportException">The piece contains something that a program of statements can't
    /// contain.</exception>
    public static RewrittenPart Rewrite(BoundPart bound, ProgramNames names)
    {
        var rewriter = new PartRewriter(bound);
        Renaming.Collect(bound, names, rewriter._edits);
        return rewriter.Run();
    }

    private RewrittenPart Run()
    {
        var lines = SourceText.From(_source).Lines;
        foreach (var number in _bound.Part.Dropped)
        {
            _edits.Replace(lines[number - 1].SpanIncludingLineBreak, "");
        }

        foreach (var member in _bound.Root.Members)
        {
            Rewrite(member);
        }

        List<string> types = [.. _types.Select(type => Layout.Trim(_edits.Apply(_source, type.FullSpan)))];
        List<string> late = [.. _late.Select(method => Layout.Trim(_edits.Apply(_source, method.FullSpan)))];
        foreach (var moved in _types.Concat(_late))
        {
            _edits.Replace(moved.FullSpan, "");
        }

        foreach (var line in _bound.Root.Usings)
        {
            _edits.Replace(TextSpan.FromBounds(line.SpanStart, line.FullSpan.End), "");
        }

        var statements = Layout.Trim(_edits.Apply(_source, new TextSpan(0, _source.Length)));
        return new RewrittenPart(
            string.Join("\n\n", late.Prepend(statements).Where(text => text.Length > 0)),
            types,
            [.. _bound.Root.Usings.Select(AsText)]
        );
    }

    private static (string Using, string Comment) AsText(UsingDirectiveSyntax line)
    {
        var comment = line.GetTrailingTrivia()
            .FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            .ToString();
        return (line.ToString(), comment);
    }

    private void Rewrite(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case GlobalStatementSyntax { Statement: var statement }:
                RefuseReturn(statement);
                if (statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last)
                {
                    ShowResult(last.Expression);
                }

                break;
            case FieldDeclarationSyntax field:
                StripModifiers(field.Modifiers, SyntaxKind.ConstKeyword);
                foreach (var variable in field.Declaration.Variables.Where(variable => variable.Initializer is null))
                {
                    // A variable of a script begins as 0 or null; a local one must be given a value.
                    _edits.Insert(variable.Span.End, " = default");
                }

                break;
            case MethodDeclarationSyntax method:
                StripModifiers(method.Modifiers, SyntaxKind.AsyncKeyword, SyntaxKind.UnsafeKeyword);
                if (NeedsLaterVariable(method))
                {
                    _late.Add(method);
                }

                break;
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                RefuseUseOfCells(member);
                StripModifiers(new SyntaxTokenList(member.Modifiers.Where(IsAccess)));
                _types.Add(member);
                break;
            default:
                throw ExportException.At(
                    _bound.Part.Source,
                    member,
                    $"A program can't declare this outside of a type: {Layout.FirstLine(member.ToString())} "
                        + "Write a variable or a method instead."
                );
        }
    }

    private static bool IsAccess(SyntaxToken modifier) =>
        modifier.Kind()
            is SyntaxKind.PublicKeyword
                or SyntaxKind.PrivateKeyword
                or SyntaxKind.ProtectedKeyword
                or SyntaxKind.InternalKeyword;

    private void StripModifiers(SyntaxTokenList modifiers, params SyntaxKind[] kept)
    {
        foreach (var modifier in modifiers.Where(modifier => !kept.Contains(modifier.Kind())))
        {
            _edits.Replace(TextSpan.FromBounds(modifier.SpanStart, modifier.FullSpan.End), "");
        }
    }

    private void ShowResult(ExpressionSyntax expression)
    {
        var type = _bound.Model.GetTypeInfo(expression).Type;
        if (
            type is { SpecialType: SpecialType.System_Void }
            || type?.ToDisplayString() == typeof(DisplayedValue).FullName
        )
        {
            _edits.Insert(expression.Span.End, ";");
            return;
        }

        _edits.Insert(expression.SpanStart, "display(");
        _edits.Insert(expression.Span.End, ");");
    }

    // A local function may use a variable only below its declaration; where in a script it stands makes no difference.
    private bool NeedsLaterVariable(MethodDeclarationSyntax method) =>
        method
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name =>
                ProgramNames.Meaning(_bound.Model, name) is IFieldSymbol { ContainingType.IsScriptClass: true } variable
                && variable.Locations.Any(place =>
                    place.SourceTree == _bound.Root.SyntaxTree && place.SourceSpan.Start > method.SpanStart
                )
            );

    private void RefuseUseOfCells(MemberDeclarationSyntax type)
    {
        foreach (var name in type.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (
                ProgramNames.Meaning(_bound.Model, name)
                is IFieldSymbol { ContainingType.IsScriptClass: true }
                    or IMethodSymbol { ContainingType.IsScriptClass: true }
            )
            {
                throw ExportException.At(
                    _bound.Part.Source,
                    name,
                    $"In a program a type can't use '{name.Identifier.ValueText}', which a cell declares "
                        + "outside of it. Declare it in the type, or give it to the type as an argument."
                );
            }
        }
    }

    private void RefuseReturn(StatementSyntax statement)
    {
        if (
            statement
                .DescendantNodesAndSelf(node =>
                    node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                )
                .OfType<ReturnStatementSyntax>()
                .FirstOrDefault() is
            { } found
        )
        {
            throw ExportException.At(
                _bound.Part.Source,
                found,
                "A cell that returns would end the whole program. Let the value be the cell's last "
                    + "expression, or put the rest into an if."
            );
        }
    }
}
