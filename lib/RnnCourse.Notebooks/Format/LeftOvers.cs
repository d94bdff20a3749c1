using System.Diagnostics;
using System.Globalization;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Temporary files beside their targets: <c>.name.ipynb.1234-abcd.tmp</c>, where 1234 is the process that writes it. A process that was
/// killed meanwhile leaves its file; the next writer of the same target removes it.
/// </summary>
internal static class LeftOvers
{
    private const string Ending = ".tmp";

    public static string NewName(string target) => Path.Combine(
        Path.GetDirectoryName(target)!,
        string.Create(CultureInfo.InvariantCulture, $"{Start(target)}{Environment.ProcessId}-{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}{Ending}"));

    /// <summary>Removes what processes left that have ended. What cannot be removed harms no one.</summary>
    public static void Remove(string target)
    {
        try
        {
            var start = Start(target);
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"{start}*{Ending}"))
            {
                if (WriterOf(Path.GetFileName(file), start) is { } id && !Lives(id))
                    File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the write itself tells what is wrong with the folder
        }
    }

    private static string Start(string target) => $".{Path.GetFileName(target)}.";

    private static int? WriterOf(string name, string start) =>
        name[start.Length..].Split('-') is [var id, _] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Lives(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
