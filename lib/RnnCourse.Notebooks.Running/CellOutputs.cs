using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Running;

/// <summary>Gathers the outputs of a notebook's cells as the events tell of them, without the secrets in
/// them.</summary>
internal sealed class CellOutputs(Secrets secrets)
{
    private readonly Dictionary<int, List<Output>> _byCell = [];
    private readonly Dictionary<string, (List<Output> Outputs, int Index)> _displays = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private List<Output> _current = [];
    private string _stream = "";
    private int _number;
    private bool _clearFirst;

    public void Begin(int cellNumber)
    {
        EndStream();
        _clearFirst = false;
        _number = cellNumber;
        _current = [];
        _byCell[cellNumber] = _current;
    }

    public void Print(string stream, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        ClearIfDue();

        // Pieces of one stream that follow each other are one output; where they were cut is chance.
        if (_stream != stream)
        {
            EndStream();
            _stream = stream;
        }

        _text.Append(text);
    }

    public void Show(string displayId, MimeBundle data)
    {
        ClearIfDue();
        EndStream();
        _displays[displayId] = (_current, _current.Count);
        _current.Add(new DisplayOutput(secrets.Redact(data)));
    }

    public void Replace(string displayId, MimeBundle data)
    {
        if (_displays.TryGetValue(displayId, out var place))
        {
            place.Outputs[place.Index] = new DisplayOutput(secrets.Redact(data));
        }
    }

    public void Clear(bool wait)
    {
        _clearFirst = true;
        if (!wait)
        {
            ClearIfDue();
        }
    }

    public void Result(MimeBundle data) => Add(new ResultOutput(secrets.Redact(data), _number));

    /// <summary>Ends the cell with an error; gives the error as it was stored.</summary>
    public CellError Fail(CellError error)
    {
        error = secrets.Redact(error);
        Add(new ErrorOutput(error.Name, error.Message, error.Traceback));
        return error;
    }

    /// <summary>The outputs of a cell; none if it did not run.</summary>
    public IReadOnlyList<Output> Of(int cellNumber)
    {
        EndStream();
        return _byCell.GetValueOrDefault(cellNumber) ?? [];
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
