using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Temporary files beside their targets: <c>.name.ipynb.1234-abcd.tmp</c>, where 1234 is the process that writes it. A
/// process that is killed while writing leaves its file behind; the next process that writes the same target, at least
/// a minute later, removes it.
/// </summary>
internal static class AbandonedFiles
{
    private const string Ending = ".tmp";
    private const int RandomLength = 11;
    private const int LongestStart = 220;
    private const int HashBytes = 8;

    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(1);

    public static string NewName(string target) =>
        Path.Combine(
            Path.GetDirectoryName(target)!,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Start(target)}{Environment.ProcessId}-"
                    + $"{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}{Ending}"
            )
        );

    /// <summary>Removes the files that ended processes left behind. A file that can't be removed does no
    /// harm.</summary>
    public static void Remove(string target) => Remove(target, DateTime.UtcNow);

    internal static void Remove(string target, DateTime now)
    {
        try
        {
            var start = Start(target);
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"*{Ending}"))
            {
                if (WriterOf(Path.GetFileName(file), start) is { } id && IsLeft(file, id, now))
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write itself tells what is wrong with the folder.
        }
    }

    // Long names are shortened to their beginning and a hash, because file systems allow 255 bytes or characters.
    private static string Start(string target)
    {
        var name = Path.GetFileName(target);
        if (Encoding.UTF8.GetByteCount(name) <= LongestStart)
        {
            return $".{name}.";
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, HashBytes));
        var kept = name.Length;
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, kept)) > LongestStart - (2 * HashBytes))
        {
            kept -= char.IsLowSurrogate(name[kept - 1]) ? 2 : 1;
        }

        return $".{name[..kept]}{hash}.";
    }

    // A name that isn't made exactly like ours is someone else's.
    private static int? WriterOf(string name, string start)
    {
        if (
            !name.StartsWith(start, StringComparison.Ordinal)
            || !name.EndsWith(Ending, StringComparison.Ordinal)
            || name.Length < start.Length + Ending.Length
        )
        {
            return null;
        }

        return
            name[start.Length..^Ending.Length].Split('-') is [var id, { Length: RandomLength } random]
            && random.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    // A folder may be shared with machines and containers whose processes can't be seen from here, but none writes for
    // so long.
    private static bool IsLeft(string file, int writer, DateTime now)
    {
        var written = File.GetLastWriteTimeUtc(file);
        return now - written > LongestWrite && !WasThere(writer, written);
    }

    // Process ids are reused.
    private static bool WasThere(int id, DateTime time)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime() <= time;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Exception e) when (e is Win32Exception or NotSupportedException)
        {
            // The process is alive but owned by another user; leave its file alone.
            return true;
        }
    }
}
