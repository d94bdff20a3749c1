using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>Ways to cut the backward pass, a row of states for each.</summary>
internal sealed record BackwardPassesContent(string Title, (string Name, double[] Passes)[] Ways) : FigureContent(Title)
{
    public const int MaxStates = 14;

    private const double RowHeight = 104;
    private const double Radius = 15;

    private int States => Ways[0].Passes.Length + 1;

    public override string Describe() =>
        $"Gradient diagram “{QuotedWords.Short(Title)}”: {QuotedWords.Count(Ways.Length, "row")} of the states s_1 to "
        + $"s_{States}, with arrows from each state back to the one before. "
        + string.Join(' ', Ways.Select(Say));

    public override string ToSvg(string altText)
    {
        var (canvas, top) = DiagramStyle.Start(Title, (Ways.Length * RowHeight) + 30);
        var pitch = (DiagramStyle.Width - (4 * DiagramStyle.Margin) - (2 * Radius)) / (States - 1);
        for (var row = 0; row < Ways.Length; row++)
        {
            var y = top + (row * RowHeight) + 56;
            canvas.Text(
                (2 * DiagramStyle.Margin) + 2,
                y - 38,
                TextWrapping.Shorten(Ways[row].Name, 620, DiagramStyle.WordSize),
                DiagramStyle.WordSize,
                DiagramStyle.Ink,
                "start",
                bold: true
            );
            for (var i = 1; i <= States; i++)
            {
                var x = (2 * DiagramStyle.Margin) + Radius + ((i - 1) * pitch);
                canvas.Circle(x, y, Radius, DiagramStyle.StateFill, DiagramStyle.Ink, 1.5);
                canvas.Formula(x, y, $"s_{{{i}}}", 16, DiagramStyle.Ink);
                if (i < States)
                {
                    Pass(canvas, x, x + pitch, y, Ways[row].Passes[i - 1]);
                }
            }
        }

        canvas.Text(
            canvas.Width / 2,
            canvas.Height - 16,
            "an arrow is as thick as what it multiplies the gradient by; nothing passes a dashed line",
            14,
            DiagramStyle.Ink
        );
        return canvas.ToSvg(Title, altText);
    }

    private static void Pass(SvgCanvas canvas, double before, double after, double y, double factor)
    {
        if (factor > 0)
        {
            canvas.Arrow(after - Radius, y, before + Radius, y, DiagramStyle.W, Math.Min(9, 2.5 * factor));
        }
        else
        {
            canvas.Line(
                (before + after) / 2,
                y - 24,
                (before + after) / 2,
                y + 24,
                DiagramStyle.Faint,
                1.5,
                dashed: true
            );
        }
    }

    private string Say((string Name, double[] Passes) way)
    {
        var cuts = Enumerable
            .Range(1, way.Passes.Length)
            .Where(i => way.Passes[i - 1] == 0)
            .Select(i => $"s_{i + 1} and s_{i}")
            .ToArray();
        var rest = way.Passes.Where(factor => factor > 0).Distinct().Select(NumberFormat.Format).ToArray();
        var opening = $"“{QuotedWords.Short(way.Name)}”: ";
        var where = cuts.Length == 0 ? "no arrow is missing" : $"none between {WordLists.List(cuts)}";
        return rest.Length == 0
            ? $"{opening}{where}."
            : $"{opening}{where}; the gradient is multiplied by {WordLists.List(rest)}.";
    }
}
