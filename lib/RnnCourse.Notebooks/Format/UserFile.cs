using System.Security;
using System.Security.Cryptography;
using RnnCourse.Shared;

namespace RnnCourse.Notebooks.Format;

/// <summary>Writes files that users own: in one step, after removing what a killed process left beside them, and with
/// an error that says in plain words which file, why, and what to do.</summary>
public static class UserFile
{
    /// <summary>Replaces the content of a file; it has the old bytes or the new ones, never half of either.</summary>
    /// <param name="path">The file, which may exist. A symbolic link is followed, and permissions are kept.</param>
    /// <param name="bytes">What the file shall hold.</param>
    /// <exception cref="NotebookFileException">The file can't be written: its folder isn't there or is read-only, the
    /// file is read-only, the disk is full.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(path, file => file.Write(copy));
    }

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    /// <param name="path">The file, which may exist. A symbolic link is followed, and permissions are kept.</param>
    /// <param name="write">Writes what the file shall hold.</param>
    internal static void Write(string path, Action<Stream> write) => Write(path, write, followsLink: true);

    /// <summary>Replaces the content of a file as the other method does, but never through a link: if the file is
    /// one, it is refused, and a link that takes its place meanwhile is replaced itself.</summary>
    /// <param name="path">The file, which may exist.</param>
    /// <param name="bytes">What the file shall hold.</param>
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

    /// <summary>Removes temporary files that killed processes left beside a file more than a minute ago, where
    /// nothing is written.</summary>
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

    /// <summary>A hash by which a change of a file's contents shows. Other programs may write to it
    /// meanwhile.</summary>
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
