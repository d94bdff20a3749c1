using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Code;
using RnnCourse.Notebooks.Pages.Markdown;
using RnnCourse.Notebooks.Pages.Sanitising;
using RnnCourse.Notebooks.Pages.Tex;

namespace RnnCourse.Notebooks.Pages;

/// <summary>Renders the outputs of a cell, each in its best representation that works without a script.</summary>
internal sealed partial class OutputRenderer(MarkdownRenderer markdown, LinkPolicy links)
{
    private const string NoText = "Picture without a description";
    private const int LongestDescription = 300;

    // Somewhat more than a session lets a cell print and show.
    private const int LongestText = 200_000;
    private const int LongestRich = 10_000_000;

    private static readonly string[] VisibleTags = ["<img", "<svg", "<hr", "<meter", "<progress", "<math"];

    public string Render(Output output) =>
        output switch
        {
            StreamOutput { Text: "" } => "",
            StreamOutput { Name: StreamOutput.StandardError } stream =>
                $"<pre class=\"output stderr\">{AnsiText.ToHtml(Cut(stream.Text))}</pre>\n",
            StreamOutput stream => Plain(stream.Text),
            ErrorOutput error => Render(error),
            RichOutput rich => Render(rich),
            _ => "",
        };

    // Long lines are wrapped, but not those of columns, which several blanks keep apart.
    private static string Plain(string text) =>
        $"<pre class=\"output{(Columns().IsMatch(text) ? " columns" : "")}\">{AnsiText.ToHtml(Cut(text))}</pre>\n";

    [GeneratedRegex(@"\S {2,}\S", RegexOptions.CultureInvariant)]
    private static partial Regex Columns();

    private static string Render(ErrorOutput error)
    {
        var value = AnsiText.Strip(error.Value);
        var title =
            value.Length > 0
                ? $"<strong>{HtmlText.Escape(error.Name)}</strong>: {HtmlText.Escape(value)}"
                : $"<strong>{HtmlText.Escape(error.Name)}</strong>";
        var lines = string.Join('\n', error.Traceback);
        var traceback = lines.Length > 0 ? $"<pre>{AnsiText.ToHtml(lines)}</pre>" : "";
        return $"<div class=\"output error\"><p>{title}</p>{traceback}</div>\n";
    }

    /// <summary>Whether any output rendered so far can be made interactive by the page's script.</summary>
    public bool HasExplorables { get; private set; }

    private string Render(RichOutput output)
    {
        var still = RenderStill(output);
        if (!ExplorableScript.Reads(output.Data, out var json))
        {
            return still;
        }

        HasExplorables = true;
        return $"<div class=\"explorable\" data-explorable=\"{HtmlText.Escape(json)}\">\n{still}</div>\n";
    }

    private string RenderStill(RichOutput output)
    {
        var data = output.Data;
        // A cell in Markdown: only this form of its output has rendered formulas.
        if (data.Text("text/markdown") is { } source && source == data.Text("text/plain"))
        {
            return Held(markdown.Render(source, listsHeadings: false));
        }

        if (
            data.Text("text/html") is { Length: <= LongestRich } html
            && HtmlSanitiser.Clean(html, links) is var clean
            && ShowsSomething(clean)
        )
        {
            return Held(clean);
        }

        if (Pictures.DataUri(data) is { } picture)
        {
            return $"<div class=\"output rich\"><img src=\"{picture}\" "
                + $"alt=\"{HtmlText.Escape(Description(output))}\"></div>\n";
        }

        if (data.Text("text/markdown") is { } text)
        {
            return Held(markdown.Render(text, listsHeadings: false));
        }

        if (data.Text("text/latex") is { } tex)
        {
            return "<div class=\"output rich "
                + $"formula\">{TexFormula.ToMathMl(WithoutDollars(tex), isDisplay: true)}</div>\n";
        }

        if (data.Text("text/plain") is { } plain)
        {
            return Plain(plain);
        }

        if (data["application/json"] is MimeJson { Json: var json })
        {
            return $"<pre class=\"output\">{HtmlText.Escape(json?.ToJsonString() ?? "null")}</pre>\n";
        }

        var types = string.Join(", ", data.MimeTypes);
        return types.Length == 0
            ? ""
            : "<p class=\"output unknown\">This output has no form that a page can show "
                + $"({HtmlText.Escape(types)}).</p>\n";
    }

    // Other hosts may store text of any length; nobody reads 50 MB, and a browser takes long to show it.
    private static string Cut(string text) =>
        text.Length <= LongestText
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text.AsSpan(0, LongestText)}\n[{text.Length - LongestText} further characters left out]\n"
            );

    // Two boxes: styles of the output can affect the inner one, so the outer one contains it.
    private static string Held(string html) => $"<div class=\"output\"><div class=\"rich\">{html}</div></div>\n";

    // HTML that consists of a script shows nothing here, and then another form may show more
    private static bool ShowsSomething(string html) =>
        VisibleTags.Any(tag => html.Contains(tag, StringComparison.OrdinalIgnoreCase))
        || HtmlText.VisibleCharacters(html).Any(c => !char.IsWhiteSpace(c));

    private static string Description(RichOutput output)
    {
        foreach (var (_, metadata) in output.Metadata)
        {
            if (
                metadata is JsonObject fields
                && fields["alt"] is JsonValue value
                && value.TryGetValue<string>(out var alt)
            )
            {
                return alt;
            }
        }

        var plain = output.Data.Text("text/plain")?.Trim();
        return plain is { Length: > 0 and <= LongestDescription } ? plain : NoText;
    }

    private static string WithoutDollars(string tex)
    {
        var source = tex.Trim();
        foreach (var (open, close) in new[] { ("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$") })
        {
            if (
                source.Length >= open.Length + close.Length
                && source.StartsWith(open, StringComparison.Ordinal)
                && source.EndsWith(close, StringComparison.Ordinal)
            )
            {
                return source[open.Length..^close.Length];
            }
        }

        return source;
    }
}
