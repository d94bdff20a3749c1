using System.Text;
using System.Text.Json;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Running;

/// <summary>The worker's side of the event pipe: gathers what a cell prints, cuts what is too much, keeps the
/// order.</summary>
internal sealed class WorkerOutput : ICellOutput, IDisposable
{
    private const int Chunk = 8_192;
    private const int SentAtOnce = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Stream _pipe;
    private readonly OutputLimits _limits;
    private readonly StringBuilder _printed = new();
    private readonly Timer _timer;
    private string _stream = StreamOutput.StandardOutput;
    private long _printedInCell;
    private int _printsInCell;
    private int _shownInCell;
    private long _shownCharacters;
    private long _leftOut;

    public WorkerOutput(Stream pipe, OutputLimits limits)
    {
        _pipe = pipe;
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

            // A process may die at any moment, and its last words are the ones to know; so text is held back only for
            // cells that print very often, and then no longer than to the end of the line.
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
                _timer.Change(Patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Show(MimeBundle data, string displayId)
    {
        lock (_gate)
        {
            FlushPrinted();
            var cut = _limits.Cut(data);
            _shownCharacters += OutputLimits.SizeOf(cut);
            if (_leftOut == 0 && ++_shownInCell <= _limits.Displays && _shownCharacters <= _limits.ShownCharacters)
            {
                Write(new ShowEvent(displayId, BundleJson.ToJson(cut)));
            }
            else
            {
                _leftOut++;
            }
        }
    }

    public void Replace(MimeBundle data, string displayId) =>
        Send(new ReplaceEvent(displayId, BundleJson.ToJson(_limits.Cut(data))));

    public void Clear(bool wait) => Send(new ClearEvent(wait));

    public void Result(MimeBundle data) => SendResult(data);

    public void SendResult(MimeBundle data) => Send(new ResultEvent(BundleJson.ToJson(_limits.Cut(data))));

    /// <summary>Ends a cell: sends what is left of its output, and notes on what was cut.</summary>
    public void EndCell(int number)
    {
        lock (_gate)
        {
            FlushPrinted();
            if (_printedInCell > _limits.PrintedCharacters)
            {
                Write(
                    new PrintEvent(
                        _stream,
                        "\n" + OutputLimits.CutNote(_printedInCell - _limits.PrintedCharacters) + "\n"
                    )
                );
            }

            if (_leftOut > 0)
            {
                Write(new PrintEvent(StreamOutput.StandardError, $"[{_leftOut} further outputs left out]\n"));
            }

            _printedInCell = 0;
            _printsInCell = 0;
            _shownInCell = 0;
            _shownCharacters = 0;
            _leftOut = 0;
            Write(new DoneEvent(number));
        }
    }

    public void Send(WorkerEvent message)
    {
        lock (_gate)
        {
            FlushPrinted();
            Write(message);
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

    private void FlushPrinted()
    {
        if (_printed.Length > 0)
        {
            Write(new PrintEvent(_stream, _printed.ToString()));
            _printed.Clear();
        }
    }

    private void Write(WorkerEvent message)
    {
        try
        {
            _pipe.Write([.. JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Compact.WorkerEvent), (byte)'\n']);
        }
        catch (IOException)
        {
            // The parent is gone; the process is about to end.
        }
    }
}
