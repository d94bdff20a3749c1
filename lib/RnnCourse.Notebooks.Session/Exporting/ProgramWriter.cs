using System.Text;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Assembles the program's text, and records which line belongs to which cell.</summary>
internal sealed class ProgramWriter
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Line, string Title)> _cells = [];
    private int _line = 1;

    /// <summary>The text so far, each line ended by a line feed.</summary>
    public string Text => _text.ToString();

    /// <summary>Begins a cell: the lines added from now on belong to it.</summary>
    public void Begin(string title) => _cells.Add((_line, title));

    /// <summary>Adds lines, and a blank one after them. Adds nothing for an empty text.</summary>
    public void Add(string text)
    {
        if (text.Length > 0)
        {
            AddLines(text + "\n");
        }
    }

    /// <summary>Adds lines.</summary>
    public void AddLines(string text)
    {
        _text.Append(text).Append('\n');
        _line += text.Count(c => c == '\n') + 1;
    }

    /// <summary>The cell that a line (from 1) belongs to; empty above the first.</summary>
    public string CellAt(int line) => _cells.LastOrDefault(cell => cell.Line <= line).Title ?? "";
}
