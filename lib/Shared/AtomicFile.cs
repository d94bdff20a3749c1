namespace RnnCourse.Shared;

/// <summary>Replaces a file in one step: at any time it has its old content or the new, never half of either.</summary>
/// <remarks>Each product compiles this file for itself, because the products do not reference each other.</remarks>
internal static class AtomicFile
{
    private static int _counter;

    /// <summary>Writes under another name in the same folder, waits until the disk has it, and renames.</summary>
    /// <param name="path">The file, which may exist. A symbolic link is followed, and permissions are kept.</param>
    /// <param name="write">Writes what the file shall hold.</param>
    /// <param name="temporaryName">The other name, made from the file's; null for the usual one, which is the file's
    /// with the number of this process and <c>.tmp</c>.</param>
    /// <param name="followsLink">Whether a symbolic link is followed; else the link itself is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or its folder is.</exception>
    public static void Write(
        string path,
        Action<Stream> write,
        Func<string, string>? temporaryName = null,
        bool followsLink = true
    )
    {
        var target = TargetOf(path, followsLink);
        var temporary = (temporaryName ?? NewName)(target);
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So the runtime calls a file that grows beyond what the file system, or the process's limit, allows.
            Discard(temporary);
            throw new IOException($"'{path}' cannot be written: {e.Message}", e);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    private static string TargetOf(string path, bool followsLink)
    {
        var file = new FileInfo(path);
        if (followsLink && file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        // Renaming would replace a read-only file without asking: only the folder's permissions count for it.
        return file.Exists && file.IsReadOnly
            ? throw new UnauthorizedAccessException(
                $"'{file.FullName}' is read-only. Make it writable, or write to another file."
            )
            : file.FullName;
    }

    private static string NewName(string target) =>
        $"{target}.{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}.tmp";

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
