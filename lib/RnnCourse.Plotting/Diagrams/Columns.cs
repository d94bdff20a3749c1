using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>One column of a diagram: a time step, or the dots that stand for the steps left out.</summary>
internal readonly record struct Column(int Step, double X)
{
    public bool IsDots => Step == Columns.Dots;
}

/// <summary>The columns of a diagram over time: all steps where they fit, else the first ones, dots, and the last.</summary>
internal static class Columns
{
    public const int Dots = -1;

    private const double LeastPitch = 78;
    private const double GreatestPitch = 118;
    private const double WidestWord = 132;
    private const double WordGap = 14;

    /// <summary>Places the steps <paramref name="first"/> to <paramref name="last"/> across the picture.</summary>
    public static Column[] Fit(int first, int last, IEnumerable<string> words, out double pitch)
    {
        const double room = DiagramStyle.Width - (2 * DiagramStyle.Margin);
        var widest = words.Select(w => TextWidth.Of(w, DiagramStyle.WordSize)).DefaultIfEmpty(0).Max();
        var least = Math.Clamp(widest + WordGap, LeastPitch, WidestWord);
        var capacity = (int)(room / least);
        var count = last - first + 1;
        int[] steps = count <= capacity
            ? [.. Enumerable.Range(first, count)]
            : [.. Enumerable.Range(first, capacity - 2), Dots, last];
        pitch = Math.Min(room / steps.Length, Math.Max(GreatestPitch, least));
        var left = (DiagramStyle.Width - (pitch * steps.Length)) / 2;
        var columns = new Column[steps.Length];
        for (var i = 0; i < steps.Length; i++)
            columns[i] = new Column(steps[i], left + ((i + 0.5) * pitch));
        return columns;
    }
}
