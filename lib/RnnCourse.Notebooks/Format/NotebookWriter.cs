using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Writes notebooks in the canonical form, which is that of Jupyter's own writer: the same notebook always gives the
/// same bytes, and reading and writing a file in this form leaves it unchanged.
/// </summary>
/// <remarks>
/// Entries that say when or on which machine a notebook ran are left out: a cell's <c>execution</c>,
/// <c>ExecuteTime</c>, <c>papermill</c> and <c>trusted</c>; a notebook's <c>papermill</c>, <c>signature</c>,
/// <c>orig_nbformat</c> and <c>orig_nbformat_minor</c>.
/// </remarks>
public static class NotebookWriter
{
    // Half a surrogate pair, which a program may print, becomes U+FFFD instead of an exception.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The canonical text of a notebook, with a line break at its end.</summary>
    public static string ToText(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return CanonicalJson.ToText(CanonicalTree.Of(notebook));
    }

    /// <summary>
    /// Writes a notebook to a file: first to a new file in the same folder, which then replaces the old file in one
    /// atomic step, so that a failure leaves the old file unchanged.
    /// </summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="path">The file, which may exist. A symbolic link is followed.</param>
    /// <exception cref="NotebookFileException">The file can't be written, for example because its folder doesn't exist
    /// or is read-only, the file is read-only, or the disk is full.
    /// </exception>
    public static void Write(Notebook notebook, string path)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        UserFile.Write(
            path,
            file =>
            {
                using var text = new StreamWriter(file, Utf8, leaveOpen: true);
                CanonicalJson.Write(text, CanonicalTree.Of(notebook));
                text.Write('\n');
            }
        );
    }

    /// <summary>
    /// Stores a notebook that was read from a file and then changed in that file. Unchanged parts keep their bytes:
    /// layout, order of fields, missing ids, the line break at the end. Changed parts get the layout of the rest of the
    /// file.
    /// </summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="path">The file; if it doesn't exist or isn't a notebook, it is written in the canonical
    /// form.</param>
    /// <exception cref="NotebookFileException">The file can't be read or written.</exception>
    public static void Update(Notebook notebook, string path)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            Write(notebook, path);
            return;
        }
        var stored = NotebookReader.ReadBytes(path);
        if (NotebookPatch.Apply(stored, notebook) is not { } changed)
        {
            Write(notebook, path);
        }
        else if (!stored.AsSpan().SequenceEqual(changed))
        {
            UserFile.Write(path, changed);
        }
    }
}
