using System.Collections.Frozen;

namespace RnnCourse.Notebooks.Pages.Sanitising;

/// <summary>The elements and attributes that a page may contain. Anything else is removed.</summary>
internal static class HtmlVocabulary
{
    private static readonly FrozenSet<string> Html = Set(
        "svg math a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd del "
            + "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li "
            + "mark meter nav ol p pre progress q rp rt ruby s samp section small span strike strong style sub summary "
            + "sup table tbody td tfoot th thead time tr tt u ul var wbr"
    );

    private static readonly FrozenSet<string> Drawings = Set(
        "svg a g path rect circle ellipse line polyline polygon text tspan textpath defs marker "
            + "lineargradient radialgradient stop clippath use symbol title desc pattern mask"
    );

    private static readonly FrozenSet<string> Formulas = Set(
        "math semantics annotation mrow mi mn mo ms mtext mspace msup msub msubsup mover munder munderover mfrac msqrt "
            + "mroot mtable mtr mtd mstyle merror mphantom mpadded mmultiscripts mprescripts none"
    );

    // Their content is not text for readers.
    private static readonly FrozenSet<string> ElementsWithoutText = Set(
        "script iframe object embed applet noscript noembed noframes template textarea select xmp "
            + "plaintext head audio video canvas foreignobject"
    );

    private static readonly FrozenSet<string> VoidElements = Set(
        "area base br col embed hr img input link meta param source track wbr"
    );

    private static readonly FrozenSet<string> Attributes = Set(
        "class id title lang dir role alt width height align valign colspan rowspan scope headers span open start "
            + "reversed value max min low high optimum datetime abbr color face size border cellpadding cellspacing "
            + "bgcolor display displaystyle scriptlevel mathvariant stretchy fence form separator accent accentunder "
            + "movablelimits symmetric largeop minsize maxsize lspace rspace linethickness columnalign rowalign "
            + "columnspacing rowspacing columnspan depth voffset encoding"
    );

    public static bool IsAllowed(string element, MarkupKind kind) =>
        (
            kind switch
            {
                MarkupKind.Drawing => Drawings,
                MarkupKind.Formula => Formulas,
                _ => Html,
            }
        ).Contains(element);

    public static bool HasNoText(string element) => ElementsWithoutText.Contains(element);

    public static bool IsVoid(string element) => VoidElements.Contains(element);

    /// <summary>Whether an attribute is harmless with any value.</summary>
    public static bool IsHarmless(string attribute) =>
        Attributes.Contains(attribute)
        || (
            attribute.StartsWith("aria-", StringComparison.Ordinal)
            && attribute.All(c => char.IsAsciiLetter(c) || c == '-')
        );

    /// <summary>Whether an attribute of a drawing only affects its appearance. There are hundreds of attributes; only
    /// event handlers and addresses can act.</summary>
    public static bool IsHarmlessInDrawing(string attribute) =>
        !attribute.StartsWith("on", StringComparison.Ordinal)
        && !attribute.EndsWith("href", StringComparison.Ordinal)
        && !attribute.StartsWith("xml", StringComparison.Ordinal)
        && attribute != "src"
        && attribute.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
