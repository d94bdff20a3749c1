using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Tags;
using RoslynCompletionList = Microsoft.CodeAnalysis.Completion.CompletionList;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>Completes code that is being written.</summary>
internal sealed class Completion(CodeModel model)
{
    private const int LongestList = 500;

    // The names for which JupyterLab and VS Code have icons, if they differ from Roslyn's names in lower case.
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

    /// <summary>Finds the completions of the word at the cursor.</summary>
    /// <param name="code">The code.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<CompletionList> FindAsync(string code, int position, CancellationToken cancellationToken)
    {
        position = Math.Clamp(position, 0, code.Length);
        var document = model.Open(code);
        var list = CompletionService.GetService(document) is { } service
            ? await service
                .GetCompletionsAsync(document, position, cancellationToken: cancellationToken)
                .ConfigureAwait(false)
            : RoslynCompletionList.Empty;

        var start = list.ItemsList.Count > 0 ? list.Span.Start : position;
        var typed = code[start..position];
        var found = list
            .ItemsList.Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(item => item.FilterText.StartsWith(typed, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase)
            .DistinctBy(Text)
            .Take(LongestList)
            .Select(item => new CompletionEntry(Text(item), Kind(item.Tags.FirstOrDefault(""))));
        return new CompletionList(start, position, [.. found]);
    }

    private static string Text(CompletionItem item) =>
        item.Properties.TryGetValue("InsertionText", out var inserted) ? inserted : item.DisplayText;

    private static string Kind(string tag) => Kinds.GetValueOrDefault(tag) ?? tag.ToLowerInvariant();
}
