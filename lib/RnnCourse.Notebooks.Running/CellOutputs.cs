using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Running;

/// <summary>Collects the outputs of a notebook's cells from the events of its session, and removes secrets. Safe for
/// use by several threads, since events may arrive after a cell's end.</summary>
internal sealed class CellOutputs(SecretRedactor secrets)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Output>> _byCell = [];
    private readonly Dictionary<string, (List<Output> Outputs, int Index)> _displays = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private List<Output> _current = [];
    private string _stream = "";
    private int _number;
    private bool _clearFirst;

    /// <summary>The first uncaught exception since the cell began; null if there was none.</summary>
    public CellError? Beside { get; private set; }

    /// <summary>A cell begins.</summary>
    public void Begin(int cellNumber)
    {
        lock (_gate)
        {
            EndStream();
            _clearFirst = false;
            Beside = null;
            _number = cellNumber;
            _current = [];
            _byCell[cellNumber] = _current;
        }
    }

    /// <summary>Handles an event of the cell. Its error is passed to <see cref="Fail"/>.</summary>
    public void Take(SessionEvent happened)
    {
        lock (_gate)
        {
            switch (happened)
            {
                case TextPrinted printed:
                    Print(printed.Stream, printed.Text);
                    break;
                case ExceptionBesideCell beside:
                    Print(StreamOutput.StandardError, beside.ToText());
                    Beside ??= beside.Error;
                    break;
                case ValueShown shown:
                    Show(shown.DisplayId, shown.Data);
                    break;
                case ValueReplaced replaced when _displays.TryGetValue(replaced.DisplayId, out var place):
                    place.Outputs[place.Index] = new DisplayOutput(secrets.Redact(replaced.Data));
                    break;
                case OutputCleared { Wait: var wait }:
                    _clearFirst = true;
                    if (!wait)
                    {
                        ClearIfDue();
                    }

                    break;
                case PageShown page:
                    Add(new DisplayOutput(secrets.Redact(page.Data)));
                    break;
                case ResultGiven result:
                    Add(new ResultOutput(secrets.Redact(result.Data), _number));
                    break;
            }
        }
    }

    /// <summary>Ends the cell with an error; returns the error as it was stored.</summary>
    public CellError Fail(CellError error)
    {
        lock (_gate)
        {
            error = secrets.Redact(error);
            Add(new ErrorOutput(error.Name, error.Message, error.Traceback));
            return error;
        }
    }

    /// <summary>The outputs of a cell; empty if it did not run.</summary>
    public IReadOnlyList<Output> Of(int cellNumber)
    {
        lock (_gate)
        {
            EndStream();
            return _byCell.TryGetValue(cellNumber, out var outputs) ? [.. outputs] : [];
        }
    }

    private void Print(string stream, string text)
    {
        ClearIfDue();

        // Consecutive pieces of one stream become one output: where they were split is arbitrary.
        if (_stream != stream)
        {
            EndStream();
            _stream = stream;
        }

        _text.Append(text);
    }

    private void Show(string displayId, MimeBundle data)
    {
        ClearIfDue();
        EndStream();
        _displays[displayId] = (_current, _current.Count);
        _current.Add(new DisplayOutput(secrets.Redact(data)));
    }

    private void Add(Output output)
    {
        ClearIfDue();
        EndStream();
        _current.Add(output);
    }

    private void ClearIfDue()
    {
        if (!_clearFirst)
        {
            return;
        }

        _clearFirst = false;
        _text.Clear();
        _current.Clear();
        foreach (var (displayId, _) in _displays.Where(display => display.Value.Outputs == _current).ToList())
        {
            _displays.Remove(displayId);
        }
    }

    // Only the whole text is searched for secrets: a piece may end in the middle of one.
    private void EndStream()
    {
        if (_text.Length > 0)
        {
            _current.Add(new StreamOutput(_stream, secrets.Redact(_text.ToString())));
            _text.Clear();
        }
    }
}
