using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>
/// A task as inputs and outputs over time: which input comes when, and at which steps an output is read.
/// </summary>
internal sealed record TimelineContent(string Title, ITimelineInputs Inputs, string[] Outputs, bool IsRecurrent)
    : FigureContent(Title)
{
    private const double Radius = 24;
    private const double ChipHalf = 18;
    private const double SmallText = 16;

    private int Steps => Outputs.Length;

    public override string Describe()
    {
        int[] read = [.. Enumerable.Range(0, Steps).Where(i => Outputs[i].Length > 0)];
        var outputs =
            read.Length == 0 ? "No output is read."
            : read.Length == Steps ? $"An output is read at every step: {WordLists.List(Outputs)}."
            : read is [var only] && only == Steps - 1 ? $"One output is read, at the last step: {Outputs[only]}."
            : "Outputs are read at " + WordLists.List([.. read.Select(i => $"step {i + 1} ({Outputs[i]})")]) + ".";
        var joined = IsRecurrent
            ? "Each step has a state, and an arrow W leads from each state to the next, starting from s_0."
            : "One model stands between the inputs and the outputs.";
        return $"Timeline “{QuotedWords.Short(Title)}” of {QuotedWords.Count(Steps, "time step")}. {Inputs.Describe()} "
            + $"{outputs} {joined}";
    }

    public override string ToSvg(string altText)
    {
        var half = Inputs.Height / 2;
        var (canvas, top) = DiagramStyle.Start(Title, 230 + (2 * half));
        var (yOut, yModel) = (top + 18, top + 104);
        var yIn = yModel + 86 - ChipHalf + half;
        var columns = Columns.Fit(IsRecurrent ? 0 : 1, Steps, Inputs.Words, Outputs);
        if (!IsRecurrent)
        {
            Model(canvas, columns, yModel);
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (IsRecurrent)
            {
                State(canvas, i == 0 ? null : columns[i - 1], columns[i], yModel);
            }

            if (columns[i].IsDots)
            {
                DiagramStyle.Dots(canvas, columns[i].X, yOut);
                DiagramStyle.Dots(canvas, columns[i].X, yIn);
            }
            else if (columns[i].Step > 0)
            {
                Step(canvas, columns[i], yOut, yModel, yIn);
            }
        }

        Time(canvas, columns, yIn + half + 20);
        return canvas.ToSvg(Title, altText);
    }

    private static void Time(SvgCanvas canvas, Column[] columns, double y)
    {
        foreach (var column in columns.Where(c => c.Step > 0))
        {
            canvas.Text(column.X, y, $"{column.Step}", SmallText, DiagramStyle.Ink);
        }

        var left = columns[0].Left + 6;
        canvas.Text(left, y + 22, "time step", SmallText, DiagramStyle.Ink, "start");
        var start = left + TextWidth.Of("time step", SmallText) + 6;
        canvas.Arrow(start, y + 22, columns[^1].Right - 6, y + 22, DiagramStyle.Faint, 1.5);
    }

    private void Step(SvgCanvas canvas, Column column, double yOut, double yModel, double yIn)
    {
        var (x, output) = (column.X, Outputs[column.Step - 1]);
        var modelHalf = IsRecurrent ? Radius : 22;
        canvas.Arrow(x, yIn - (Inputs.Height / 2), x, yModel + modelHalf, DiagramStyle.U);
        if (IsRecurrent)
        {
            var middle = (yIn - (Inputs.Height / 2) + yModel + modelHalf) / 2;
            canvas.Formula(x + 14, middle + 3, "U", 19, DiagramStyle.U, bold: true);
            var v = output.Length > 0 ? DiagramStyle.V : DiagramStyle.Faint;
            canvas.Formula(x + 14, ((yOut + ChipHalf + yModel - modelHalf) / 2) - 1, "V", 19, v, bold: true);
        }

        Inputs.Draw(canvas, column.Step - 1, column, yIn);
        var read = output.Length > 0;
        var (ink, fill) = read ? (DiagramStyle.V, "#E3F4EE") : ("#BBBBBB", "#FFFFFF");
        canvas.Arrow(x, yModel - modelHalf, x, yOut + ChipHalf, ink, read ? 2.5 : 1.5, !read);
        canvas.Rectangle(column.Left + 5, yOut - ChipHalf, column.Width - 10, 2 * ChipHalf, fill, ink, 1.5, 6, !read);
        if (read)
        {
            var text = TextWrapping.Shorten(output, column.Width - 14, DiagramStyle.WordSize);
            canvas.Text(x, yOut, text, DiagramStyle.WordSize, DiagramStyle.Ink);
        }
    }

    private static void Model(SvgCanvas canvas, Column[] columns, double y)
    {
        var left = columns[0].Left + 5;
        canvas.Rectangle(
            left,
            y - 22,
            columns[^1].Right - 5 - left,
            44,
            DiagramStyle.StateFill,
            DiagramStyle.Ink,
            2,
            8
        );
        canvas.Text((columns[0].Left + columns[^1].Right) / 2, y, "model", DiagramStyle.WordSize, DiagramStyle.Ink);
    }

    private static void State(SvgCanvas canvas, Column? before, Column column, double y)
    {
        if (before is { } from)
        {
            var start = from.X + (from.IsDots ? 18 : Radius);
            var end = column.X - (column.IsDots ? 18 : Radius);
            canvas.Arrow(start, y, end, y, DiagramStyle.W);
            canvas.Formula((start + end) / 2, y - 15, "W", 19, DiagramStyle.W, bold: true);
        }

        if (column.IsDots)
        {
            DiagramStyle.Dots(canvas, column.X, y);
            return;
        }

        var given = column.Step == 0;
        canvas.Circle(column.X, y, Radius, given ? "#FFFFFF" : DiagramStyle.StateFill, DiagramStyle.Ink, dashed: given);
        canvas.Formula(column.X, y, $"s_{{{column.Step}}}", DiagramStyle.SymbolSize - 1, DiagramStyle.Ink);
    }
}
