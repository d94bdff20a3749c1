namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>The files that are being imported, each by the one before it; relative paths are looked up from the
/// notebook or from the last of these files.</summary>
/// <param name="baseDirectory">The notebook's folder.</param>
/// <param name="libraryFolder">A second folder in which paths are looked up: the folder from which the notebook was
/// copied; null for none.</param>
internal sealed class ImportStack(string baseDirectory, string? libraryFolder = null)
{
    private readonly List<(string Path, string Name)> _files = [];

    /// <summary>The notebook's folder.</summary>
    public string BaseDirectory { get; } = Path.GetFullPath(baseDirectory);

    /// <summary>The full path of a file, relative to the notebook or, if no such file exists, to the file being
    /// imported.</summary>
    public string Resolve(string path)
    {
        var local = path.Replace('\\', Path.DirectorySeparatorChar);
        var fromNotebook = Path.GetFullPath(Path.Combine(BaseDirectory, local));
        if (File.Exists(fromNotebook))
        {
            return fromNotebook;
        }

        if (
            libraryFolder is not null
            && Path.GetFullPath(Path.Combine(libraryFolder, local)) is var fromThere
            && File.Exists(fromThere)
        )
        {
            return fromThere;
        }

        if (_files.Count == 0)
        {
            return fromNotebook;
        }

        var fromFile = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(_files[^1].Path)!, local));
        return File.Exists(fromFile) ? fromFile : fromNotebook;
    }

    /// <summary>Begins to import a file; false if it is already being imported.</summary>
    public bool TryPush(string path, string name)
    {
        if (_files.Exists(file => file.Path == path))
        {
            return false;
        }

        _files.Add((path, name));
        return true;
    }

    public void Pop() => _files.RemoveAt(_files.Count - 1);

    /// <summary>Describes the cycle of imports from a file to itself, such as <c>a.cs → b.cs → a.cs</c>.</summary>
    public string DescribeCycle(string path, string name) =>
        string.Join(" → ", _files.SkipWhile(file => file.Path != path).Select(file => file.Name).Append(name));
}
