using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>The recurrent network as one cell with a loop.</summary>
internal sealed record FoldedContent(string Title) : FigureContent(Title)
{
    private const double Radius = 32;

    public override string Describe() =>
        $"Network diagram “{QuotedWords.Short(Title)}”, folded: one cell for all time steps. "
        + "The input x_i goes through U into the state s_i, and the state goes through V to the "
        + "output y_i. A loop labelled W, with a delay of one step, "
        + "takes the state back into itself, so that s_i also depends on s_{i−1}.";

    public override string ToSvg(string altText)
    {
        var (canvas, top) = DiagramStyle.Start(Title, 340);
        const double x = 170;
        var (yOut, yState, yIn) = (top + 30, top + 155, top + 280);
        DiagramStyle.Node(canvas, x, yIn, "x_i");
        DiagramStyle.Node(canvas, x, yOut, "y_i");
        canvas.Circle(x, yState, Radius, DiagramStyle.StateFill, DiagramStyle.Ink);
        canvas.Formula(x, yState, "s_i", DiagramStyle.SymbolSize + 2, DiagramStyle.Ink);
        canvas.Arrow(x, yIn - 19, x, yState + Radius, DiagramStyle.U);
        canvas.Formula(x - 16, ((yIn + yState) / 2) + 6, "U", DiagramStyle.SymbolSize, DiagramStyle.U, bold: true);
        canvas.Arrow(x, yState - Radius, x, yOut + 19, DiagramStyle.V);
        canvas.Formula(x - 16, ((yOut + yState) / 2) - 6, "V", DiagramStyle.SymbolSize, DiagramStyle.V, bold: true);
        Loop(canvas, x, yState);
        Words(canvas, yState);
        return canvas.ToSvg(Title, altText);
    }

    private static void Loop(SvgCanvas canvas, double x, double y)
    {
        var (out_, in_, far) = (y - 18, y + 18, x + 112);
        canvas.Path(
            $"M{SvgCanvas.N(x + 27)} {SvgCanvas.N(out_)}C{SvgCanvas.N(x + 70)} {SvgCanvas.N(y - 60)} "
                + $"{SvgCanvas.N(far)} {SvgCanvas.N(y - 48)} {SvgCanvas.N(far)} {SvgCanvas.N(y)}"
                + $"C{SvgCanvas.N(far)} {SvgCanvas.N(y + 48)} {SvgCanvas.N(x + 74)} {SvgCanvas.N(y + 60)} "
                + $"{SvgCanvas.N(x + 35)} {SvgCanvas.N(in_ + 9)}",
            DiagramStyle.W,
            2.5
        );
        canvas.Head(x + 27, in_, -0.75, -0.66, DiagramStyle.W);
        canvas.Rectangle(far - 8, y - 8, 16, 16, DiagramStyle.Ink);
        canvas.Formula(far - 4, y - 56, "W", DiagramStyle.SymbolSize, DiagramStyle.W, bold: true);
        canvas.Text(far + 18, y - 10, "delay of", DiagramStyle.WordSize - 1, DiagramStyle.Ink, "start");
        canvas.Text(far + 18, y + 11, "one step", DiagramStyle.WordSize - 1, DiagramStyle.Ink, "start");
    }

    private static void Words(SvgCanvas canvas, double y)
    {
        const double x = 404;
        canvas.Formula(x, y - 52, "s_i = σ(U x_i + W s_{i−1} + b)", DiagramStyle.SymbolSize, DiagramStyle.Ink, "start");
        canvas.Formula(x, y - 12, "y_i = σ(V s_i + c)", DiagramStyle.SymbolSize, DiagramStyle.Ink, "start");
        canvas.Text(x, y + 34, "The same U, W, V, b, c", DiagramStyle.WordSize, DiagramStyle.Ink, "start");
        canvas.Text(x, y + 57, "at every time step i", DiagramStyle.WordSize, DiagramStyle.Ink, "start");
    }
}
