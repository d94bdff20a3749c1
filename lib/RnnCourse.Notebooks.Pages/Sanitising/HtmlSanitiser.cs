using System.Globalization;
using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Sanitising;

/// <summary>
/// Copies HTML so that no part of it can run a script, load anything, or end an element outside it: only listed
/// elements and attributes are copied, every tag is rewritten, and elements that are open at the end are closed.
/// </summary>
/// <remarks>
/// Why this isn't done by a library: HtmlSanitizer (on AngleSharp) builds the same tree as a browser, and so repeats
/// elements as a browser does. 30 KB of unclosed tags, such as a loop prints by mistake, became a page of 70 MB and
/// took 2.5 GB of memory. It doesn't know <c>@scope</c>, rewrites every style, and its start costs each run 0.14 to
/// 0.24 s. Here, time and size grow linearly with the text. Our tests use its parser to check the results.
/// </remarks>
internal sealed class HtmlSanitiser
{
    private readonly LinkPolicy _links;
    private readonly Func<string, string?> _attachedPicture;
    private readonly string _html;
    private readonly StringBuilder _result = new();
    private readonly OpenElements _open;

    private HtmlSanitiser(string html, LinkPolicy links, Func<string, string?> attachedPicture)
    {
        _html = html;
        _links = links;
        _attachedPicture = attachedPicture;
        _open = new(_result);
    }

    /// <summary>Copies the allowed parts.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="links">Resolves links.</param>
    /// <param name="attachedPicture">Finds the data of a picture that is attached to the cell, by its address; null if
    /// nothing is attached.</param>
    public static string Clean(string html, LinkPolicy links, Func<string, string?>? attachedPicture = null)
    {
        var sanitiser = new HtmlSanitiser(html, links, attachedPicture ?? (_ => null));
        sanitiser.Run();
        return sanitiser._result.ToString();
    }

    private void Run()
    {
        for (var position = 0; position < _html.Length; )
        {
            var next = _html.IndexOf('<', position);
            if (next < 0)
            {
                next = _html.Length;
            }

            _result.Append(_html, position, next - position);
            position = next < _html.Length ? CopyMarkup(next) : next;
        }
        _open.CloseAll();
    }

    private int CopyMarkup(int start)
    {
        if (SkipComment(start) is { } afterComment)
        {
            return afterComment;
        }

        if (HtmlTag.Read(_html, start) is not { } tag)
        {
            return CopyStray(start);
        }

        var name = tag.Name.ToLowerInvariant();
        if (tag.IsEnd)
        {
            _open.CloseThrough(name);
        }
        else if (HtmlVocabulary.HasNoText(name) || (name == "title" && _open.Kind != MarkupKind.Drawing))
        {
            return AfterEndTag(name, tag.End);
        }
        else if (name == "style")
        {
            return CopyStyle(tag.End);
        }
        else if (HtmlVocabulary.IsAllowed(name, _open.Kind))
        {
            Open(tag, name, _open.Kind);
        }
        else if (HtmlVocabulary.IsAllowed(name, MarkupKind.Html))
        {
            Open(tag, name, MarkupKind.Html);
        }

        return tag.End;
    }

    // A tag that never ends includes the rest of the text, so the rest isn't read again.
    private int CopyStray(int start)
    {
        var end = HtmlTag.IsStart(_html, start) ? _html.Length : start + 1;
        _result.Append(_html[start..end].Replace("<", "&lt;", StringComparison.Ordinal));
        return end;
    }

    private int? SkipComment(int start)
    {
        var (isMarkup, end) = (start + 1 < _html.Length ? _html[start + 1] : ' ') switch
        {
            '!' when string.CompareOrdinal(_html, start, "<!--", 0, 4) == 0 => (true, "-->"),
            '!' or '?' => (true, ">"),
            _ => (false, ""),
        };
        if (!isMarkup)
        {
            return null;
        }

        var found = _html.IndexOf(end, start + 2, StringComparison.Ordinal);
        return found < 0 ? _html.Length : found + end.Length;
    }

    private int AfterEndTag(string name, int start)
    {
        var end = EndTag(name, start);
        return end < 0 ? _html.Length : HtmlTag.Read(_html, end)?.End ?? _html.Length;
    }

