using System.Security;

namespace RnnCourse.Notebooks.Format;

/// <summary>Replaces a file in one step: it has the old bytes or the new ones, never half of either.</summary>
/// <remarks>The course's library has a class of this name, too, for models. The two products do not reference each
/// other. This one replaces files that users own: it follows links, keeps permissions, respects read-only files,
/// removes what a killed process left behind, and names the file in its error.</remarks>
public static class AtomicFile
{
    /// <summary>Writes bytes to a new file in the same folder, then gives it the name of the old one.</summary>
    /// <param name="path">The file, which may exist. A symbolic link is followed.</param>
    /// <param name="bytes">What the file shall hold.</param>
    /// <exception cref="NotebookFileException">
    /// The file can't be written: its folder isn't there or is read-only, the file is read-only, the disk is full.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(path, file => file.Write(copy));
    }

    /// <summary>Writes to a new file in the same folder, then gives it the name of the old one.</summary>
    /// <param name="path">The file, which may exist. A symbolic link is followed.</param>
    /// <param name="write">Writes what the file shall hold.</param>
    /// <exception cref="NotebookFileException">
    /// The file can't be written: its folder isn't there or is read-only, the file is read-only, the disk is full.
    /// </exception>
    internal static void Write(string path, Action<Stream> write) => Write(path, write, Target);

    /// <summary>Removes temporary files that killed processes left beside a file more than a minute ago, where nothing is
    /// written.</summary>
    /// <param name="path">The file. A symbolic link is followed.</param>
    public static void RemoveAbandoned(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AbandonedFiles.Remove(FileKind.RealPath(path));
    }

    /// <summary>Writes bytes as the other method does, but never through a link: if the file is one, it is refused, and a
    /// link that takes its place meanwhile is replaced itself.</summary>
    /// <param name="path">The file, which may exist.</param>
    /// <param name="bytes">What the file shall hold.</param>
    /// <exception cref="NotebookFileException">The file is a link, or it can't be written.</exception>
    public static void WriteNoLink(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(path, file => file.Write(copy), NoLink);
    }

    private static void Write(string path, Action<Stream> write, Func<string, string> resolve)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? temporary = null;
        try
        {
            var target = resolve(path);
            AbandonedFiles.Remove(target);
            temporary = AbandonedFiles.NewName(target);
            WriteNew(temporary, write);
            TakeOver(temporary, target);
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
            if (temporary is not null)
            {
                Discard(temporary);
            }

            throw new NotebookFileException(FileProblem.Writing(path, exception), path, exception);
        }
    }

    private static string NoLink(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
        {
            throw new NotebookFileException(
                $"{path}: This is a link to {target}, and nothing is written through links. Remove it.",
                path
            );
        }

        return Target(path);
    }

    private static string Target(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }
        // renaming would replace a read-only file without asking, since only the folder's permissions count for it
        if (file.Exists && file.IsReadOnly)
        {
            throw new UnauthorizedAccessException();
        }

        return file.FullName;
    }

    private static void WriteNew(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        write(file);
        file.Flush(flushToDisk: true);
    }

    private static void TakeOver(string temporary, string target)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        }

        File.Move(temporary, target, overwrite: true);
    }

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the first failure is the one to report
        }
    }
}
