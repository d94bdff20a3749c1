using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>Finds the signatures of a call while its arguments are being written.</summary>
internal sealed class Signatures(CodeModel model)
{
    private const int MaxSignatures = 40;

    private static readonly SymbolDisplayFormat Head = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    private static readonly SymbolDisplayFormat OfParameter = SymbolDisplayFormat
        .MinimallyQualifiedFormat.WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType
                | SymbolDisplayParameterOptions.IncludeName
                | SymbolDisplayParameterOptions.IncludeParamsRefOut
                | SymbolDisplayParameterOptions.IncludeDefaultValue
        )
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Finds the signatures that the call around the cursor may mean.</summary>
    /// <param name="code">The code.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The signatures, or null outside of a call's arguments.</returns>
    public async Task<SignatureHelp?> FindAsync(string code, int position, CancellationToken cancellationToken)
    {
        position = Math.Clamp(position, 0, code.Length);
        var document = model.Open(code);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || ListAround(root, position) is not { } list)
        {
            return null;
        }

        var separators = list.Arguments.GetSeparators().Count(comma => comma.SpanStart < position);
        var candidates = Candidates(semantics, list.Parent!, cancellationToken)
            .Where(method => !method.IsImplicitlyDeclared || method.MethodKind == MethodKind.Constructor)
            .OrderBy(method => Takes(method, list.Arguments.Count) ? 0 : 1)
            .ThenBy(method => method.Parameters.Length)
            .Take(MaxSignatures)
            .Select(method => Describe(method, semantics, position))
            .ToList();
        return candidates.Count == 0 ? null : new SignatureHelp(separators, candidates);
    }

    private static ArgumentListSyntax? ListAround(SyntaxNode root, int position) =>
        root.FindToken(Math.Max(0, Math.Min(position, root.FullSpan.End) - 1))
            .Parent?.AncestorsAndSelf()
            .OfType<ArgumentListSyntax>()
            .FirstOrDefault(list =>
                list.OpenParenToken.Span.End <= position
                && (list.CloseParenToken.IsMissing || position <= list.CloseParenToken.SpanStart)
            );

    private static IEnumerable<IMethodSymbol> Candidates(
        SemanticModel semantics,
        SyntaxNode call,
        CancellationToken cancellationToken
    ) =>
        call switch
        {
            InvocationExpressionSyntax invocation => Methods(semantics, invocation.Expression, cancellationToken),
            ObjectCreationExpressionSyntax creation
                when semantics.GetSymbolInfo(creation.Type, cancellationToken).Symbol is INamedTypeSymbol type =>
                Accessible(type, semantics, call.SpanStart),
            ImplicitObjectCreationExpressionSyntax creation
                when semantics.GetTypeInfo(creation, cancellationToken).ConvertedType is INamedTypeSymbol type =>
                Accessible(type, semantics, call.SpanStart),
            _ => [],
        };

    private static List<IMethodSymbol> Methods(
        SemanticModel semantics,
        ExpressionSyntax called,
        CancellationToken cancellationToken
    )
    {
        var group = semantics.GetMemberGroup(called, cancellationToken).OfType<IMethodSymbol>().ToList();
        if (group.Count > 0)
        {
            return group;
        }

        return
            semantics.GetTypeInfo(called, cancellationToken).Type
                is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
            ? [invoke]
            : [];
    }

    private static IEnumerable<IMethodSymbol> Accessible(
        INamedTypeSymbol type,
        SemanticModel semantics,
        int position
    ) => type.InstanceConstructors.Where(constructor => semantics.IsAccessible(position, constructor));

    private static bool Takes(IMethodSymbol method, int count) =>
        method.Parameters.Length >= count || method.Parameters is [.., { IsParams: true }];

    private static Signature Describe(IMethodSymbol method, SemanticModel semantics, int position)
    {
        var comment = DocumentationText.Of(method);
        var name =
            method.MethodKind == MethodKind.Constructor
                ? method.ContainingType.ToMinimalDisplayString(semantics, position)
            : method.MethodKind == MethodKind.DelegateInvoke
                ? method.ContainingType.ToMinimalDisplayString(semantics, position)
            : method.ToDisplayString(Head.WithMemberOptions(SymbolDisplayMemberOptions.None));
        var result =
            method.ReturnsVoid || method.MethodKind == MethodKind.Constructor
                ? ""
                : method.ReturnType.ToMinimalDisplayString(semantics, position) + " ";
        return new Signature(
            $"{result}{name}",
            [
                .. method.Parameters.Select(parameter => new SignatureParameter(
                    parameter.ToMinimalDisplayString(semantics, position, OfParameter),
                    comment.Parameter(parameter.Name)
                )),
            ],
            comment.Summary
        );
    }
}
