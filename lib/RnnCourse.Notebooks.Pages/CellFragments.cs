using System.Reflection;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Code;
using RnnCourse.Notebooks.Pages.Markdown;
using RnnCourse.Notebooks.Pages.Sanitising;
using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Notebooks.Pages;

/// <summary>
/// Renders the parts of a page one by one, for a page that changes while it is read. Everything is sanitized as on the
/// pages of <see cref="PageRenderer"/>: nothing in it runs or loads anything.
/// </summary>
/// <param name="resolveLink">Resolves relative links, as <see cref="PageContext.ResolveLink"/>.</param>
/// <param name="words">Words to mark in the texts of cells, and the name of the notebook's file; null to mark
/// none.</param>
public sealed partial class CellFragments(
    Func<string, string?>? resolveLink = null,
    (WordBook Book, string Notebook)? words = null
)
{
    private readonly LinkPolicy _links = new(resolveLink);

    /// <summary>The style sheet of all pages.</summary>
    public static string Style { get; } = ReadStyle();

    /// <summary>The text of a cell in HTML; empty if it has no visible content.</summary>
    /// <param name="cell">The cell.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public string Text(MarkdownCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Source.AsSpan().Trim().IsEmpty
            ? ""
            : new MarkdownRenderer(_links, words?.Book.MarkerFor(words.Value.Notebook)).Render(
                cell,
                OnLivePage(cell.Source)
            );
    }

    // How to get a hint, for example, depends on where the lesson is read. Instructions for other places are replaced
    // or removed.
    private static string OnLivePage(string markdown) =>
        markdown.Contains("\"elsewhere\"", StringComparison.Ordinal)
            ? Elsewhere().Replace(markdown, "${live}")
            : markdown;

    [GeneratedRegex(
        """<span class="elsewhere"(?:\s+data-live="(?<live>[^"<>]*)")?>(?:(?!</?span\b).)*</span>""",
        RegexOptions.Singleline
    )]
    private static partial Regex Elsewhere();

    /// <summary>A Markdown text outside any cell, such as an explanation, in HTML.</summary>
    /// <param name="markdown">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="markdown"/> is null.</exception>
    public string Text(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return new MarkdownRenderer(_links).Render(markdown, listsHeadings: false);
    }

    /// <summary>One output in HTML; empty if it has no visible content.</summary>
    /// <param name="output">The output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public string Output(Output output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return new OutputRenderer(new MarkdownRenderer(_links), _links).Render(output);
    }

    /// <summary>The code of a cell in HTML; C# is coloured, and every character is kept.</summary>
    /// <param name="cell">The cell.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static string Code(CodeCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return CellRenderer.IsCSharp(cell) ? CodeHighlighter.ToHtml(cell.Source) : HtmlText.Escape(cell.Source);
    }

    /// <summary>The colours of C# code, the same as in <see cref="Code"/>.</summary>
    /// <param name="source">The code.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static IReadOnlyList<CodeColour> ColoursOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return CodeHighlighter.ColoursOf(source);
    }

    /// <summary>The list of a notebook's headings, as shown on its page; empty if there are few headings.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <exception cref="ArgumentNullException"><paramref name="notebook"/> is null.</exception>
    public static string Contents(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var markdown = new MarkdownRenderer(new LinkPolicy(null));
        foreach (var cell in notebook.Cells.OfType<MarkdownCell>())
        {
            _ = markdown.Render(cell.Source);
        }

        return PageRenderer.Contents(markdown.Headings);
    }

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The colour of a piece of code.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Class">The class of the style sheet that colours it.</param>
public sealed record CodeColour(int Start, int Length, string Class);
