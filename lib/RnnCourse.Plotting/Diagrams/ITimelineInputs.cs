using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>The inputs along the bottom of a timeline.</summary>
internal interface ITimelineInputs
{
    /// <summary>The height that one input takes.</summary>
    double Height { get; }

    /// <summary>The words to find room for, one for each step; empty when the inputs are not words.</summary>
    IReadOnlyList<string> Words { get; }

    /// <summary>The inputs in one sentence.</summary>
    string Describe();

    /// <summary>Draws the input at an index in its column, with its middle at y.</summary>
    void Draw(SvgCanvas canvas, int index, Column column, double y);
}
