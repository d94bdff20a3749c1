using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>The folder for the results of a run.</summary>
internal sealed class OutputFolder
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { "index" };

    private readonly WrittenFiles _written;

    private OutputFolder(string path)
    {
        Path = path;
        _written = new WrittenFiles(path);
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Creates the folder if necessary, and checks before a long run that it can be written to, so that the
    /// results are not lost.</summary>
    /// <exception cref="NotebookFileException">The folder cannot be created or written to; the message says
    /// why.</exception>
    public static OutputFolder Open(string path)
    {
        try
        {
            var full = Directory.CreateDirectory(path).FullName;
            var probe = System.IO.Path.Combine(full, $".{System.IO.Path.GetRandomFileName()}.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new OutputFolder(full);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var reason = FileOnTheWay(path) is { } file ? $"{file} is a file, not a folder." : e.Message;
            throw new NotebookFileException(
                $"Cannot write to the output folder {path}: {reason} Name another one with --output.",
                path,
                e
            );
        }
    }

    /// <summary>Chooses a name for a notebook's files: its path in the repository, made unique.</summary>
    public string NameFor(string notebookPath, Repository? repository)
    {
        var inside = repository is null ? ".." : System.IO.Path.GetRelativePath(repository.Notebooks, notebookPath);
        var name =
            inside.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(inside)
                ? System.IO.Path.GetFileNameWithoutExtension(notebookPath)
                : System.IO.Path.ChangeExtension(inside, null);
        var free = name;
        for (var i = 2; !_taken.Add(free); i++)
        {
            free = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }

    /// <summary>Checks that no executed notebook would replace its own source.</summary>
    /// <exception cref="NotebookFileException">One would.</exception>
    public void MustNotHold(IReadOnlyCollection<string> sources, IEnumerable<NotebookFile> notebooks)
    {
        var comparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        var files = sources.Select(FileKind.RealPath).ToHashSet(comparer);
        foreach (
            var target in notebooks
                .Select(notebook => FileFor(notebook.Name, ".ipynb"))
                .Where(target => files.Contains(FileKind.RealPath(target)))
        )
        {
            throw new NotebookFileException(
                $"The output folder {Path} holds {System.IO.Path.GetFileName(target)} itself, which the "
                    + "executed notebook would replace. "
                    + "Name another folder with --output; to store outputs in the notebooks themselves, give "
                    + "--in-place.",
                target
            );
        }
    }

    /// <summary>Checks that no result would replace a file that rnn did not write.</summary>
    /// <exception cref="NotebookFileException">One would.</exception>
    public void MustNotReplaceForeignFiles(IEnumerable<NotebookFile> notebooks)
    {
        foreach (
            var file in notebooks
                .SelectMany(notebook => new[] { FileFor(notebook.Name, ".ipynb"), FileFor(notebook.Name, ".html") })
                .Append(FileFor("index", ".html"))
        )
        {
            MustNotReplaceForeignFile(file);
        }
    }

    /// <summary>Checks that a file does not exist, or was written by rnn.</summary>
    /// <exception cref="NotebookFileException">The file was not written by rnn.</exception>
    public void MustNotReplaceForeignFile(string file)
    {
        MustNotLeadOut(file);
        if (File.Exists(file) && !_written.Contains(file))
        {
            var whose = _written.Names(file) ? "was changed since rnn wrote it" : "was not written by rnn";
            throw new NotebookFileException(
                $"{file} {whose}, and a result would replace it. Move it away, or name "
                    + "another folder with --output.",
                file
            );
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public string FileFor(string name, string extension) => System.IO.Path.Combine(Path, name + extension);

    /// <summary>Writes a notebook.</summary>
    /// <exception cref="NotebookFileException">It cannot be written.</exception>
    public void WriteNotebook(string name, Notebook notebook) =>
        Write(FileFor(name, ".ipynb"), NotebookWriter.ToText(notebook).TrimEnd('\n') + "\n");

    /// <summary>Writes a page.</summary>
    /// <exception cref="NotebookFileException">It cannot be written.</exception>
    public void WritePage(string name, string html) => Write(FileFor(name, ".html"), html);

    /// <summary>Writes a text into a file of the folder, never through a link.</summary>
    /// <exception cref="NotebookFileException">The file cannot be written, or is a link.</exception>
    public void Write(string file, string text)
    {
        MustNotLeadOut(file);
        MakeFolder(file);
        var bytes = Encoding.UTF8.GetBytes(text);
        _written.Add(file, bytes);
        UserFile.WriteNoLink(file, bytes);
    }

    // Only links inside count: the folder itself may be a link of its user's choice.
    private void MustNotLeadOut(string file)
    {
        for (var at = file; at is not null && at != Path; at = System.IO.Path.GetDirectoryName(at))
        {
            if (FileKind.LinkTarget(at) is { } target)
            {
                throw new NotebookFileException(
                    $"{at} is a link to {target}, and rnn writes through no link in its output folder. Remove the "
                        + "link, or name another folder with --output.",
                    file
                );
            }
        }
    }

    private static string? FileOnTheWay(string path)
    {
        for (var at = System.IO.Path.GetFullPath(path); at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
            {
                return at;
            }
        }

        return null;
    }

    private static void MakeFolder(string file)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFileException($"{file}: Cannot create its folder: {e.Message}", file, e);
        }
    }
}
