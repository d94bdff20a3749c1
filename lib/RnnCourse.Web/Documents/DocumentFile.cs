using System.Globalization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>The file of a notebook that is being edited. Remembers the contents that were last read or written, so that
/// changes by another program are never overwritten unnoticed.</summary>
internal sealed class DocumentFile
{
    private (DateTime Written, long Length) _seen;
    private string? _hash;

    private DocumentFile(string path, Notebook stored) => (Path, Stored) = (path, stored);

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The contents when the file was last read or written here.</summary>
    public Notebook Stored { get; private set; }

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="NotebookFormatException">The file isn't a notebook.</exception>
    /// <exception cref="NotebookFileException">The file can't be read.</exception>
    public static DocumentFile Open(string path)
    {
        var file = new DocumentFile(path, NotebookReader.Read(path));
        file.Remember();
        return file;
    }

    /// <summary>Whether another program has changed, replaced or deleted the file.</summary>
    /// <param name="thoroughly">Whether to read the file even if its time and length are unchanged.</param>
    public bool HasChangedOutside(bool thoroughly)
    {
        var seen = Look();
        if (!thoroughly && seen == _seen)
        {
            return false;
        }

        if (UserFile.HashOf(Path) != _hash)
        {
            return true;
        }

        _seen = seen;
        return false;
    }

    /// <summary>Reads the notebook that another program wrote to the file; null if the file is missing or isn't a
    /// notebook.</summary>
    public Notebook? ReadOutside()
    {
        try
        {
            return NotebookReader.Read(Path);
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return null;
        }
    }

    /// <summary>Copies what another program wrote to the file to a new file beside it.</summary>
    /// <returns>The new file's path; null if there is nothing to copy.</returns>
    /// <exception cref="NotebookFileException">The copy can't be written.</exception>
    public string? KeepOutside()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        var time = DateTime.Now.ToString("yyyy-MM-dd HHmmss", CultureInfo.InvariantCulture);
        var name = System.IO.Path.GetFileNameWithoutExtension(Path);
        var extension = System.IO.Path.GetExtension(Path);
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {number}");
            var copy = System.IO.Path.Combine(
                System.IO.Path.GetDirectoryName(Path)!,
                $"{name} (other version {time}{suffix}){extension}"
            );
            if (File.Exists(copy))
            {
                continue;
            }

            try
            {
                UserFile.Write(copy, File.ReadAllBytes(Path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new NotebookFileException($"{copy}: {e.Message}", copy, e);
            }

            return copy;
        }
    }

    /// <summary>Accepts the file's present contents as known.</summary>
    public void Accept(Notebook stored)
    {
        Stored = stored;
        Remember();
    }

    /// <summary>Stores the notebook in one atomic step; unchanged parts keep their bytes.</summary>
    /// <exception cref="NotebookFileException">The file can't be written.</exception>
    public void Write(Notebook notebook)
    {
        NotebookWriter.Update(notebook, Path);
        Stored = notebook;
        Remember();
    }

    private void Remember()
    {
        _seen = Look();
        _hash = UserFile.HashOf(Path);
    }

    private (DateTime Written, long Length) Look()
    {
        var info = new FileInfo(Path);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }
}
