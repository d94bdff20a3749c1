using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Jupyter.Execution;

/// <summary>Asks the client's user, and is the console's input: <c>Console.ReadLine</c> asks too.</summary>
internal sealed class KernelInput(Messenger messenger, Action flushOutput) : TextReader, ICellInput
{
    private readonly BlockingCollection<string> _answers = [];
    private Message? _request;
    private string _line = "";
    private int _position;

    /// <summary>A cell begins; questions go to whom it came from.</summary>
    public void Begin(Message? request)
    {
        _request = request;
        (_line, _position) = ("", 0);
        while (_answers.TryTake(out _))
        {
            // An answer to what was interrupted answers nothing any more.
        }
    }

    /// <summary>The answer has come.</summary>
    public void Answer(string text) => _answers.Add(text);

    public string Ask(string prompt, bool hidden)
    {
        var request = _request ?? throw new InvalidOperationException("No cell is running that could ask for input.");
        if (!request.Flag("allow_stdin", true))
        {
            throw new InvalidOperationException(
                "The cell asks for input, and the client it was sent from takes no questions (allow_stdin is false)."
            );
        }

        flushOutput();
        messenger.Ask(request, "input_request", new JsonObject { ["prompt"] = prompt, ["password"] = hidden });

        // A wait that an interrupt ends.
        return _answers.Take();
    }

    public override string ReadLine()
    {
        if (_position < _line.Length)
        {
            var rest = _line[_position..].TrimEnd('\n');
            _position = _line.Length;
            return rest;
        }

        return Ask("", hidden: false);
    }

    public override int Peek() => _position < _line.Length ? _line[_position] : -1;

    public override int Read()
    {
        if (_position == _line.Length)
        {
            (_line, _position) = (Ask("", hidden: false) + "\n", 0);
        }

        return _line[_position++];
    }
}
