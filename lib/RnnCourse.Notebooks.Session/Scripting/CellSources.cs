namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>All sources of the session by name, so that errors can quote the line in question.</summary>
internal sealed class CellSources
{
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    public void Add(CellSource source) => _lines[source.FilePath] = source.Source.ReplaceLineEndings("\n").Split('\n');

    public bool Contains(string? filePath) => filePath is not null && _lines.ContainsKey(filePath);

    /// <summary>The text of a line (from 1), or null if it isn't known.</summary>
    public string? FindLine(string filePath, int line) =>
        _lines.TryGetValue(filePath, out var lines) && line >= 1 && line <= lines.Length ? lines[line - 1] : null;
}
