using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>Sizes and colours that all diagrams share: a parameter has one colour wherever it appears.</summary>
internal static class DiagramStyle
{
    public const double Width = 720;
    public const double Margin = 16;
    public const double TitleSize = 20;
    public const double TitleHeight = 52;
    public const double SymbolSize = 22;
    public const double WordSize = 17;

    public const string Ink = "#222222";
    public const string Faint = "#767676";
    public const string NodeFill = "#F1F1F1";
    public const string StateFill = "#FFF8DC";
    public const string U = "#0065A4";
    public const string W = "#C04A00";
    public const string V = "#00745A";

    /// <summary>A canvas with the title on it, and the height at which the drawing starts.</summary>
    public static (SvgCanvas Canvas, double Top) Start(string title, double height, double width = Width)
    {
        var lines = TextWrapping.Lines(Subscripts.In(title), width - (2 * Margin), TitleSize, bold: true);
        var extra = (lines.Count - 1) * TitleSize * 1.25;
        var canvas = new SvgCanvas(width, height + TitleHeight + extra);
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.Text(width / 2, 26 + (i * TitleSize * 1.25), lines[i], TitleSize, Ink, bold: true);
        }

        return (canvas, TitleHeight + extra);
    }

    /// <summary>A row that says which colour is which parameter.</summary>
    public static void Legend(SvgCanvas canvas, double y, params (string Formula, string Words, string Colour)[] items)
    {
        const double swatch = 30;
        const double gap = 22;
        var widths = items
            .Select(item =>
                swatch + 8 + MathText.Width(item.Formula, WordSize) + TextWidth.Of(item.Words, WordSize - 1)
            )
            .ToArray();
        var x = Math.Max(Margin, (canvas.Width - widths.Sum() - (gap * (items.Length - 1))) / 2);
        for (var i = 0; i < items.Length; i++)
        {
            var (formula, words, colour) = items[i];
            canvas.Arrow(x, y, x + swatch, y, colour);
            canvas.Formula(x + swatch + 8, y, formula, WordSize + 2, colour, "start", bold: true);
            var indent = swatch + 10 + MathText.Width(formula, WordSize + 2);
            canvas.Text(x + indent, y, words, WordSize - 1, Ink, "start");
            x += widths[i] + gap;
        }
    }

    /// <summary>A rounded box with a formula in it.</summary>
    public static void Node(
        SvgCanvas canvas,
        double x,
        double y,
        string formula,
        string fill = NodeFill,
        string ink = Ink,
        bool dashed = false,
        double width = 54
    )
    {
        canvas.Rectangle(x - (width / 2), y - 19, width, 38, fill, ink, 1.5, 6, dashed);
        canvas.Formula(x, y, formula, SymbolSize, ink);
    }

    /// <summary>Three dots on a line.</summary>
    public static void Dots(SvgCanvas canvas, double x, double y, string colour = Ink)
    {
        for (var i = -1; i <= 1; i++)
        {
            canvas.Circle(x + (i * 10), y, 2.5, colour, "none");
        }
    }
}
