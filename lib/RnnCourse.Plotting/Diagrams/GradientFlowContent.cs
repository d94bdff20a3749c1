using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>The unrolled network seen from the loss: how large a gradient goes back along each arrow, and what each
/// state gets.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="FromOutputs">What s_1, …, s_n get from their own outputs, shape (n).</param>
/// <param name="FromNext">What s_0, …, s_{n−1} get from the next step, shape (n).</param>
/// <param name="States">What s_0, …, s_n get together, shape (n + 1).</param>
/// <param name="Words">Words below the states 1, …, n, or none.</param>
internal sealed record GradientFlowContent(
    string Title,
    double[] FromOutputs,
    double[] FromNext,
    double[] States,
    string[] Words
) : FigureContent(Title)
{
    private const double Radius = 27;
    private const double NumberSize = 15;

    private int Steps => FromOutputs.Length;

    private double Greatest => FromOutputs.Concat(FromNext).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    public override string Describe()
    {
        var outputs = Enumerable.Range(1, Steps).Select(i => $"s_{i} {Short(FromOutputs[i - 1])}").ToArray();
        var next = Enumerable.Range(0, Steps).Reverse().Select(i => $"s_{i} {Short(FromNext[i])}").ToArray();
        var states = Enumerable.Range(0, Steps + 1).Reverse().Select(i => $"ds_{i} {Short(States[i])}").ToArray();
        return $"Gradient diagram “{QuotedWords.Short(Title)}”, unrolled for "
            + $"{QuotedWords.Count(Steps, "step")}{WordLists.Bracketed(Words)}: "
            + "arrows lead backwards, from each loss L_i through V to its state s_i, and from each state "
            + "through W to the one before. Sizes of "
            + $"the gradients: from its own output, {WordLists.List(outputs)}; from the next step, "
            + $"{WordLists.List(next)}; "
            + $"together, {WordLists.List(states)}.";
    }

    public override string ToSvg(string altText)
    {
        var below = Words.Length > 0 ? 26 : 0;
        var (canvas, top) = DiagramStyle.Start(Title, 262 + below);
        var (yLoss, yState) = (top + 20, top + 138);
        string[] room = [.. Enumerable.Repeat("0.0000000", Steps)]; // the numbers need it, whatever the words are
        var columns = Columns.Fit(0, Steps, Words, room);
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0)
            {
                Back(canvas, columns[i - 1], columns[i], yState);
            }

            if (columns[i].IsDots)
            {
                DiagramStyle.Dots(canvas, columns[i].X, yLoss);
                DiagramStyle.Dots(canvas, columns[i].X, yState);
            }
            else
            {
                State(canvas, columns[i], yLoss, yState);
            }
        }

        DiagramStyle.Legend(
            canvas,
            canvas.Height - 52,
            ("V", ": from the step's own output", DiagramStyle.V),
            ("W", ": from the next step", DiagramStyle.W)
        );
        canvas.Text(
            canvas.Width / 2,
            canvas.Height - 22,
            "below a state: the size of its gradient, ‖ds‖; an arrow is as thick as its number is large",
            NumberSize,
            DiagramStyle.Ink
        );
        return canvas.ToSvg(Title, altText);
    }

    private void State(SvgCanvas canvas, Column column, double yLoss, double yState)
    {
        var (step, x) = (column.Step, column.X);
        if (step > 0)
        {
            var size = FromOutputs[step - 1];
            DiagramStyle.Node(canvas, x, yLoss, $"L_{{{step}}}");
            Arrow(canvas, x, yLoss + 19, x, yState - Radius, DiagramStyle.V, size);
            canvas.Text(x + 12, (yLoss + yState) / 2 - 4, Short(size), NumberSize, DiagramStyle.V, "start", bold: true);
        }

        canvas.Circle(
            x,
            yState,
            Radius,
            step == 0 ? "#FFFFFF" : DiagramStyle.StateFill,
            DiagramStyle.Ink,
            dashed: step == 0
        );
        canvas.Formula(x, yState, $"s_{{{step}}}", DiagramStyle.SymbolSize, DiagramStyle.Ink);
        canvas.Text(x, yState + Radius + 16, Short(States[step]), NumberSize, DiagramStyle.Ink, bold: true);
        if (step > 0 && Words.Length > 0)
        {
            canvas.Text(
                x,
                yState + Radius + 40,
                TextWrapping.Shorten(Words[step - 1], column.Width - 6, DiagramStyle.WordSize),
                DiagramStyle.WordSize,
                DiagramStyle.Ink
            );
        }
    }

    private void Back(SvgCanvas canvas, Column to, Column from, double y)
    {
        var size = FromNext[to.IsDots ? from.Step - 1 : to.Step];
        var start = from.X - (from.IsDots ? 18 : Radius);
        var end = to.X + (to.IsDots ? 18 : Radius);
        Arrow(canvas, start, y, end, y, DiagramStyle.W, size);
        canvas.Text((start + end) / 2, y - 18, Short(size), NumberSize, DiagramStyle.W, bold: true);
    }

    private void Arrow(SvgCanvas canvas, double x1, double y1, double x2, double y2, string colour, double size)
    {
        if (!(size > 0))
        {
            canvas.Arrow(x1, y1, x2, y2, DiagramStyle.Faint, 1.5, dashed: true);
        }
        else
        {
            canvas.Arrow(x1, y1, x2, y2, colour, double.IsFinite(size) ? 1.2 + (5.8 * size / Greatest) : 7);
        }
    }

    // Three digits: an arrow has no room for more, and readers do not need more.
    private static string Short(double size) =>
        NumberFormat.Format(
            double.IsFinite(size)
                ? double.Parse(
                    size.ToString("G3", System.Globalization.CultureInfo.InvariantCulture),
                    System.Globalization.CultureInfo.InvariantCulture
                )
                : size
        );
}
