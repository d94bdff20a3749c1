using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.Completion;

namespace RnnCourse.Jupyter.Language;

/// <summary>Completes code, for <c>complete_request</c>.</summary>
internal sealed class Completion(CodeModel model)
{
    private const int Shown = 500;

    /// <summary>What the word at the cursor may become.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cursor">The cursor, in code points.</param>
    public async Task<JsonObject> AnswerAsync(string code, int cursor)
    {
        var position = CodePoints.ToIndex(code, cursor);
        var document = model.Open(code);
        var list = CompletionService.GetService(document) is { } service
            ? await service.GetCompletionsAsync(document, position).ConfigureAwait(false)
            : CompletionList.Empty;

        var start = list.ItemsList.Count > 0 ? list.Span.Start : position;
        var typed = code[start..position];
        var found = list.ItemsList
            .Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(item => item.FilterText.StartsWith(typed, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase)
            .DistinctBy(item => Text(item))
            .Take(Shown)
            .ToList();

        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Select(item => (JsonNode)Text(item))]),
            ["cursor_start"] = CodePoints.FromIndex(code, start),
            ["cursor_end"] = CodePoints.FromIndex(code, position),
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Select(item => (JsonNode)new JsonObject
                {
                    ["text"] = Text(item),
                    ["type"] = item.Tags.FirstOrDefault("").ToLowerInvariant(),
                    ["start"] = CodePoints.FromIndex(code, start),
                    ["end"] = CodePoints.FromIndex(code, position),
                })]),
            },
        };
    }

    private static string Text(CompletionItem item) =>
        item.Properties.TryGetValue("InsertionText", out var inserted) ? inserted : item.DisplayText;
}
