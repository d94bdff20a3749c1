using System.Globalization;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages.Code;
using RnnCourse.Notebooks.Pages.Markdown;

namespace RnnCourse.Notebooks.Pages;

/// <summary>Renders one cell: a text, or code with its outputs.</summary>
internal sealed partial class CellRenderer(MarkdownRenderer markdown, OutputRenderer outputs)
{
    private const string StartOfProse = "<div class=\"prose\">\n";
    private const string EndOfProse = "</div>\n";
    private const string EndOfFolded = "</details>\n</div>\n";
    private static readonly string[] Nesting = ["blockquote", "ul", "ol", "li", "div", "table", "details", "section"];

    public string Render(Cell cell) =>
        cell switch
        {
            _ when cell.Source.AsSpan().Trim().IsEmpty && cell is not CodeCell { Outputs.Count: > 0 } => "",
            MarkdownCell text => Render(text),
            CodeCell code => Render(code),
            _ => $"<pre class=\"raw\">{HtmlText.Escape(cell.Source)}</pre>\n",
        };

    /// <summary>The id that a cell has on its page.</summary>
    public static string IdOf(Cell cell) => "cell-" + cell.Id;

    private string Render(MarkdownCell cell)
    {
        var prose = $"{StartOfProse}{markdown.Render(cell)}{EndOfProse}";

        // HTML with its own styles might leave its place, so it is put into a box as outputs are. Other text isn't,
        // because such a box cuts off outlines at its edge and adds its margins to those of its neighbours.
        return OwnLooks().IsMatch(prose) ? $"<div class=\"held\">\n{prose}</div>\n" : prose;
    }

    private string Render(CodeCell cell)
    {
        var source = cell.Source.Trim('\n');
        var code = IsCSharp(cell) ? CodeHighlighter.ToHtml(source) : HtmlText.Escape(source);
        var count = cell.ExecutionCount is { } number ? number.ToString(CultureInfo.InvariantCulture) : "\u00A0";
        var shown = string.Concat(cell.Outputs.Select(outputs.Render));
        return $"<div class=\"code\" id=\"{IdOf(cell)}\">\n"
            + "<div class=\"source\"><span class=\"count\" "
            + $"aria-hidden=\"true\">{count}</span><pre><code>{code}</code></pre></div>\n"
            + (shown.Length > 0 ? Folded(cell, $"<div class=\"outputs\">\n{shown}</div>\n") : "")
            + "</div>\n";
    }

    /// <summary>Hides, together with a result that is to be predicted, the next text's comments on it, up to the text's
    /// first heading.</summary>
    /// <param name="shown">The cells of a page, as they were rendered.</param>
    public static void FoldWhatFollows(List<string> shown)
    {
        for (var i = 0; i + 1 < shown.Count; i++)
        {
            var text = shown[i + 1];
            if (
                !shown[i].EndsWith(EndOfFolded, StringComparison.Ordinal)
                || !text.StartsWith(StartOfProse, StringComparison.Ordinal)
            )
            {
                continue;
            }

            var heading = Heading().Match(text);
            var told = heading.Success ? text[..heading.Index] : text[..^EndOfProse.Length];
            if (told.Length == StartOfProse.Length || !IsWhole(told[StartOfProse.Length..]))
            {
                continue;
            }

            shown[i] = shown[i][..^EndOfFolded.Length] + told + EndOfProse + EndOfFolded;
            shown[i + 1] = heading.Success ? StartOfProse + text[heading.Index..] : "";
        }
    }

    // Whether a heading within a quotation or a list would have cut it.
    private static bool IsWhole(string html) =>
        Nesting.All(name => Count(html, $"<{name}") == Count(html, $"</{name}"));

    private static int Count(string html, string part) => html.Split(part).Length - 1;

    // An output to be predicted is shown on request; an error is shown at once.
    private static string Folded(CodeCell cell, string shown) =>
        PredictionQuestion.Of(cell) is { } question && !cell.Outputs.Any(output => output is ErrorOutput)
            ? "<details class=\"folded\">\n<summary><span>Before you look:</span> "
                + $"{HtmlText.Escape(question)}</summary>\n{shown}</details>\n"
            : shown;

    [GeneratedRegex("^<h[1-6]\\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    // Any style except a table's alignment, and the classes that position the page's own parts.
    [GeneratedRegex(
        """<style|\sstyle="(?!text-align: ?(left|right|center);?")"""
            + """|\sclass="[^"]*(skip|rail|contents|lessons|count|top|bottom)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OwnLooks();

    /// <summary>Whether a cell is written in C#, unless it names another language.</summary>
    public static bool IsCSharp(CodeCell cell) => CellLanguages.KernelOf(cell) is null or "csharp" or "C#";
}
