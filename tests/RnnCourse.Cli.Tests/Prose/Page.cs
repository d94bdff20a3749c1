using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>A page that people read: a Markdown file, or a notebook's text cells one after the other.</summary>
/// <param name="path">Its path from the repository's root, with slashes.</param>
/// <param name="markdown">Its text.</param>
internal sealed class Page(string path, string markdown)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseMathematics()
        .Build();
    private static readonly string[] Skipped = ["artifacts", "bin", "obj", ".git", "node_modules", "TestResults"];

    /// <summary>All pages of the repository, in order: lessons in both editions, and Markdown files.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Find("").Order(StringComparer.Ordinal)];

    public string Path { get; } = path;

    public MarkdownDocument Document { get; } = Markdown.Parse(markdown, Pipeline);

    public static bool IsNotebook(string path) => path.EndsWith(".ipynb", StringComparison.Ordinal);

    public static Page Read(string path)
    {
        var full = System.IO.Path.Combine(Repository.Root, path);
        return new(
            path,
            IsNotebook(path)
                ? string.Join(
                    "\n\n",
                    NotebookReader.Read(full).Cells.OfType<MarkdownCell>().Select(cell => cell.Source)
                )
                : File.ReadAllText(full)
        );
    }

    /// <summary>The levels and texts of its headings.</summary>
    public IReadOnlyList<(int Level, string Text)> Headings =>
        [
            .. Document
                .Descendants<HeadingBlock>()
                .Select(heading => (heading.Level, TextOf(heading.Inline, withCode: true))),
        ];

    /// <summary>Its prose, a text for each block; addresses are left out, and a 0 replaces code and formulas.</summary>
    public IEnumerable<string> Texts =>
        Document
            .Descendants<LeafBlock>()
            .Where(block => block is not (CodeBlock or HtmlBlock) && block.Inline is not null)
            .Select(block => TextOf(block.Inline, withCode: false));

    /// <summary>The name by which GitHub's pages are linked to a heading.</summary>
    public static string AnchorOf(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
            .Replace(' ', '-');

    private static string TextOf(ContainerInline? inline, bool withCode)
    {
        if (inline is null)
        {
            return "";
        }

        var text = new System.Text.StringBuilder();
        foreach (var part in inline.Descendants<Inline>())
        {
            text.Append(
                part switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline code when withCode => code.Content,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    // So that letters attached to it, as in “the $i$th”, aren't taken for a word.
                    CodeInline or MathInline => "0",
                    LineBreakInline or AutolinkInline or HtmlInline or LeafInline => " ",
                    _ => "",
                }
            );
        }

        return text.ToString();
    }

    private static IEnumerable<string> Find(string folder)
    {
        var full = System.IO.Path.Combine(Repository.Root, folder);
        foreach (var file in Directory.EnumerateFiles(full).Select(System.IO.Path.GetFileName).OfType<string>())
        {
            if (
                file.EndsWith(".md", StringComparison.Ordinal)
                || (IsNotebook(file) && folder.StartsWith("notebooks", StringComparison.Ordinal))
            )
            {
                yield return folder.Length == 0 ? file : $"{folder}/{file}";
            }
        }

        foreach (
            var below in Directory
                .EnumerateDirectories(full)
                .Select(System.IO.Path.GetFileName)
                .OfType<string>()
                .Except(Skipped)
        )
        {
            foreach (var path in Find(folder.Length == 0 ? below : $"{folder}/{below}"))
            {
                yield return path;
            }
        }
    }
}
