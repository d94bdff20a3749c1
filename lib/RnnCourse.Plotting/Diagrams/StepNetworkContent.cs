using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>One copy of a network for each time step: with arrows between the states, or without.</summary>
internal sealed record StepNetworkContent(string Title, int Steps, StepLabels Labels, bool IsRecurrent)
    : FigureContent(Title)
{
    private const double Radius = 27;
    private const double NodeHalf = 19;

    // Without W nothing is carried over, so the layer between input and output is not a state yet.
    private string Middle => IsRecurrent ? "state" : "hidden layer";

    public override string Describe()
    {
        var copies =
            $"At each step i the input x_i{WordLists.Bracketed(Labels.Inputs)} goes through U into the "
            + $"{Middle} s_i, and s_i goes through V to the output y_i{WordLists.Bracketed(Labels.Outputs)}.";
        return IsRecurrent
            ? $"Network diagram “{QuotedWords.Short(Title)}”, unrolled for "
                + $"{QuotedWords.Count(Steps, "step")}. {copies} "
                + $"An arrow W leads from each state to the next, from s_0 to s_{Steps}. The same U, W and V "
                + "are used at "
                + "every step."
            : $"Network diagram “{QuotedWords.Short(Title)}”: {(Steps == 1 ? "one copy" : $"{Steps} copies")} of one "
                + "network, one for each step. "
                + $"{copies} No arrow joins one step to another. The same U and V are used at every step.";
    }

    public override string ToSvg(string altText)
    {
        var above = Labels.Outputs.Length > 0 ? 28 : 0;
        var below = Labels.Inputs.Length > 0 ? 28 : 0;
        var (canvas, top) = DiagramStyle.Start(Title, 310 + above + below);
        var (yOut, yState, yIn) = (top + above + 20, top + above + 121, top + above + 222);
        var columns = Columns.Fit(IsRecurrent ? 0 : 1, Steps, Labels.Inputs, Labels.Outputs);
        for (var i = 0; i < columns.Length; i++)
        {
            if (IsRecurrent && i > 0)
            {
                Recurrence(canvas, columns[i - 1], columns[i], yState);
            }

            if (columns[i].Step > 0)
            {
                Copy(canvas, columns[i], yOut, yState, yIn);
            }
            else
            {
                StartOrDots(canvas, columns[i], yOut, yState, yIn);
            }
        }

        var legend = new List<(string, string, string)> { ("U", $": input to {Middle}", DiagramStyle.U) };
        if (IsRecurrent)
        {
            legend.Add(("W", ": state to state", DiagramStyle.W));
        }

        legend.Add(("V", $": {Middle} to output", DiagramStyle.V));
        DiagramStyle.Legend(canvas, canvas.Height - 24, [.. legend]);
        return canvas.ToSvg(Title, altText);
    }

    private void Copy(SvgCanvas canvas, Column column, double yOut, double yState, double yIn)
    {
        var (step, x) = (column.Step, column.X);
        canvas.Arrow(x, yIn - NodeHalf, x, yState + Radius, DiagramStyle.U);
        canvas.Formula(x + 15, ((yIn + yState) / 2) + 4, "U", 20, DiagramStyle.U, bold: true);
        canvas.Arrow(x, yState - Radius, x, yOut + NodeHalf, DiagramStyle.V);
        canvas.Formula(x + 15, ((yOut + yState) / 2) - 4, "V", 20, DiagramStyle.V, bold: true);
        DiagramStyle.Node(canvas, x, yIn, $"x_{{{step}}}");
        DiagramStyle.Node(canvas, x, yOut, $"y_{{{step}}}");
        canvas.Circle(x, yState, Radius, DiagramStyle.StateFill, DiagramStyle.Ink);
        canvas.Formula(x, yState, $"s_{{{step}}}", DiagramStyle.SymbolSize, DiagramStyle.Ink);
        if (Labels.Inputs.Length > 0)
        {
            Word(canvas, x, yIn + 36, Labels.Inputs[step - 1], column.Width);
        }

        if (Labels.Outputs.Length > 0)
        {
            Word(canvas, x, yOut - 34, Labels.Outputs[step - 1], column.Width);
        }
    }

    private static void StartOrDots(SvgCanvas canvas, Column column, double yOut, double yState, double yIn)
    {
        if (column.IsDots)
        {
            DiagramStyle.Dots(canvas, column.X, yOut);
            DiagramStyle.Dots(canvas, column.X, yState);
            DiagramStyle.Dots(canvas, column.X, yIn);
            return;
        }

        canvas.Circle(column.X, yState, Radius, "#FFFFFF", DiagramStyle.Ink, dashed: true);
        canvas.Formula(column.X, yState, "s_0", DiagramStyle.SymbolSize, DiagramStyle.Ink);
    }

    private static void Recurrence(SvgCanvas canvas, Column from, Column to, double y)
    {
        var start = from.X + (from.IsDots ? 18 : Radius);
        var end = to.X - (to.IsDots ? 18 : Radius);
        canvas.Arrow(start, y, end, y, DiagramStyle.W);
        canvas.Formula((start + end) / 2, y - 16, "W", 20, DiagramStyle.W, bold: true);
    }

    private static void Word(SvgCanvas canvas, double x, double y, string word, double width)
    {
        var shown = TextWrapping.Shorten(word, width - 6, DiagramStyle.WordSize);
        canvas.Text(x, y, shown, DiagramStyle.WordSize, DiagramStyle.Ink);
    }
}
