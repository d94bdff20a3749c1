using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Tags;

namespace RnnCourse.Jupyter.Language;

/// <summary>Completes code, for <c>complete_request</c>.</summary>
internal sealed class Completion(CodeModel model)
{
    private const int Shown = 500;

    // The names for which JupyterLab and VS Code have pictures, where they aren't Roslyn's own in lower case.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [WellKnownTags.ExtensionMethod] = "method",
        [WellKnownTags.Local] = "variable",
        [WellKnownTags.Parameter] = "variable",
        [WellKnownTags.RangeVariable] = "variable",
        [WellKnownTags.Namespace] = "module",
        [WellKnownTags.Structure] = "struct",
        [WellKnownTags.Delegate] = "class",
        [WellKnownTags.EnumMember] = "enumMember",
        [WellKnownTags.TypeParameter] = "typeParameter",
        [WellKnownTags.Intrinsic] = "keyword",
    };

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
        var found = list
            .ItemsList.Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
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
                ["_jupyter_types_experimental"] = new JsonArray([
                    .. found.Select(item =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["text"] = Text(item),
                                ["type"] = Kind(item.Tags.FirstOrDefault("")),
                                ["start"] = CodePoints.FromIndex(code, start),
                                ["end"] = CodePoints.FromIndex(code, position),
                            }
                    ),
                ]),
            },
        };
    }

    private static string Text(CompletionItem item) =>
        item.Properties.TryGetValue("InsertionText", out var inserted) ? inserted : item.DisplayText;

    private static string Kind(string tag) => Kinds.GetValueOrDefault(tag) ?? tag.ToLowerInvariant();
}
