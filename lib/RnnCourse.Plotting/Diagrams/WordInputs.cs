using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>Words, letters or other short texts as inputs.</summary>
internal sealed class WordInputs(string[] inputs) : ITimelineInputs
{
    public double Height => 36;

    public IEnumerable<string> Words => inputs;

    public string Describe() => $"The inputs are: {DiagramWords.List(inputs)}.";

    public void Draw(SvgCanvas canvas, int index, double x, double y, double pitch)
    {
        canvas.Rectangle(
            x - (pitch / 2) + 5, y - (Height / 2), pitch - 10, Height, DiagramStyle.NodeFill, DiagramStyle.Ink, 1.5, 6);
        var text = Wrapping.Shorten(inputs[index], pitch - 16, DiagramStyle.WordSize);
        canvas.Text(x, y, text, DiagramStyle.WordSize, DiagramStyle.Ink);
    }
}
