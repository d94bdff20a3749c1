using System.Globalization;
using System.Text;

namespace RnnCourse.Plotting.Text;

/// <summary>
/// An SVG picture being drawn: a few shapes, arrows and text on a white ground. No ids, no styles, no links.
/// </summary>
internal sealed class SvgCanvas(double width, double height)
{
    public const string SansSerif = "Helvetica, Arial, sans-serif";

    private const double HeadLength = 11;
    private const double HeadHalfWidth = 5;

    private readonly StringBuilder _body = new();

    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>A number as SVG text: two decimals at most.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public void Rectangle(
        double x,
        double y,
        double w,
        double h,
        string fill,
        string stroke = "none",
        double strokeWidth = 1.5,
        double radius = 0,
        bool dashed = false
    ) =>
        _body
            .Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(w)}\" height=\"{N(h)}\"")
            .Append(radius > 0 ? $" rx=\"{N(radius)}\"" : "")
            .Append(Paint(fill, stroke, strokeWidth, dashed))
            .Append("/>\n");

    public void Circle(
        double x,
        double y,
        double r,
        string fill,
        string stroke,
        double strokeWidth = 2,
        bool dashed = false
    ) =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(r)}\"{Paint(fill, stroke, strokeWidth, dashed)}/>\n"
        );

    public void Path(string d, string stroke, double strokeWidth = 2, bool dashed = false, string fill = "none") =>
        _body.Append(CultureInfo.InvariantCulture, $"<path d=\"{d}\"{Paint(fill, stroke, strokeWidth, dashed)}/>\n");

    public void Line(
        double x1,
        double y1,
        double x2,
        double y2,
        string stroke,
        double strokeWidth = 2,
        bool dashed = false
    ) => Path($"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}", stroke, strokeWidth, dashed);

    /// <summary>A straight arrow whose tip touches (x2, y2).</summary>
    public void Arrow(
        double x1,
        double y1,
        double x2,
        double y2,
        string colour,
        double strokeWidth = 2.5,
        bool dashed = false
    )
    {
        var length = Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1)));
        if (length == 0)
        {
            return;
        }

        var (dx, dy) = ((x2 - x1) / length, (y2 - y1) / length);
        Line(x1, y1, x2 - (dx * HeadLength * 0.8), y2 - (dy * HeadLength * 0.8), colour, strokeWidth, dashed);
        Head(x2, y2, dx, dy, colour);
    }

    /// <summary>An arrow head whose tip is at (x, y), pointing along the unit vector (dx, dy).</summary>
    public void Head(double x, double y, double dx, double dy, string colour)
    {
        var (bx, by) = (x - (dx * HeadLength), y - (dy * HeadLength));
        Path(
            $"M{N(x)} {N(y)}L{N(bx - (dy * HeadHalfWidth))} {N(by + (dx * HeadHalfWidth))}"
                + $"L{N(bx + (dy * HeadHalfWidth))} {N(by - (dx * HeadHalfWidth))}Z",
            "none",
            fill: colour
        );
    }

    /// <summary>Text whose middle line is at y.</summary>
    public void Text(
        double x,
        double y,
        string text,
        double size,
        string colour,
        string anchor = "middle",
        bool bold = false
    ) => Write(x, y, XmlEscaping.Escape(text), size, colour, anchor, SansSerif, bold);

    /// <summary>A formula whose middle line is at y.</summary>
    public void Formula(
        double x,
        double y,
        string formula,
        double size,
        string colour,
        string anchor = "middle",
        bool bold = false
    ) => Write(x, y, MathText.ToSpans(formula, size), size, colour, anchor, MathText.Font, bold);

    /// <summary>The whole picture, with its title and description for those who don't see it.</summary>
    public string ToSvg(string title, string description) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(Width)}\" height=\"{N(Height)}\" "
        + $"viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"img\"><title>{XmlEscaping.Escape(title)}</title>"
        + $"<desc>{XmlEscaping.Escape(description)}</desc>\n"
        + $"<rect width=\"{N(Width)}\" height=\"{N(Height)}\" fill=\"#FFFFFF\"/>\n{_body}</svg>\n";

    // The baseline is set by hand: viewers disagree about dominant-baseline inside an img.
    private void Write(
        double x,
        double y,
        string content,
        double size,
        string colour,
        string anchor,
        string font,
        bool bold
    ) =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{N(x)}\" y=\"{N(y + (size * 0.34))}\" font-family=\"{font}\" font-size=\"{N(size)}\" "
                + $"text-anchor=\"{anchor}\" "
                + $"fill=\"{colour}\"{(bold ? " font-weight=\"bold\"" : "")}>{content}</text>\n"
        );

    private static string Paint(string fill, string stroke, double strokeWidth, bool dashed) =>
        $" fill=\"{fill}\""
        + (
            stroke == "none"
                ? ""
                : $" stroke=\"{stroke}\" stroke-width=\"{N(strokeWidth)}\"{(dashed ? " stroke-dasharray=\"6 4\"" : "")}"
        );
}
