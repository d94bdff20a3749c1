namespace RnnCourse.Model.Files;

/// <summary>Writes a file completely or not at all.</summary>
/// <remarks>The notebook engine has a class of this name, too. The course and the engine are two products that do not
/// reference each other, and thirty lines are less than a third product. This one writes what only the course reads: it
/// keeps no permissions and reports no path.</remarks>
internal static class AtomicFile
{
    private static int counter;

    /// <summary>Writes under another name in the same folder, waits until the disk has it, and renames. At any time,
    /// <paramref name="path"/> holds the old content or the new.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Environment.ProcessId}-{Interlocked.Increment(ref counter)}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So the runtime calls a file that grows beyond what the file system, or the process's limit, allows.
            File.Delete(temporary);
            throw new IOException($"'{full}' cannot be written: {e.Message}", e);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
