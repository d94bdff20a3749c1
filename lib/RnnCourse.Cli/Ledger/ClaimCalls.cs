using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnCourse.Exercises;

namespace RnnCourse.Cli.Ledger;

/// <summary>One call of <c>Claim.Holds</c> in a cell.</summary>
/// <param name="Statement">The statement that it asserts, such as "L13".</param>
/// <param name="Words">The claim's words about the statement.</param>
internal sealed record ClaimCall(string Statement, string Words);

/// <summary>Finds the calls of <c>Claim.Holds</c> that assert a statement of the lecture, in the source of a cell,
/// without running it. Assertions beyond the lecture have two arguments and are not listed.</summary>
internal static class ClaimCalls
{
    private const string Method = $"{nameof(Claim)}.{nameof(Claim.Holds)}";

    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script);

    /// <summary>The calls, in the order of the source.</summary>
    /// <exception cref="LedgerException">The statement or the words of a call are not string literals.</exception>
    public static IReadOnlyList<ClaimCall> In(string source)
    {
        if (!source.Contains(Method, StringComparison.Ordinal))
        {
            return [];
        }

        return
        [
            .. CSharpSyntaxTree
                .ParseText(source, Script)
                .GetRoot()
                .DescendantNodes()
                .OfType<InvocationExpressionSyntax>()
                .Where(call => call.Expression.ToString() == Method && !IsOfTheLesson(call))
                .Select(call =>
                    call.ArgumentList.Arguments is [var statement, _, var words]
                        ? new ClaimCall(PlainText(statement.Expression), PlainText(words.Expression))
                        : throw new LedgerException($"{Method} takes three arguments, but this call has others: {call}")
                ),
        ];
    }

    private static bool IsOfTheLesson(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is [{ Expression: not LiteralExpressionSyntax }, _];

    private static string PlainText(ExpressionSyntax expression) =>
        expression switch
        {
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal
                .Token
                .ValueText,
            BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => PlainText(sum.Left)
                + PlainText(sum.Right),
            ParenthesizedExpressionSyntax inner => PlainText(inner.Expression),
            _ => throw new LedgerException(
                $"The statement and the words of {Method} must be string literals, so that CLAIMS.md can quote "
                    + $"them. This is not one: {expression}"
            ),
        };
}

/// <summary>Thrown when a claim in a lesson cannot be listed.</summary>
/// <param name="message">Which cell, and what is wrong.</param>
internal sealed class LedgerException(string message) : Exception(message);
