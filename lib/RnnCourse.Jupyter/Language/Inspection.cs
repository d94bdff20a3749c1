using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;

namespace RnnCourse.Jupyter.Language;

/// <summary>Explains the symbol at the cursor by its signature and documentation, for <c>inspect_request</c>.</summary>
internal sealed class Inspection(CodeModel model)
{
    // Sections that are shown only if more is asked for.
    private static readonly string[] Details =
    [
        QuickInfoSectionKinds.RemarksDocumentationComments,
        QuickInfoSectionKinds.Exception,
    ];

    /// <summary>What is known of the symbol.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cursor">The cursor, in code points.</param>
    /// <param name="detailed">Whether remarks and exceptions are wanted too.</param>
    public async Task<JsonObject> AnswerAsync(string code, int cursor, bool detailed)
    {
        var document = model.Open(code);
        var position = CodePoints.ToIndex(code, cursor);
        var found = await FindAsync(document, position).ConfigureAwait(false);
        var sections =
            found
                ?.Sections.Where(section => detailed || !Details.Contains(section.Kind))
                .Select(section => (section.Kind, Text: section.Text.ReplaceLineEndings("\n").Trim()))
                .Where(section => section.Text.Length > 0)
                .ToList()
            ?? [];

        var data = new JsonObject();
        if (sections.Count > 0)
        {
            data["text/plain"] = string.Join("\n\n", sections.Select(section => section.Text));
            data["text/markdown"] = string.Join(
                "\n\n",
                sections.Select(section =>
                    section.Kind == QuickInfoSectionKinds.Description ? $"```csharp\n{section.Text}\n```" : section.Text
                )
            );
        }

        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = sections.Count > 0,
            ["data"] = data,
            ["metadata"] = new JsonObject(),
        };
    }

    private static async Task<QuickInfoItem?> FindAsync(Document document, int position)
    {
        var service = QuickInfoService.GetService(document);
        if (service is null)
        {
            return null;
        }

        // At the symbol, just behind it, or among the arguments of a call: then the method is meant, and not the number
        // beside the cursor.
        var text = (await document.GetTextAsync().ConfigureAwait(false)).ToString();
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]))
        {
            start--;
        }

        var atName = start < text.Length && SyntaxFacts.IsIdentifierStartCharacter(text[start]);
        return (atName ? await service.GetQuickInfoAsync(document, start).ConfigureAwait(false) : null)
            ?? (
                await CallAroundAsync(document, position).ConfigureAwait(false) is { } call
                    ? await service.GetQuickInfoAsync(document, call).ConfigureAwait(false)
                    : null
            );
    }

    private static async Task<int?> CallAroundAsync(Document document, int position)
    {
        var root = await document.GetSyntaxRootAsync().ConfigureAwait(false);
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
