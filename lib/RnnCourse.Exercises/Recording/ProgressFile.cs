namespace RnnCourse.Exercises.Recording;

/// <summary>The file in which progress is recorded: one JSON object per line, only ever appended to, so that a crash
/// loses at most the last line.</summary>
public static class ProgressFile
{
    private const int Tries = 500;
    private const byte EndOfLine = (byte)'\n';

    /// <summary>Reads all lines. Invalid lines, such as one truncated by a crash, are skipped.</summary>
    /// <param name="path">The file; if it does not exist, there are no entries.</param>
    /// <returns>The entries in the order in which they were recorded.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<ProgressEntry> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var entries = new List<ProgressEntry>();
        while (reader.ReadLine() is { } line)
        {
            if (ProgressJson.Parse(line) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Appends an entry, if that is possible; false if it is not. Never throws, because a full disk must not
    /// fail a cell.</summary>
    internal static bool TryAppend(string path, ProgressEntry entry)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using var file = Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            byte[] line =
            [
                .. EndsTorn(file) ? [EndOfLine] : Array.Empty<byte>(),
                .. ProgressJson.Write(entry),
                EndOfLine,
            ];
            file.Seek(0, SeekOrigin.End);
            file.Write(line); // in one piece: FileStream's own buffer is off
            return true;
        }
#pragma warning disable CA1031 // whatever is wrong with the disk, the cell goes on
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    // A process that died while writing may have left half a line, which must not spoil the next one.
    private static bool EndsTorn(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != EndOfLine;
    }

    // Another notebook may be writing. That takes less than a millisecond, unless it has to wait for a processor.
    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, mode, access, share, bufferSize: 0);
            }
            catch (IOException e) when (attempt < Tries && IsInUse(e))
            {
                Thread.Sleep(5 + (Environment.CurrentManagedThreadId % 7)); // not all in step
            }
        }
    }

    // Windows reports a sharing or lock violation, Linux and macOS EWOULDBLOCK; any other error would only occur again.
    private static bool IsInUse(IOException e) => (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;
}
