using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>Gathers the outputs of a notebook's cells as the events tell of them.</summary>
internal sealed class CellOutputs
{
    private readonly Dictionary<int, List<Output>> _byCell = [];
    private readonly Dictionary<string, (List<Output> Outputs, int Index)> _displays = new(StringComparer.Ordinal);
    private List<Output> _current = [];
    private int _number;

    public void Begin(int cellNumber)
    {
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

        // Pieces of one stream that follow each other are one output; where they were cut is chance.
        if (_current is [.., StreamOutput last] && last.Name == stream)
        {
            _current[^1] = new StreamOutput(stream, last.Text + text);
        }
        else
        {
            _current.Add(new StreamOutput(stream, text));
        }
    }

    public void Show(string displayId, MimeBundle data)
    {
        _displays[displayId] = (_current, _current.Count);
        _current.Add(new DisplayOutput(data));
    }

    public void Replace(string displayId, MimeBundle data)
    {
        if (_displays.TryGetValue(displayId, out var place))
        {
            place.Outputs[place.Index] = new DisplayOutput(data);
        }
    }

    public void Result(MimeBundle data) => _current.Add(new ResultOutput(data, _number));

    public void Fail(CellError error) => _current.Add(new ErrorOutput(error.Name, error.Message, error.Traceback));

    /// <summary>The outputs of a cell; none if it did not run.</summary>
    public IReadOnlyList<Output> Of(int cellNumber) => _byCell.GetValueOrDefault(cellNumber) ?? [];
}
