using System.Text;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Tex;

namespace RnnCourse.Notebooks.Pages.Markdown;

/// <summary>Parses Markdown as notebooks use it, and extracts text from it.</summary>
internal static class MarkdownText
{
    private const int MaximumOpeners = 8_000;
    private const int MaximumLength = 1_000_000;

    /// <summary>CommonMark with tables, formulas, strikethrough and automatic links.</summary>
    public static MarkdownPipeline Pipeline { get; } =
        new MarkdownPipelineBuilder()
            .UsePipeTables()
            .UseMathematics()
            .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks()
            .Build();

    /// <summary>The document; <see langword="null"/> for a text that is too long or too deeply nested to be
    /// parsed.</summary>
    public static MarkdownDocument? Parse(string source)
    {
        if (source.Length > MaximumLength || HasTooManyOpeners(source))
        {
            return null;
        }

        try
        {
            return Markdig.Markdown.Parse(source, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's guard against nesting that would end the process
            return null;
        }
    }

    /// <summary>The text of a paragraph or heading without its markup; formulas as their TeX.</summary>
    public static string PlainText(ContainerInline? inlines) => Collect(inlines, text => text, tex => tex);

    /// <summary>The text of a paragraph without its markup; formulas as TeX between dollar signs.</summary>
    public static string TextWithFormulas(ContainerInline? inlines) =>
        Collect(inlines, text => text, tex => $"${tex}$");

    /// <summary>The text in HTML with formulas, but without links and emphasis.</summary>
    public static string PlainHtml(ContainerInline? inlines) =>
        Collect(inlines, HtmlText.Escape, tex => TexFormula.ToMathMl(tex, isDisplay: false));

    // Openers that nothing closes cost time that grows with the square of their number in a paragraph.
    private static bool HasTooManyOpeners(ReadOnlySpan<char> source)
    {
        var (count, isBlank) = (0, true);
        foreach (var c in source)
        {
            if (c == '\n')
            {
                count = isBlank ? 0 : count;
                isBlank = true;
            }
            else if (!char.IsWhiteSpace(c))
            {
                isBlank = false;
                if (c is '[' or '*' or '_' or '~' && ++count > MaximumOpeners)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static string Collect(ContainerInline? inlines, Func<string, string> text, Func<string, string> formula)
    {
        var result = new StringBuilder();
        foreach (var inline in inlines?.Descendants() ?? [])
        {
            result.Append(
                inline switch
                {
                    LiteralInline literal => text(literal.Content.ToString()),
                    CodeInline code => text(code.Content),
                    MathInline math => formula(math.Content.ToString()),
                    LineBreakInline => " ",
                    HtmlEntityInline entity => text(entity.Transcoded.ToString()),
                    AutolinkInline link => text(link.Url),
                    _ => "",
                }
            );
        }

        return result.ToString().Trim();
    }
}
