using System.Buffers;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Code;
using RnnCourse.Notebooks.Pages.Tex;

namespace RnnCourse.Notebooks.Pages.Markdown;

/// <summary>The renderers of Markdown elements that pages show in a special way.</summary>
internal static class PageRenderers
{
    public static void Install(HtmlRenderer renderer)
    {
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.HeadingRenderer>(new HeadingRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.CodeBlockRenderer>(new FencedCodeRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new FormulaRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new FormulaBlockRenderer());
    }
}

/// <summary>A heading with a link to itself.</summary>
internal sealed class HeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    public const string IdKey = "page-id";

    protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
    {
        var id = HtmlText.Escape((string)obj.GetData(IdKey)!);
        renderer.EnsureLine();
        renderer.Write($"<h{obj.Level} id=\"{id}\">");
        renderer.WriteLeafInline(obj);
        renderer
            .Write($"<a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a></h{obj.Level}>")
            .WriteLine();
    }
}

/// <summary>Code in text; C# is coloured as in code cells.</summary>
internal sealed class FencedCodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var source = obj.Lines.ToString();
        var isCSharp = (obj as FencedCodeBlock)?.Info?.ToLowerInvariant() is "csharp" or "cs" or "c#";
        renderer.EnsureLine();
        renderer.Write("<pre><code>");
        renderer.Write(isCSharp ? CodeHighlighter.ToHtml(source) : HtmlText.Escape(source));
        renderer.Write("</code></pre>").WriteLine();
    }
}

/// <summary>A table in a separate box, so that a wide table scrolls and the page doesn't.</summary>
internal sealed class ScrollingTableRenderer : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine();
        renderer.Write("<div class=\"scroll\">");
        base.Write(renderer, table);
        renderer.Write("</div>").WriteLine();
    }
}

/// <summary>A formula in a line of text.</summary>
internal sealed class FormulaRenderer : HtmlObjectRenderer<MathInline>
{
    // A formula of about this many characters may be wider than a phone's screen, and formulas don't break.
    private const int Long = 26;

    private static readonly SearchValues<char> ClosingMarks = SearchValues.Create(",.;:!?)]}'\"’”…");

    protected override void Write(HtmlRenderer renderer, MathInline obj)
    {
        var tex = obj.Content.ToString();
        if (obj.DelimiterCount > 1)
        {
            renderer
                .Write("<span class=\"formula\">")
                .Write(TexFormula.ToMathMl(tex, isDisplay: true))
                .Write("</span>");
        }
        else
        {
            WriteInline(renderer, TexFormula.ToMathMl(tex, isDisplay: false), TakeMarks(obj.NextSibling));
        }
    }

    private static void WriteInline(HtmlRenderer renderer, string formula, string marks)
    {
        var isLong = HtmlText
            .VisibleCharacters(formula[..formula.IndexOf("<annotation", StringComparison.Ordinal)])
            .Skip(Long)
            .Any();
        var start =
            isLong ? "<span class=\"long-formula\">"
            : marks.Length > 0 ? "<span class=\"with-marks\">"
            : "<span>";
        renderer.Write(start).Write(formula).Write(HtmlText.Escape(marks)).Write("</span>");
    }

    // Browsers break a line between a formula and the comma behind it, so the comma becomes part of the formula.
    private static string TakeMarks(Inline? next)
    {
        if (next is not LiteralInline literal)
        {
            return "";
        }

        var text = literal.Content.ToString();
        var count = text.AsSpan().IndexOfAnyExcept(ClosingMarks);
        var marks = count < 0 ? text : text[..count];
        literal.Content.Start += marks.Length;
        return marks;
    }
}

/// <summary>A formula in a separate paragraph.</summary>
internal sealed class FormulaBlockRenderer : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock obj)
    {
        renderer.EnsureLine();
        renderer
            .Write("<div class=\"formula\">")
            .Write(TexFormula.ToMathMl(obj.Lines.ToString(), isDisplay: true))
            .Write("</div>")
            .WriteLine();
    }
}
