using System.Text;
using RnnCourse.Plotting.Hosting;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting;

/// <summary>
/// One figure of the course: a chart or a network diagram, with its caption and its alternative text. Make one with a
/// factory (<c>Figure.Lines</c>, <c>Figure.Bars</c>, <c>Figure.UnrolledNetwork</c>, …) and leave it as the last
/// expression of a notebook cell: it shows itself in any host.
/// </summary>
/// <remarks>
/// Immutable: every <c>With…</c> method returns a new figure. The same figure always gives the same bytes.
/// Nothing is loaded from anywhere and no script is needed: a static figure is an SVG picture.
/// </remarks>
public abstract partial class Figure
{
    private protected Figure(FigureContent content, string caption)
    {
        Content = content;
        Caption = caption;
        AltText = content.Describe();
    }

    internal FigureContent Content { get; }

    /// <summary>What the figure shows, in a few words; drawn above it.</summary>
    public string Title => Content.Title;

    /// <summary>The caption: what to notice, shown below the figure; empty without one.</summary>
    public string Caption { get; }

    /// <summary>
    /// The figure in words, for those who don't see it: computed from the data, one to four sentences for a
    /// figure of one series. The same data always gives the same text.
    /// </summary>
    public string AltText { get; }

    /// <summary>Whether the figure has an interactive form: charts do, diagrams don't.</summary>
    public bool IsInteractive => Content is IInteractiveContent;

    /// <summary>The same figure with a caption below it.</summary>
    /// <param name="caption">Plain text; what to notice. Symbols like s_i get their subscripts.</param>
    /// <returns>A new figure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="caption"/> is null.</exception>
    public Figure WithCaption(string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        return Of(Content, caption);
    }

    /// <summary>The figure as one SVG document, about 720×420 units for a chart, on a white ground.</summary>
    /// <returns>Well-formed XML that needs nothing else to be shown.</returns>
    public string ToSvg() => Content.ToSvg(AltText);

    /// <summary>
    /// The figure as an HTML fragment: a <c>figure</c> element with the SVG as an <c>img</c> (data URI), the
    /// alternative text, and the caption. Shown by hosts that run no script and trust no raw SVG.
    /// </summary>
    /// <returns>HTML, all text escaped.</returns>
    public string ToHtml() => Html(ToSvg(), AltText, Caption);

    /// <summary>A picture with its alternative text and a caption as HTML.</summary>
    internal static string Html(string svg, string altText, string caption)
    {
        var picture = Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        var below =
            caption.Length == 0
                ? ""
                : $"<figcaption style=\"margin-top:.4em\">{XmlEscaping.Escape(Subscripts.In(caption))}</figcaption>";
        return "<figure style=\"margin:1em 0\">"
            + $"<img src=\"data:image/svg+xml;base64,{picture}\" alt=\"{XmlEscaping.Escape(altText)}\" "
            + "style=\"max-width:100%;height:auto;background:#fff\"/>"
            + $"{below}</figure>";
    }

    /// <summary>
    /// The figure as Plotly's JSON, <c>{"data": …, "layout": …}</c>, for hosts that draw it interactively. The caption
    /// stands below the title of the horizontal axis, as Plotly has no captions.
    /// </summary>
    /// <returns>JSON text.</returns>
    /// <exception cref="InvalidOperationException">The figure is a diagram, which has no interactive form.</exception>
    public string ToPlotlyJson() =>
        Content is IInteractiveContent interactive
            ? interactive.ToPlotlyJson(Caption)
            : throw new InvalidOperationException(
                $"The figure '{Title}' is a diagram and has no Plotly form. Use ToSvg() or ToHtml()."
            );

    // Hosts choose MIME types by the object's own class, and a diagram must not promise Plotly's.
    private static Figure Of(FigureContent content, string caption = "") =>
        content is IInteractiveContent ? new ChartFigure(content, caption) : new DiagramFigure(content, caption);

    /// <summary>Title and alternative text.</summary>
    /// <returns>Plain text of one line or two.</returns>
    public override string ToString() => $"{Title}\n{AltText}";
}
