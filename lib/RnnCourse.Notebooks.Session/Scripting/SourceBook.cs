namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Every source that the session has seen, by name, so that errors can show the line they speak of.</summary>
internal sealed class SourceBook
{
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    public void Add(CellSource source) => _lines[source.FilePath] = source.Source.ReplaceLineEndings("\n").Split('\n');

    public bool Holds(string? filePath) => filePath is not null && _lines.ContainsKey(filePath);

    /// <summary>The text of a line (from 1), or null where it is not known.</summary>
    public string? FindLine(string filePath, int line) =>
        _lines.TryGetValue(filePath, out var lines) && line >= 1 && line <= lines.Length ? lines[line - 1] : null;
}
