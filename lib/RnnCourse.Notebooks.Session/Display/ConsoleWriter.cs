using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Replaces the console of a process that runs cells: text goes to the session of the code that prints
/// it.</summary>
/// <param name="stream"><see cref="StreamOutput.StandardOutput"/> or <see cref="StreamOutput.StandardError"/>.</param>
public sealed class ConsoleWriter(string stream) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    // The same text on every system; stored outputs must not depend on where the notebook ran.
    public override string NewLine => "\n";

    /// <inheritdoc/>
    public override void Write(char value) => DisplayTarget.Current.Print(stream, value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            DisplayTarget.Current.Print(stream, value);
        }
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine() => Write(NewLine);

    /// <inheritdoc/>
    // One call, so that lines of several threads do not mix.
    public override void WriteLine(string? value) => Write(value + NewLine);
}
