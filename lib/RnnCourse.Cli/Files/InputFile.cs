using RnnCourse.Datasets;
using RnnCourse.Notebooks.Format;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Files;

/// <summary>Handles data that can be read only once, such as the standard input or a pipe, by first copying them into a
/// file.</summary>
internal static class InputFile
{
    /// <summary>The path that means the standard input.</summary>
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

    /// <summary>Whether the data that an option names must be copied before they are read.</summary>
    /// <exception cref="DataFileException">The path is a device, which may never end.</exception>
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

    /// <summary>The name of the data in messages.</summary>
    public static string NameOf(string path) => IsStandardInput(path) ? "the standard input" : path;

    private static bool IsStandardInput(string path) => path == StandardInput || OtherNames.Contains(path);

    /// <summary>Returns data that can be read as often as needed: data from a pipe are copied into a file that is
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
    /// <exception cref="DataFileException">There are no data, or the path is not one from which data can be
    /// read.</exception>
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
