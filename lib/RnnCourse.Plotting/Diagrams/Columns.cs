using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>One column of a diagram: a time step, or the dots that stand for the steps left out.</summary>
/// <param name="Step">The time step; 0 for the initial state.</param>
/// <param name="X">The middle of the column.</param>
/// <param name="Width">The width of the column.</param>
internal readonly record struct Column(int Step, double X, double Width)
{
    private const int DotsStep = -1;

    public bool IsDots => Step == DotsStep;

    public double Left => X - (Width / 2);

    public double Right => X + (Width / 2);

    /// <summary>The columns of the given widths, side by side, in the middle of the picture.</summary>
    public static Column[] SideBySide(IReadOnlyList<(int? Step, double Width)> columns)
    {
        var x = (DiagramStyle.Width - columns.Sum(c => c.Width)) / 2;
        var placed = new Column[columns.Count];
        for (var i = 0; i < placed.Length; i++)
        {
            placed[i] = new Column(columns[i].Step ?? DotsStep, x + (columns[i].Width / 2), columns[i].Width);
            x += columns[i].Width;
        }

        return placed;
    }
}

/// <summary>
/// The columns of a diagram over time: all steps where they fit, else the first ones, dots, and the last.
/// </summary>
internal static class Columns
{
    private const double Room = DiagramStyle.Width - (2 * DiagramStyle.Margin);
    private const double MinStep = 68;
    private const double MinStepWithArrow = 84;
    private const double Roomy = 112;
    private const double WidestWord = 170;
    private const double WordGap = 22;

    /// <summary>
    /// Places the steps <paramref name="first"/> to <paramref name="last"/>; each column is as wide as its words need.
    /// </summary>
    /// <param name="first">0 or 1; step 0, the initial state, has no words.</param>
    /// <param name="last">The last step.</param>
    /// <param name="words">Rows of words, each empty or with one word for each of the steps from 1.</param>
    public static Column[] Fit(int first, int last, params IReadOnlyList<string>[] words)
    {
        // Recurrent connections, there whenever step 0 is, need room for their letter.
        var least = first == 0 ? MinStepWithArrow : MinStep;
        var chosen = new List<(int? Step, double Width)> { (last, Needed(last, words, least)) };
        var used = chosen[0].Width;
        var step = first;
        for (; step < last && used + Needed(step, words, least) + (step == last - 1 ? 0 : MinStep) <= Room; step++)
        {
            chosen.Insert(chosen.Count - 1, (step, Needed(step, words, least)));
            used += Needed(step, words, least);
        }

        if (step < last)
        {
            chosen.Insert(chosen.Count - 1, (null, MinStep));
            used += MinStep;
        }

        var more = (Room - used) / chosen.Count;
        return Column.SideBySide([.. chosen.Select(c => (c.Step, Math.Min(c.Width + more, Math.Max(c.Width, Roomy))))]);
    }

    private static double Needed(int step, IReadOnlyList<string>[] words, double least)
    {
        var widest = words
            .Where(row => step > 0 && row.Count > 0)
            .Select(row => TextWidth.Of(row[step - 1], DiagramStyle.WordSize))
            .DefaultIfEmpty(0)
            .Max();
        return Math.Max(least, Math.Min(widest, WidestWord) + WordGap);
    }
}
