using RnnCourse.Datasets;
using RnnCourse.Notebooks.Format;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Files;

/// <summary>Data that can be read once only, such as the standard input or a pipe: they are copied into a file
/// first.</summary>
internal static class InputFile
{
    /// <summary>The path that stands for the standard input.</summary>
    public const string StandardInput = "-";

    private static readonly HashSet<string> Unfinished = [];

    static InputFile() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            lock (Unfinished)
            {
                foreach (var path in Unfinished)
                {
                    File.Delete(path);
                }
            }
        };

    private static readonly string[] OtherNames = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

    /// <summary>Whether what an option names must be copied before it is read.</summary>
    /// <exception cref="DataFileException">It is a device, which may never end.</exception>
    public static bool MustBeCopied(string path)
    {
        if (IsStandardInput(path) || FileKind.IsPipe(path))
        {
            return true;
        }

        return FileKind.IsDevice(path)
            ? throw new DataFileException(path, 0, 0, "This is a device; a file, a folder or a pipe is needed.")
            : false;
    }

    /// <summary>What to call the data in messages.</summary>
    public static string NameOf(string path) => IsStandardInput(path) ? "the standard input" : path;

    private static bool IsStandardInput(string path) => path == StandardInput || OtherNames.Contains(path);

    /// <summary>Data that can be read as often as needed: what comes through a pipe is copied into a file that is
    /// deleted when this process ends.</summary>
    public static TaskData CopyIfPiped(TaskData data) =>
        data.Path is { } path && MustBeCopied(path)
            ? data with
            {
                Path = CopyToTemporary(path),
                Origin = NameOf(path),
            }
            : data;

    private static string CopyToTemporary(string path)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"rnn-data-{Environment.ProcessId}-{Guid.NewGuid():N}");
        lock (Unfinished)
        {
            Unfinished.Add(copy);
        }

        Copy(path, copy);
        return copy;
    }

    /// <summary>Copies the data into a file, completely or not at all.</summary>
    /// <param name="path">The data.</param>
    /// <param name="copy">The file.</param>
    /// <exception cref="DataFileException">There are no data, or the path is not one that data can be read
    /// from.</exception>
    /// <exception cref="IOException">The data cannot be read, or the file cannot be written.</exception>
    public static void CopyTo(string path, string copy)
    {
        var temporary = $"{copy}.{Environment.ProcessId}-0.tmp";
        lock (Unfinished)
        {
            Unfinished.Add(temporary);
        }

        Copy(path, temporary);
        File.Move(temporary, copy, overwrite: true);
    }

    private static void Copy(string path, string copy)
    {
        if (IsStandardInput(path) && !Console.IsInputRedirected)
        {
            throw new DataFileException(
                "The data are to come from the standard input, which is the terminal. Pipe a file into rnn, or name "
                    + "it with --data."
            );
        }

        using var from = IsStandardInput(path) ? Console.OpenStandardInput() : File.OpenRead(path);
        using var to = new FileStream(copy, FileMode.Create, FileAccess.Write, FileShare.Read);
        from.CopyTo(to);
        if (to.Length == 0)
        {
            throw new DataFileException(NameOf(path), 0, 0, "Nothing came from it. Check what writes to it.");
        }
    }
}
