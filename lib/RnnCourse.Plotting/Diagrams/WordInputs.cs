using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>Words, letters or other short texts as inputs.</summary>
internal sealed class WordInputs(string[] inputs) : ITimelineInputs
{
    public double Height => 36;

    public IReadOnlyList<string> Words => inputs;

    public string Describe() => $"The inputs are: {WordLists.List(inputs)}.";

    public void Draw(SvgCanvas canvas, int index, Column column, double y)
    {
        canvas.Rectangle(
            column.Left + 5,
            y - (Height / 2),
            column.Width - 10,
            Height,
            DiagramStyle.NodeFill,
            DiagramStyle.Ink,
            1.5,
            6
        );
        var text = TextWrapping.Shorten(inputs[index], column.Width - 14, DiagramStyle.WordSize);
        canvas.Text(column.X, y, text, DiagramStyle.WordSize, DiagramStyle.Ink);
    }
}
