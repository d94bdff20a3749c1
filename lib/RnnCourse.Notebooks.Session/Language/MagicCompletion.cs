using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Extensions;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>Completes a <c>#!</c> line: its name and, if an extension has added it, its parameters and their
/// values.</summary>
internal static partial class MagicCompletion
{
    private const string Kind = "keyword";

    /// <summary>Finds the completions of the word at the cursor.</summary>
    /// <param name="code">The code.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <param name="added">The lines that extensions have added, by their names.</param>
    /// <returns>Null if the cursor isn't in such a line.</returns>
    public static CompletionList? Find(string code, int position, IReadOnlyDictionary<string, ExtensionCommand> added)
    {
        position = Math.Clamp(position, 0, code.Length);
        var begin = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        if (Line().Match(code[begin..position]) is not { Success: true } line)
        {
            return null;
        }

        var typed = line.Groups["typed"];
        var name = line.Groups["name"].Value;
        var words =
            !line.Groups["rest"].Success ? Magic.Lines.Select(known => known.Name).Concat(NamesOf(added))
            : added.TryGetValue(name, out var command) ? WordsAfter(command, line.Groups["rest"].Value)
            : [];
        return new CompletionList(
            begin + typed.Index,
            position,
            [
                .. words
                    .Where(word => word.StartsWith(typed.Value, StringComparison.OrdinalIgnoreCase))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(word => new CompletionEntry(word, Kind)),
            ]
        );
    }

    private static IEnumerable<string> NamesOf(IReadOnlyDictionary<string, ExtensionCommand> added) =>
        added.Values.Where(command => !command.Directive.Hidden).Select(command => command.Directive.Name);

    // After a parameter that wants a value, its values; else what has not been given yet.
    private static IEnumerable<string> WordsAfter(ExtensionCommand command, string rest)
    {
        var given = rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var parameters = command.Directive.Parameters;
        if (
            given.Length > 0
            && parameters.FirstOrDefault(parameter => parameter.Name == given[^1]) is { Flag: false } wanting
        )
        {
            return wanting.Values();
        }

        var open = parameters.Where(parameter => !given.Contains(parameter.Name)).ToList();
        return open.Select(parameter => parameter.Name)
            .Concat(open.Where(parameter => parameter.AllowImplicitName).SelectMany(parameter => parameter.Values()));
    }

    // The word at the cursor is the line's name, or a later one.
    [GeneratedRegex(@"^\s*(?:(?<name>#!\S+)(?<rest>\s+(?:\S+\s+)*)(?<typed>\S*)|(?<typed>#!\S*))$")]
    private static partial Regex Line();
}
