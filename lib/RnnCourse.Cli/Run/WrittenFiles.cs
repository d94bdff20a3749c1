using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>Records in a hidden file of the output folder which files there were written by <c>rnn</c>, so that no
/// other file is replaced.</summary>
/// <param name="folder">The folder.</param>
internal sealed class WrittenFiles(string folder)
{
    private readonly string _list = Path.Combine(folder, ".written-by-rnn");
    private HashSet<string>? _names;

    public bool Contains(string file) => Names.Contains(NameOf(file));

    /// <exception cref="NotebookFileException">The list cannot be written.</exception>
    public void Add(string file)
    {
        if (Names.Add(NameOf(file)))
        {
            // Another run may have added files meanwhile.
            Names.UnionWith(Read());
            AtomicFile.Write(
                _list,
                Encoding.UTF8.GetBytes(string.Join('\n', Names.Order(StringComparer.Ordinal)) + "\n")
            );
        }
    }

    private HashSet<string> Names => _names ??= Read();

    private string NameOf(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    private HashSet<string> Read()
    {
        try
        {
            return [.. File.ReadAllLines(_list)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
