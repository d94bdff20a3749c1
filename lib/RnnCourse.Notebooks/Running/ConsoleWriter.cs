using System.Text;
using RnnCourse.Notebooks.Display;

namespace RnnCourse.Notebooks.Running;

/// <summary>Stands in for the console of the process that runs cells.</summary>
internal sealed class ConsoleWriter(ICellOutput output, string stream) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    // The same text on every system; stored outputs must not depend on where the notebook ran.
    public override string NewLine => "\n";

    public override void Write(char value) => output.Print(stream, value.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            output.Print(stream, value);
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine() => Write(NewLine);

    // One call, so that lines of several threads do not mix.
    public override void WriteLine(string? value) => Write(value + NewLine);
}
