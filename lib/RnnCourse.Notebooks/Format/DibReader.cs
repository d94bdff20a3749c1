using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Reads the text format of Polyglot Notebooks (<c>.dib</c>): cells one after the other, each begins with a line
/// <c>#!</c> and the name of its language. This format doesn't store outputs.
/// </summary>
public static class DibReader
{
    /// <summary>The extension of such files.</summary>
    public const string Extension = ".dib";

    private const string Mark = "#!";

    // The languages that such a file may begin a cell with; any other #! line belongs to the cell's code.
    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csharp"] = "csharp",
        ["cs"] = "csharp",
        ["c#"] = "csharp",
        ["fsharp"] = "fsharp",
        ["fs"] = "fsharp",
        ["f#"] = "fsharp",
        ["pwsh"] = "pwsh",
        ["powershell"] = "pwsh",
        ["html"] = "html",
        ["javascript"] = "javascript",
        ["js"] = "javascript",
        ["mermaid"] = "mermaid",
        ["markdown"] = "markdown",
        ["md"] = "markdown",
        ["sql"] = "sql",
        ["kql"] = "kql",
        ["http"] = "http",
        ["value"] = "value",
        ["raw"] = "raw",
        ["meta"] = "meta",
    };

    /// <summary>Reads a notebook.</summary>
    /// <param name="text">The text of the file.</param>
    /// <returns>The notebook: cells of text and of code in the languages that they name.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static Notebook Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new DerivedIds(new HashSet<string>(StringComparer.Ordinal));
        return new Notebook
        {
            Cells = [.. Parts(text).Select(part => ToCell(part.Language, part.Lines, ids)).OfType<Cell>()],
            Metadata = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["display_name"] = ".NET (C#)",
                    ["language"] = "C#",
                    ["name"] = ".net-csharp",
                },
                ["language_info"] = new JsonObject
                {
                    ["file_extension"] = ".cs",
                    ["mimetype"] = "text/x-csharp",
                    ["name"] = "C#",
                    ["pygments_lexer"] = "csharp",
                },
            },
        };
    }

    // A cell keeps the language of the one before until a line names another.
    private static IEnumerable<(string Language, List<string> Lines)> Parts(string text)
    {
        var language = "csharp";
        var lines = new List<string>();
        foreach (var line in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            if (LanguageOf(line) is { } next)
            {
                yield return (language, lines);
                (language, lines) = (next, []);
            }
            else
            {
                lines.Add(line);
            }
        }

        yield return (language, lines);
    }

    private static string? LanguageOf(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal)
            ? Languages.GetValueOrDefault(line[Mark.Length..].Trim())
            : null;

    private static Cell? ToCell(string language, List<string> lines, DerivedIds ids)
    {
        var source = string.Join('\n', lines).Trim('\n');
        if (language == "meta" || source.AsSpan().Trim().IsEmpty)
        {
            return null;
        }

        return language switch
        {
            "markdown" => new MarkdownCell { Id = ids.Next("markdown", source), Source = source },
            "raw" => new RawCell { Id = ids.Next("raw", source), Source = source },
            _ => new CodeCell
            {
                Id = ids.Next("code", source),
                Source = source,
                Metadata = new JsonObject
                {
                    ["dotnet_interactive"] = new JsonObject { ["language"] = language },
                    ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language },
                },
            },
        };
    }
}
