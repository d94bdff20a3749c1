using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Html.Sanitising;

/// <summary>
/// Copies HTML so that no part of it can run a script, load anything, or end an element that isn't its own: only listed
/// elements and attributes pass, every tag is written anew, and what is open at the end is closed.
/// </summary>
internal sealed class HtmlSanitiser
{
    private readonly LinkPolicy _links;
    private readonly string _html;
    private readonly StringBuilder _result = new();
    private readonly Stack<string> _open = new();
    private int _drawings;
    private int _formulas;

    private HtmlSanitiser(string html, LinkPolicy links)
    {
        _html = html;
        _links = links;
    }

    public static string Clean(string html, LinkPolicy links)
    {
        var sanitiser = new HtmlSanitiser(html, links);
        sanitiser.Run();
        return sanitiser._result.ToString();
    }

    private void Run()
    {
        for (var position = 0; position < _html.Length;)
        {
            var next = _html.IndexOf('<', position);
            if (next < 0)
                next = _html.Length;
            _result.Append(_html, position, next - position);
            position = next < _html.Length ? CopyMarkup(next) : next;
        }
        while (_open.Count > 0)
            Close();
    }

    private int CopyMarkup(int start)
    {
        if (SkipComment(start) is { } afterComment)
            return afterComment;
        if (HtmlTag.Read(_html, start) is not { } tag)
            return CopyStray(start);
        var name = tag.Name.ToLowerInvariant();
        if (tag.IsEnd)
            CloseThrough(name);
        else if (HtmlVocabulary.HasNoText(name) || (name == "title" && _drawings == 0))
            return AfterEndTag(name, tag.End);
        else if (name == "style")
            return CopyStyle(tag.End);
        else if (HtmlVocabulary.IsAllowed(name))
            Open(tag, name);
        return tag.End;
    }

    // a tag that never ends swallows the rest, so the rest is read no second time
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
            return null;
        var found = _html.IndexOf(end, start + 2, StringComparison.Ordinal);
        return found < 0 ? _html.Length : found + end.Length;
    }

    private int AfterEndTag(string name, int start)
    {
        var end = EndTag(name, start);
        return end < 0 ? _html.Length : HtmlTag.Read(_html, end)?.End ?? _html.Length;
    }

    private int EndTag(string name, int start) => _html.IndexOf("</" + name, start, StringComparison.OrdinalIgnoreCase);

    // styles of an output reach no further than its box; without '<' they can't end early, whoever reads them
    private int CopyStyle(int start)
    {
        var end = EndTag("style", start);
        var css = end < 0 ? _html[start..] : _html[start..end];
        if (IsHarmlessStyle(css))
            _result.Append("<style>@scope{").Append(css.Replace("<", "\\3c ", StringComparison.Ordinal)).Append("}</style>");
        return AfterEndTag("style", start);
    }

    private void Open(HtmlTag tag, string name)
    {
        if (name == "img" && !tag.Attributes.Any(attribute => attribute.Name == "src" && LinkPolicy.IsEmbeddedPicture(attribute.Value)))
        {
            WriteMissingPicture(tag);
            return;
        }
        // drawings and formulas have names with capitals and elements that end themselves
        var isForeign = _drawings + _formulas > 0 || name is "svg" or "math";
        _result.Append('<').Append(isForeign ? tag.Name : name);
        foreach (var (attribute, value) in tag.Attributes.DistinctBy(attribute => attribute.Name))
            WriteAttribute(name, attribute, value);
        _result.Append(isForeign && tag.IsSelfClosed ? "/>" : ">");
        if (HtmlVocabulary.IsVoid(name) || (isForeign && tag.IsSelfClosed))
            return;
        _open.Push(isForeign ? tag.Name : name);
        _drawings += name == "svg" ? 1 : 0;
        _formulas += name == "math" ? 1 : 0;
    }

    private void WriteAttribute(string element, string name, string value)
    {
        var written = name switch
        {
            "href" when element == "a" => _links.Resolve(value),
            "href" or "xlink:href" when element == "use" && value.StartsWith('#') => value,
            "src" when element == "img" => value,
            "style" => IsHarmlessStyle(value) ? value : null,
            _ when HtmlVocabulary.IsHarmless(name, _drawings > 0 || element == "svg") => value,
            _ => null,
        };
        if (written is not null)
            _result.Append(CultureInfo.InvariantCulture, $" {name}=\"{HtmlText.Escape(written)}\"");
    }

    // a page loads nothing, so the picture's text and address stand in for it
    private void WriteMissingPicture(HtmlTag tag)
    {
        var alt = tag.Attributes.FirstOrDefault(attribute => attribute.Name == "alt").Value;
        var address = tag.Attributes.FirstOrDefault(attribute => attribute.Name == "src").Value ?? "";
        var text = string.IsNullOrWhiteSpace(alt) ? "Picture" : alt;
        var shown = HtmlText.Escape(text);
        var link = _links.Resolve(address);
        _result.Append("<span class=\"missing-picture\">")
            .Append(link is null ? shown : $"<a href=\"{HtmlText.Escape(link)}\">{shown}</a>")
            .Append("</span>");
    }

    private static bool IsHarmlessStyle(string css)
    {
        // a backslash may spell any of the other words
        string[] acting = ["url(", "image(", "image-set(", "@import", "expression(", "javascript:", "behavior:", "-moz-binding", "\\"];
        return !acting.Any(Has) && !(Has("position") && (Has("fixed") || Has("sticky")));

        bool Has(string word) => css.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private void CloseThrough(string name)
    {
        if (!_open.Any(open => open.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return;
        while (!Close().Equals(name, StringComparison.OrdinalIgnoreCase))
        {
        }
    }

    private string Close()
    {
        var name = _open.Pop();
        _result.Append("</").Append(name).Append('>');
        _drawings -= name.Equals("svg", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        _formulas -= name.Equals("math", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return name;
    }
}