    private int EndTag(string name, int start) => _html.IndexOf("</" + name, start, StringComparison.OrdinalIgnoreCase);

    // Styles of an output reach no further than its box; without '<' they can't end early, whoever reads them.
    private int CopyStyle(int start)
    {
        var end = EndTag("style", start);
        var css = end < 0 ? _html[start..] : _html[start..end];
        // In drawings a browser decodes entities first.
        var isPlain =
            _open.Kind == MarkupKind.Html
            || (_open.Kind == MarkupKind.Drawing && !css.Contains('&', StringComparison.Ordinal));
        if (isPlain && StylePolicy.IsHarmless(css) && StylePolicy.IsWhole(css))
        {
            _result
                .Append("<style>@scope{")
                .Append(css.Replace("<", "\\3c ", StringComparison.Ordinal))
                .Append("}</style>");
        }

        return AfterEndTag("style", start);
    }

    private void Open(HtmlTag tag, string name, MarkupKind place)
    {
        if (_open.WouldIgnore(name))
        {
            return;
        }

        if (place == MarkupKind.Html)
        {
            _open.CloseElementsEndedBy(name);
        }

        if (name == "img" && PictureOf(tag) is null)
        {
            WriteMissingPicture(tag);
            return;
        }
        var kind =
            name == "svg" ? MarkupKind.Drawing
            : name == "math" ? MarkupKind.Formula
            : place;
        // Drawings and formulas have names with capitals and self-closing elements.
        var isForeign = kind != MarkupKind.Html;
        var isSelfClosed = isForeign && tag.IsSelfClosed;
        var written = isForeign ? tag.Name : name;
        _result.Append('<').Append(written);
        foreach (var (attribute, value) in tag.Attributes.DistinctBy(attribute => attribute.Name))
        {
            WriteAttribute(name, kind, attribute, name == "img" && attribute == "src" ? PictureOf(tag)! : value);
        }

        _result.Append(isSelfClosed ? "/>" : ">");
        if (!isSelfClosed && !(kind == MarkupKind.Html && HtmlVocabulary.IsVoid(name)))
        {
            _open.Open(written, kind);
        }
    }

    // The data of a picture embedded in the page; null for any other picture.
    private string? PictureOf(HtmlTag tag) =>
        tag.Attributes.FirstOrDefault(attribute => attribute.Name == "src").Value is not { } address ? null
        : LinkPolicy.IsEmbeddedPicture(address) ? address
        : _attachedPicture(address);

    private void WriteAttribute(string element, MarkupKind kind, string name, string value)
    {
        var written = name switch
        {
            "href" when element == "a" => _links.Resolve(value),
            "href" or "xlink:href" when element == "use" && value.StartsWith('#') => value,
            "src" when element == "img" => value,
            "style" => StylePolicy.IsHarmless(value) ? value : null,
            _ when HtmlVocabulary.IsHarmless(name) => value,
            // In drawings, most attributes are styles by another name.
            _ when kind == MarkupKind.Drawing
                    && HtmlVocabulary.IsHarmlessInDrawing(name)
                    && StylePolicy.IsHarmless(value) => value,
            _ => null,
        };
        if (written is not null)
        {
            _result.Append(CultureInfo.InvariantCulture, $" {name}=\"{HtmlText.Escape(written)}\"");
        }
    }

    // A page loads nothing, so the picture's text and address stand in for it.
    private void WriteMissingPicture(HtmlTag tag)
    {
        var alt = tag.Attributes.FirstOrDefault(attribute => attribute.Name == "alt").Value;
        var address = tag.Attributes.FirstOrDefault(attribute => attribute.Name == "src").Value ?? "";
        var text = string.IsNullOrWhiteSpace(alt) ? "Picture" : alt;
        var shown = HtmlText.Escape(text);
        var link = _links.Resolve(address);
        _result
            .Append("<span class=\"missing-picture\">")
            .Append(link is null ? shown : $"<a href=\"{HtmlText.Escape(link)}\">{shown}</a>")
            .Append("</span>");
    }
}
