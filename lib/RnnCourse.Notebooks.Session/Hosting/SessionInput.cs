using System.Collections.Concurrent;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>Lets cells ask their reader: by <c>Input()</c> and <c>Password()</c>, and as the console's input, by
/// <c>Console.ReadLine()</c>.</summary>
/// <param name="send">Receives the question.</param>
internal sealed class SessionInput(Action<SessionEvent> send) : TextReader, ICellInput
{
    private readonly BlockingCollection<string> _answers = [];
    private string _line = "";
    private int _position;
    private bool _canAsk;

    /// <summary>A cell begins.</summary>
    /// <param name="canAsk">Whether someone can answer.</param>
    public void Begin(bool canAsk)
    {
        _canAsk = canAsk;
        (_line, _position) = ("", 0);
        while (_answers.TryTake(out _))
        {
            // An answer that comes after its cell was interrupted is dropped.
        }
    }

    /// <summary>Passes the answer to the waiting cell.</summary>
    public void Answer(string text) => _answers.Add(text);

    /// <inheritdoc/>
    public string Ask(string prompt, bool hidden)
    {
        if (!_canAsk)
        {
            throw new InvalidOperationException(
                "The cell asks for input, but nobody can answer: the notebook runs without a person, or its client "
                    + "takes no questions (allow_stdin is false). Give the cell the value instead."
            );
        }

        send(new InputWanted(prompt, hidden));

        // An interrupt ends this wait.
        return _answers.Take();
    }

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (_position < _line.Length)
        {
            var rest = _line[_position..].TrimEnd('\n');
            _position = _line.Length;
            return rest;
        }

        return _canAsk ? Ask("", hidden: false) : null;
    }

    /// <inheritdoc/>
    public override int Peek() => _position < _line.Length ? _line[_position] : -1;

    /// <inheritdoc/>
    public override int Read()
    {
        if (_position == _line.Length)
        {
            if (!_canAsk)
            {
                return -1;
            }

            (_line, _position) = (Ask("", hidden: false) + "\n", 0);
        }

        return _line[_position++];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _answers.Dispose();
        }

        base.Dispose(disposing);
    }
}
