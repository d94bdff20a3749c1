using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>The language of a piece of a cell.</summary>
public enum CellLanguage
{
    /// <summary>C#, which is executed.</summary>
    CSharp,

    /// <summary>HTML, which is shown.</summary>
    Html,

    /// <summary>Markdown, which is shown.</summary>
    Markdown,

    /// <summary>JavaScript, which a host with a browser runs.</summary>
    JavaScript,

    /// <summary>A diagram in Mermaid, which a host with a browser draws.</summary>
    Mermaid,
}

/// <summary>The names by which notebooks identify languages.</summary>
public static class CellLanguages
{
    /// <summary>All names, for messages.</summary>
    public const string Known = "csharp, html, markdown, javascript and mermaid";

    /// <summary>The name of the kernel in a cell's metadata, as .NET notebooks store it.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>Such as <c>csharp</c> or <c>html</c>; <see langword="null"/> if it names none, which means
    /// C#.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static string? KernelOf(CodeCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Text(cell.Metadata["polyglot_notebook"], "kernelName")
            ?? Text(cell.Metadata["dotnet_interactive"], "language");
    }

    /// <summary>The language of a kernel's name or of its short form.</summary>
    public static CellLanguage? Find(string name) =>
        name.ToLowerInvariant() switch
        {
            "csharp" or "cs" or "c#" => CellLanguage.CSharp,
            "html" => CellLanguage.Html,
            "markdown" or "md" => CellLanguage.Markdown,
            "javascript" or "js" => CellLanguage.JavaScript,
            "mermaid" => CellLanguage.Mermaid,
            _ => null,
        };

    private static string? Text(JsonNode? node, string name) =>
        node is JsonObject fields
        && fields[name] is JsonValue value
        && value.TryGetValue<string>(out var text)
        && text.Length > 0
            ? text
            : null;
}
