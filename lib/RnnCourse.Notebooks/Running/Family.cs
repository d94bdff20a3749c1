using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// Ends what a notebook's cells started and left behind: programs that detached themselves, so that the tree of processes
/// doesn't lead to them. A variable in their environment does. Linux alone shows it; elsewhere the tree must do.
/// </summary>
internal static class Family
{
    private const int Rounds = 20;

    public static void Kill(string family)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var mark = Encoding.UTF8.GetBytes($"{WorkerSetup.FamilyVariable}={family}");

        // Programs may start others meanwhile; each round finds what the one before missed.
        for (var round = 0; round < Rounds && KillOnce(mark); round++)
        {
        }
    }

    private static bool KillOnce(byte[] mark)
    {
        var found = false;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && Holds(folder, mark))
            {
                found |= Kill(id);
            }
        }

        return found;
    }

    private static bool Holds(string folder, byte[] mark)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or belongs to someone else
        }
    }

    private static bool Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
