using System.Security;
using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Reads notebooks of nbformat 4, and those of nbformat 3 as Jupyter converts them. Older, newer and invalid files
/// cause a <see cref="NotebookFormatException"/>, and no other exception.
/// </summary>
public static class NotebookReader
{
    /// <summary>The largest file that is read, in bytes: 256 MB, more than a thousand times the usual size of a
    /// notebook.</summary>
    public const int MaximumSize = 256 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads a notebook from a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The notebook; cells without an id (before nbformat 4.5) get one that is derived from their text. Faults
    /// that can be repaired are listed in <see cref="Notebook.Repairs"/>.</returns>
    /// <exception cref="NotebookFormatException">The file isn't a notebook of nbformat 3 or 4.</exception>
    /// <exception cref="NotebookFileException">The file doesn't exist or can't be read.</exception>
    public static Notebook Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(ReadBytes(path).AsMemory(), path);
    }

    /// <summary>Reads a notebook from a text.</summary>
    /// <param name="text">The text of an <c>.ipynb</c> file.</param>
    /// <param name="file">A name for messages.</param>
    /// <returns>The notebook.</returns>
    /// <exception cref="NotebookFormatException">The text isn't a notebook of nbformat 3 or 4.</exception>
    public static Notebook Parse(string text, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Parse(StrictUtf8.GetBytes(text).AsMemory(), file);
        }
        catch (EncoderFallbackException)
        {
            throw new NotebookFormatException("The text holds half of a character (a lone surrogate).", file);
        }
    }

    /// <summary>Reads a notebook from the bytes of a file.</summary>
    /// <param name="utf8">The bytes: JSON in UTF-8 without a byte order mark.</param>
    /// <param name="file">A name for messages.</param>
    /// <returns>The notebook.</returns>
    /// <exception cref="NotebookFormatException">The bytes aren't a notebook of nbformat 3 or 4.</exception>
    public static Notebook Parse(ReadOnlySpan<byte> utf8, string? file = null) =>
        Parse(utf8.ToArray().AsMemory(), file);

    // The document refers to the bytes, which therefore must not change.
    private static Notebook Parse(ReadOnlyMemory<byte> utf8, string? file)
    {
        var document = new JsonPlace(JsonText.Parse(utf8, file), DocumentPath.Root, file);
        var fields = document.Fields();
        if (ReadMajor(fields, document) < Notebook.Major)
        {
            document = OldFormat.Upgrade(fields, document);
            fields = document.Fields();
            fields.Remove("nbformat");
        }
        var minor = fields.TryTake("nbformat_minor", out var minorPlace) ? minorPlace.Count() : 0;
        var cells = fields.Take("cells", document).Elements();
        var metadata = fields.Take("metadata", document).Object();
        var repairs = new List<string>();
        return new Notebook
        {
            Cells = CellReader.ReadAll(cells, repairs),
            Repairs = repairs,
            Metadata = metadata,
            Minor = Math.Max(minor, Notebook.MinimumMinor),
            Extra = fields.ToJsonObject(),
        };
    }

    private static int ReadMajor(Dictionary<string, JsonPlace> fields, JsonPlace document)
    {
        if (!fields.TryTake("nbformat", out var place))
        {
            throw document.Wrong("The field 'nbformat' is missing; this is not a Jupyter notebook.");
        }

        return place.Count() switch
        {
            < OldFormat.Major and var major => throw place.Wrong(
                $"The notebook has format {major}; this program reads formats {OldFormat.Major} and {Notebook.Major}. "
                    + $"Bring it to format {Notebook.Major}: jupyter nbconvert --to notebook --inplace "
                    + $"{document.File ?? "FILE"}"
            ),
            > Notebook.Major and var major => throw place.Wrong(
                $"The notebook has format {major}; this program reads formats {OldFormat.Major} and "
                    + $"{Notebook.Major}. Save it as format {Notebook.Major} in the program that wrote it."
            ),
            var major => major,
        };
    }

    internal static byte[] ReadBytes(string path)
    {
        if (FileKind.IsSpecial(path))
        {
            // Opening a pipe waits until another program writes to it, and a device may have no end.
            throw new NotebookFileException($"{path}: This is a device, a pipe or a socket, not a file.", path);
        }

        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var buffer = new byte[file.CanSeek ? Math.Clamp(file.Length, 0, MaximumSize) + 1 : 81920];
            var length = 0;
            // Counted while reading: a device has no length, and its end may never come.
            for (int read; (read = file.Read(buffer, length, buffer.Length - length)) > 0; )
            {
                length += read;
                if (length > MaximumSize)
                {
                    throw new NotebookFormatException("The file is larger than 256 MB; clear its outputs.", path);
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, MaximumSize + 1L));
                }
            }
            Array.Resize(ref buffer, length);
            return buffer;
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or SecurityException
                        or NotSupportedException
                        or ArgumentException
            )
        {
            throw new NotebookFileException(FileProblem.Reading(path, exception), path, exception);
        }
    }
}
