using System.Security;
using System.Security.Cryptography;
using RnnCourse.Shared;

namespace RnnCourse.Notebooks.Format;

/// <summary>Writes files of the user: in one atomic step, after removing files that a killed process left beside them,
/// and with an error that says in plain words which file, why, and what to do.</summary>
public static class UserFile
{
    /// <summary>Replaces the content of a file; it always has either all old bytes or all new ones.</summary>
    /// <param name="path">The file, which may exist. A symbolic link is followed, and permissions are kept.</param>
    /// <param name="bytes">The new content.</param>
    /// <exception cref="NotebookFileException">The file can't be written, for example because its folder doesn't exist
    /// or is read-only, the file is read-only, or the disk is full.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(path, file => file.Write(copy));
    }

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    /// <param name="path">The file, which may exist. A symbolic link is followed, and permissions are kept.</param>
    /// <param name="write">Writes the new content.</param>
    internal static void Write(string path, Action<Stream> write) => Write(path, write, followsLink: true);

    /// <summary>Replaces the content of a file as <see cref="Write(string, ReadOnlySpan{byte})"/> does, but never
    /// through a link: if the file is a link, an exception is thrown, and a link that replaces the file in the meantime
    /// is itself replaced.</summary>
    /// <param name="path">The file, which may exist.</param>
    /// <param name="bytes">The new content.</param>
    /// <exception cref="NotebookFileException">The file is a link, or it can't be written.</exception>
    public static void WriteNoLink(string path, ReadOnlySpan<byte> bytes)
    {
        if (FileKind.LinkTarget(path) is { } target)
        {
            throw new NotebookFileException(
                $"{path}: This is a link to {target}, and nothing is written through links. Remove it.",
                path
            );
        }

        var copy = bytes.ToArray();
        Write(path, file => file.Write(copy), followsLink: false);
    }

    /// <summary>Removes temporary files that killed processes left beside a file more than a minute ago, without
    /// writing the file.</summary>
    /// <param name="path">The file. A symbolic link is followed.</param>
    public static void RemoveAbandoned(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AbandonedFiles.Remove(FileKind.RealPath(path));
    }

    private static void Write(string path, Action<Stream> write, bool followsLink)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            AtomicFile.Write(
                path,
                write,
                target =>
                {
                    AbandonedFiles.Remove(target);
                    return AbandonedFiles.NewName(target);
                },
                followsLink
            );
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
            throw new NotebookFileException(FileProblem.Writing(path, exception), path, exception);
        }
    }

    /// <summary>Computes a hash to detect changes of a file's contents. Other programs may write to the file at the
    /// same time.</summary>
    /// <param name="path">The file.</param>
    /// <returns>SHA-256 in hexadecimal digits; null if the file can't be read.</returns>
    public static string? HashOf(string path)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            return Convert.ToHexString(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
