using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Sanitising;
using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Notebooks.Pages.Markdown;

/// <summary>Turns the Markdown of one page's cells into HTML; ids of headings are unique across the page.</summary>
/// <param name="links">Resolves links.</param>
/// <param name="words">Marks words; null to mark none.</param>
internal sealed class MarkdownRenderer(LinkPolicy links, WordMarker? words = null)
{
    private readonly HeadingIds _ids = new();

    /// <summary>The headings rendered so far, in order.</summary>
    public List<Heading> Headings { get; } = [];

    /// <summary>Renders one cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="source">The part of its text to show; null for all of it.</param>
    public string Render(MarkdownCell cell, string? source = null) =>
        Render(source ?? cell.Source, cell.Attachments, cell: cell.Id);

    /// <summary>Renders a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="attachments">The files attached to it.</param>
    /// <param name="listsHeadings">Whether its headings appear in the page's table of contents.</param>
    /// <param name="cell">The cell that it belongs to.</param>
    public string Render(
        string source,
        IReadOnlyDictionary<string, MimeBundle>? attachments = null,
        bool listsHeadings = true,
        string? cell = null
    )
    {
        if (MarkdownText.Parse(source) is not { } document)
        {
            return $"<pre>{HtmlText.Escape(source)}</pre>";
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            Name(heading, listsHeadings);
        }

        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            picture.Url = AttachedPicture(picture.Url, attachments) ?? picture.Url;
        }

        if (Write(document) is not { } html)
        {
            return $"<pre>{HtmlText.Escape(source)}</pre>";
        }

        var clean = HtmlSanitiser.Clean(html, links, address => AttachedPicture(address, attachments));
        return words?.Mark(clean, cell) ?? clean;
    }

    private void Name(HeadingBlock heading, bool isListed)
    {
        var id = _ids.Next(MarkdownText.PlainText(heading.Inline));
        heading.SetData(HeadingRenderer.IdKey, id);
        if (isListed)
        {
            Headings.Add(new(heading.Level, id, MarkdownText.PlainHtml(heading.Inline)));
        }
    }

    private static string? Write(MarkdownDocument document)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        MarkdownText.Pipeline.Setup(renderer);
        PageRenderers.Install(renderer);
        try
        {
            renderer.Render(document);
        }
        catch (ArgumentException)
        {
            // Markdig's guard doesn't see this: unclosed brackets nest only when they are rendered
            return null;
        }
        return writer.ToString();
    }

    private static string? AttachedPicture(string? address, IReadOnlyDictionary<string, MimeBundle>? attachments)
    {
        const string Scheme = "attachment:";
        if (attachments is null || address is null || !address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        return attachments.TryGetValue(Uri.UnescapeDataString(address[Scheme.Length..]), out var bundle)
            ? Pictures.DataUri(bundle)
            : null;
    }
}
