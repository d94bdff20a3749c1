using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Stands in for the console of the process that runs cells.</summary>
/// <param name="output">Takes what is printed.</param>
/// <param name="stream"><see cref="StreamOutput.StandardOutput"/> or <see cref="StreamOutput.StandardError"/>.</param>
public sealed class ConsoleWriter(ICellOutput output, string stream) : TextWriter
{
    private readonly AskingOutput _output = new(output);

    /// <summary>Sends what this process prints to <paramref name="output"/>; to be repeated before each cell, as one
    /// may send it elsewhere.</summary>
    /// <param name="output">Takes what is printed.</param>
    public static void Catch(ICellOutput output)
    {
        Console.SetOut(new ConsoleWriter(output, StreamOutput.StandardOutput));
        Console.SetError(new ConsoleWriter(output, StreamOutput.StandardError));
    }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    // The same text on every system; stored outputs must not depend on where the notebook ran.
    public override string NewLine => "\n";

    /// <inheritdoc/>
    public override void Write(char value) => _output.Print(stream, value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _output.Print(stream, value);
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
