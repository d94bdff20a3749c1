using System.Collections.Frozen;
using System.Text;

namespace RnnCourse.Notebooks.Pages.Sanitising;

/// <summary>The language by whose rules a browser reads tags.</summary>
internal enum MarkupKind
{
    Html,
    Drawing,
    Formula,
}

/// <summary>
/// The elements that are open, nested as a browser nests them. Where a tag makes a browser close other elements, they
/// are closed here first: an end tag for an element that the browser has already closed would end another one, outside
/// this HTML.
/// </summary>
/// <param name="result">Receives the end tags.</param>
internal sealed class OpenElements(StringBuilder result)
{
    // Browsers give up at twice of this.
    private const int MaximumDepth = 256;

    private static readonly FrozenSet<string> Headings = Set("h1 h2 h3 h4 h5 h6");
    private static readonly FrozenSet<string> EndedByRuby = Set("dd dt li p rp rt");

    // An element whose start ends another one looks for it only up to one of these.
    private static readonly FrozenSet<string> AroundTables = Set("caption td th");
    private static readonly FrozenSet<string> EndingParagraphs = Set(
        "address article aside blockquote center dd details div dl dt figcaption figure footer h1 "
            + "h2 h3 h4 h5 h6 header hr li nav ol p pre section summary table ul"
    );
    private static readonly FrozenSet<string> BoundsOfParagraphs = Set(
        "caption table td th desc title mi mn mo ms mtext"
    );
    private static readonly FrozenSet<string> AroundItems = Set(
        "article aside blockquote caption center details dl figcaption figure footer h1 h2 h3 h4 h5 h6 header nav ol "
            + "pre section summary table tbody td tfoot th thead tr ul desc title mi mn mo ms mtext"
    );

    // Inside of these, a drawing or a formula holds HTML.
    private static readonly FrozenSet<string> HoldersOfHtml = Set("desc title mi mn mo ms mtext");

    private static readonly FrozenSet<string> PartsOfTables = Set("caption col colgroup tbody td tfoot th thead tr");

    private readonly List<(string Name, MarkupKind Kind)> _open = [];

    /// <summary>Whether a browser would leave out an element of HTML here: it is nested too deeply, or is a part of a
    /// table outside a table.</summary>
    public bool WouldIgnore(string name) =>
        _open.Count >= MaximumDepth || (PartsOfTables.Contains(name) && !_open.Exists(open => open.Name == "table"));

    /// <summary>The language of a tag at the present position.</summary>
    public MarkupKind Kind =>
        _open is [.., var (name, kind)] && !(kind != MarkupKind.Html && HoldersOfHtml.Contains(name))
            ? kind
            : MarkupKind.Html;

    public void Open(string name, MarkupKind kind) => _open.Add((name, kind));

    /// <summary>Closes the elements that the start of an HTML element ends.</summary>
    public void CloseElementsEndedBy(string name)
    {
        while (Kind != MarkupKind.Html)
        {
            Close();
        }

        switch (name)
        {
            case "a":
                CloseLast(open => open == "a", AroundTables.Contains);
                break;
            case "li":
                CloseLast(open => open == "li", open => AroundItems.Contains(open) || open is "dd" or "dt");
                break;
            case "dd" or "dt":
                CloseLast(open => open is "dd" or "dt", open => AroundItems.Contains(open) || open == "li");
                break;
            case "table":
                CloseLast(open => open == "table", AroundTables.Contains);
                break;
            case "rp" or "rt":
                while (_open is [.., var (last, _)] && EndedByRuby.Contains(last))
                {
                    Close();
                }

                break;
            case var _ when PartsOfTables.Contains(name) && _open.Exists(open => open.Name == "table"):
                CloseTo(_open.FindLastIndex(open => open.Name == "table" || Holds(open.Name, name)) + 1);
                break;
        }
        if (EndingParagraphs.Contains(name))
        {
            CloseLast(open => open == "p", BoundsOfParagraphs.Contains);
        }

        if (Headings.Contains(name) && _open is [.., var (heading, _)] && Headings.Contains(heading))
        {
            Close();
        }
    }

    /// <summary>Closes the last open element with this name, if there is one, and all elements inside it.</summary>
    public void CloseThrough(string name)
    {
        if (
            _open.FindLastIndex(open => open.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is var last and >= 0
        )
        {
            CloseTo(last);
        }
    }

    public void CloseAll() => CloseTo(0);

    private static bool Holds(string open, string part) =>
        part switch
        {
            "td" or "th" => open is "tr" or "tbody" or "tfoot" or "thead",
            "tr" => open is "tbody" or "tfoot" or "thead",
            "col" => open == "colgroup",
            _ => false,
        };

    // For elements of HTML only: those of a drawing with the same name, such as its links, end nothing and aren't
    // ended.
    private void CloseLast(Predicate<string> isMeant, Predicate<string> isBarrier)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var (name, kind) = _open[i];
            if (kind == MarkupKind.Html && isMeant(name))
            {
                CloseTo(i);
                return;
            }

            if (isBarrier(name))
            {
                return;
            }
        }
    }

    private void CloseTo(int count)
    {
        while (_open.Count > count)
        {
            Close();
        }
    }

    private void Close()
    {
        result.Append("</").Append(_open[^1].Name).Append('>');
        _open.RemoveAt(_open.Count - 1);
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
