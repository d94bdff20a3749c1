using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>Turns what a cell prints and shows into events: joins text that is printed in many pieces, cuts what
/// exceeds the limits, and keeps the order.</summary>
internal sealed class SessionOutput : ICellOutput, IDisposable
{
    private const int Chunk = 8_192;
    private const int SentAtOnce = 200;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Action<SessionEvent> _send;
    private readonly OutputLimits _limits;
    private readonly StringBuilder _printed = new();
    private readonly Timer _timer;
    private string _stream = StreamOutput.StandardOutput;
    private long _printedInCell;
    private int _printsInCell;
    private int _shownInCell;
    private long _shownCharacters;
    private long _leftOut;

    /// <summary>Creates the output of a session.</summary>
    /// <param name="send">Receives the events, one at a time.</param>
    /// <param name="limits">How much of a cell's output is kept.</param>
    public SessionOutput(Action<SessionEvent> send, OutputLimits limits)
    {
        _send = send;
        _limits = limits;
        _timer = new Timer(_ => Flush());
    }

    public void Print(string stream, string text)
    {
        lock (_gate)
        {
            if (stream != _stream)
            {
                FlushPrinted();
                _stream = stream;
            }

            var room = (int)Math.Clamp(_limits.PrintedCharacters - _printedInCell, 0, text.Length);
            _printedInCell += text.Length;
            if (room == 0)
            {
                return;
            }

            // The process may die at any moment, and its last output matters most. So text is held back only for cells
            // that print very often, and only until the end of the line.
            _printed.Append(text, 0, room);
            if (
                ++_printsInCell <= SentAtOnce
                || _printed.Length >= Chunk
                || text.Contains('\n', StringComparison.Ordinal)
            )
            {
                FlushPrinted();
            }
            else
            {
                _timer.Change(LongestDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Show(MimeBundle data, string displayId) => Send(data, kept => new ValueShown(displayId, kept));

    public void Replace(MimeBundle data, string displayId) => Send(new ValueReplaced(displayId, _limits.Cut(data)));

    public void Clear(bool wait) => Send(new OutputCleared(wait));

    public void Result(MimeBundle data) => Send(data, kept => new ResultGiven(kept));

    public void Page(MimeBundle data) => Send(data, kept => new PageShown(kept));

    /// <summary>Ends a cell: sends the rest of its output, and notes on what was cut.</summary>
    public void EndCell()
    {
        lock (_gate)
        {
            FlushPrinted();
            if (_printedInCell > _limits.PrintedCharacters)
            {
                var note = OutputLimits.CutNote(_printedInCell - _limits.PrintedCharacters);
                _send(new TextPrinted(_stream, $"\n{note}\n"));
            }

            if (_leftOut > 0)
            {
                _send(new TextPrinted(StreamOutput.StandardError, $"[{_leftOut} further outputs left out]\n"));
            }

            _printedInCell = 0;
            _printsInCell = 0;
            _shownInCell = 0;
            _shownCharacters = 0;
            _leftOut = 0;
        }
    }

    /// <summary>Sends an event after the text that was printed before it.</summary>
    public void Send(SessionEvent happened)
    {
        lock (_gate)
        {
            FlushPrinted();
            _send(happened);
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            FlushPrinted();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Send(MimeBundle data, Func<MimeBundle, SessionEvent> toEvent)
    {
        lock (_gate)
        {
            FlushPrinted();
            var cut = _limits.Cut(data);
            _shownCharacters += OutputLimits.SizeOf(cut);
            if (_leftOut == 0 && ++_shownInCell <= _limits.Displays && _shownCharacters <= _limits.ShownCharacters)
            {
                _send(toEvent(cut));
            }
            else
            {
                _leftOut++;
            }
        }
    }

    private void FlushPrinted()
    {
        if (_printed.Length > 0)
        {
            _send(new TextPrinted(_stream, _printed.ToString()));
            _printed.Clear();
        }
    }
}
