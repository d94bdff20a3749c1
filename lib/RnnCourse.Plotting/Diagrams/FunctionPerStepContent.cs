using RnnCourse.Plotting.Charts;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>
/// The failed attempt: at each step another function, of all inputs so far; the next one doesn't exist.
/// </summary>
internal sealed record FunctionPerStepContent(string Title, int Steps) : FigureContent(Title)
{
    private const double BoxHalfHeight = 26;

    public override string Describe() =>
        $"Network diagram “{QuotedWords.Short(Title)}”: "
        + (Steps == 1 ? "one function, for the one step. " : $"{Steps} different functions, one for each step. ")
        + "f_1 reads x_1 and gives y_1"
        + (Steps >= 2 ? ", f_2 reads x_1 and x_2 and gives y_2" : "")
        + (Steps >= 3 ? $", and so on to f_{Steps}, which reads all {Steps} inputs. " : ". ")
        + $"A further function f_{Steps + 1}, for a sequence of {Steps + 1} inputs, is crossed out: it does not exist.";

    public override string ToSvg(string altText)
    {
        var (canvas, top) = DiagramStyle.Start(Title, 340);
        var (yOut, yBox, yIn) = (top + 20, top + 110, top + 290);
        var columns = Fit();
        foreach (var column in columns.Where(c => !c.IsDots && c.Step <= Steps))
        {
            Inputs(canvas, columns, column, yBox, yIn);
        }

        foreach (var column in columns)
        {
            if (column.IsDots)
            {
                DiagramStyle.Dots(canvas, column.X, yOut);
                DiagramStyle.Dots(canvas, column.X, yBox);
                DiagramStyle.Dots(canvas, column.X, yIn);
            }
            else if (column.Step <= Steps)
            {
                Box(canvas, column, yOut, yBox, yIn);
            }
            else
            {
                Missing(canvas, column, yOut, yBox, yIn);
            }
        }

        return canvas.ToSvg(Title, altText);
    }

    // The last function must be there beside the one that is missing, so the dots come before both.
    private Column[] Fit()
    {
        const int most = 6;
        int?[] steps = Steps + 1 <= most ? [.. Enumerable.Range(1, Steps + 1)] : [1, 2, 3, null, Steps, Steps + 1];
        var width = Math.Min((DiagramStyle.Width - (2 * DiagramStyle.Margin)) / steps.Length, 150);
        return Column.SideBySide([.. steps.Select(step => (step, width))]);
    }

    private static string Colour(int step) => Palette.Of(step - 1);

    private static void Inputs(SvgCanvas canvas, Column[] columns, Column to, double yBox, double yIn)
    {
        var sources = columns.Where(c => c.X <= to.X).ToArray();
        var half = (to.Width / 2) - 18;
        for (var i = 0; i < sources.Length; i++)
        {
            var spread = sources.Length == 1 ? 0 : ((i / (sources.Length - 1.0)) - 0.5) * 2 * half;
            canvas.Arrow(
                sources[i].X,
                yIn - 19,
                to.X + spread,
                yBox + BoxHalfHeight,
                Colour(to.Step),
                2,
                sources[i].IsDots
            );
        }
    }

    private static void Box(SvgCanvas canvas, Column column, double yOut, double yBox, double yIn)
    {
        var (step, x) = (column.Step, column.X);
        var colour = Colour(step);
        canvas.Arrow(x, yBox - BoxHalfHeight, x, yOut + 19, colour);
        canvas.Rectangle(
            column.Left + 8,
            yBox - BoxHalfHeight,
            column.Width - 16,
            2 * BoxHalfHeight,
            "#FFFFFF",
            colour,
            4,
            6
        );
        canvas.Formula(x, yBox - 9, $"f_{{{step}}}", DiagramStyle.SymbolSize, DiagramStyle.Ink);
        canvas.Text(x, yBox + 14, step == 1 ? "1 input" : $"{step} inputs", 15, DiagramStyle.Ink);
        DiagramStyle.Node(canvas, x, yOut, $"y_{{{step}}}");
        DiagramStyle.Node(canvas, x, yIn, $"x_{{{step}}}");
    }

    private static void Missing(SvgCanvas canvas, Column column, double yOut, double yBox, double yIn)
    {
        const string red = "#B00020";
        var (step, x) = (column.Step, column.X);
        var (left, right) = (column.Left + 8, column.Right - 8);
        canvas.Rectangle(
            left,
            yBox - BoxHalfHeight,
            right - left,
            2 * BoxHalfHeight,
            "#FFFFFF",
            DiagramStyle.Faint,
            2,
            6,
            true
        );
        canvas.Line(left, yBox - BoxHalfHeight, right, yBox + BoxHalfHeight, red, 3);
        canvas.Line(left, yBox + BoxHalfHeight, right, yBox - BoxHalfHeight, red, 3);
        canvas.Rectangle(x - 24, yBox - 15, 48, 30, "#FFFFFF", radius: 4);
        canvas.Formula(x, yBox, $"f_{{{step}}}", DiagramStyle.SymbolSize, DiagramStyle.Faint);
        canvas.Text(x, yBox + BoxHalfHeight + 18, "does not exist", 15, red);
        DiagramStyle.Node(canvas, x, yOut, $"y_{{{step}}}", "#FFFFFF", DiagramStyle.Faint, true);
        DiagramStyle.Node(canvas, x, yIn, $"x_{{{step}}}", "#FFFFFF", DiagramStyle.Faint, true);
    }
}
