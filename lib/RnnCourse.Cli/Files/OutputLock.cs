using System.Text;

namespace RnnCourse.Cli.Files;

/// <summary>Reserves an output for one process. A second process cannot take it while the first one is alive; the lock
/// file of a killed process does not block others.</summary>
internal sealed class OutputLock : IDisposable
{
    private const string Mark = "rnn train, process ";

    // What the system answers where another process has locked a file.
    private const int LockedOnLinux = 11,
        LockedOnMac = 35,
        LockedOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;
    private readonly string _path;

    private OutputLock(FileStream file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes the lock, a file beside the output.</summary>
    /// <param name="output">The output.</param>
    /// <exception cref="UserErrorException">Another process holds it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static OutputLock Take(string output)
    {
        var path = output + ".lock";
        OutputFile.Check(path, "--out", IsLock, force: false);
        while (true)
        {
            FileStream file;
            try
            {
                file = new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    1,
                    OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None
                );
            }
            catch (IOException e) when (IsLocked(e))
            {
                throw new UserErrorException(
                    $"Another training writes to {output}. Wait for its end, or name another file with --out.",
                    e
                );
            }

            var text = $"{Mark}{Environment.ProcessId}{new string(' ', Random.Shared.Next(512))}\n";
            try
            {
                file.SetLength(0);
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush();
            }
            catch
            {
                file.Dispose();
                throw;
            }

            // The holder before may have deleted the file after it was opened here: then this one has no name, and
            // another process may have made a new one. A locked file cannot be read, so its length tells them apart.
            if (
                OperatingSystem.IsWindows()
                || new FileInfo(path) is { Exists: true } named && named.Length == text.Length
            )
            {
                return new(file, path);
            }

            file.Dispose();
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_path);
        }

        _file.Dispose();
    }

    // While a process holds it, nobody can read it.
    private static bool IsLock(string path)
    {
        try
        {
            return OutputFile.HeadOf(path).StartsWith(Mark, StringComparison.Ordinal);
        }
        catch (IOException e) when (IsLocked(e))
        {
            return true;
        }
    }

    private static bool IsLocked(IOException e) => e.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows;
}
