using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>Explains the symbol at the cursor by its signature and documentation.</summary>
internal sealed class Inspection(CodeModel model)
{
    // Sections that are shown only if details are asked for.
    private static readonly string[] Details =
    [
        QuickInfoSectionKinds.RemarksDocumentationComments,
        QuickInfoSectionKinds.Exception,
    ];

    /// <summary>Explains the symbol at the cursor.</summary>
    /// <param name="code">The code.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <param name="isDetailed">Whether remarks and exceptions are wanted too.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The explanation, or null if there is nothing to explain.</returns>
    public async Task<Explanation?> ExplainAsync(
        string code,
        int position,
        bool isDetailed,
        CancellationToken cancellationToken
    )
    {
        var document = model.Open(code);
        var found = await FindAsync(document, Math.Clamp(position, 0, code.Length), cancellationToken)
            .ConfigureAwait(false);
        var sections =
            found
                ?.Sections.Where(section => isDetailed || !Details.Contains(section.Kind))
                .Select(section => (section.Kind, Text: section.Text.ReplaceLineEndings("\n").Trim()))
                .Where(section => section.Text.Length > 0)
                .ToList()
            ?? [];
        return sections.Count == 0
            ? null
            : new Explanation(
                string.Join("\n\n", sections.Select(section => section.Text)),
                string.Join(
                    "\n\n",
                    sections.Select(section =>
                        section.Kind == QuickInfoSectionKinds.Description
                            ? $"```csharp\n{section.Text}\n```"
                            : section.Text
                    )
                )
            );
    }

    private static async Task<QuickInfoItem?> FindAsync(
        Document document,
        int position,
        CancellationToken cancellationToken
    )
    {
        var service = QuickInfoService.GetService(document);
        if (service is null)
        {
            return null;
        }

        // At the symbol, just after it, or among the arguments of a call, where the method is meant and not the value
        // beside the cursor.
        var text = (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]))
        {
            start--;
        }

        var atName = start < text.Length && SyntaxFacts.IsIdentifierStartCharacter(text[start]);
        return (
                atName
                    ? await service.GetQuickInfoAsync(document, start, cancellationToken).ConfigureAwait(false)
                    : null
            )
            ?? (
                await CallAroundAsync(document, position, cancellationToken).ConfigureAwait(false) is { } call
                    ? await service.GetQuickInfoAsync(document, call, cancellationToken).ConfigureAwait(false)
                    : null
            );
    }

    private static async Task<int?> CallAroundAsync(
        Document document,
        int position,
        CancellationToken cancellationToken
    )
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var node = root?.FindToken(Math.Max(0, Math.Min(position, root.FullSpan.End) - 1)).Parent;
        return node
            ?.AncestorsAndSelf()
            .Select(ancestor =>
                ancestor switch
                {
                    InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member
                        .Name
                        .SpanStart,
                    InvocationExpressionSyntax call => call.Expression.SpanStart,
                    ObjectCreationExpressionSyntax creation => creation.Type.SpanStart,
                    _ => (int?)null,
                }
            )
            .FirstOrDefault(start => start is not null);
    }
}
