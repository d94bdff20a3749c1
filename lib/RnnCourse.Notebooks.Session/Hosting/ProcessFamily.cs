using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// Ends a session's process and the processes that its cells started: its child processes and, on Linux, also programs
/// that detached themselves from it. The latter are found by a variable in their environment.
/// </summary>
internal static class ProcessFamily
{
    /// <summary>The variable that all processes started by a session's process inherit, so that they can be found and
    /// ended.</summary>
    public const string Variable = "RNN_SESSION_FAMILY";

    private const int Rounds = 20;

    /// <summary>Ends the process and all that it started. Does nothing if it has already ended.</summary>
    /// <param name="session">The session's process.</param>
    /// <param name="family">The variable's value.</param>
    public static void Kill(Process session, string family)
    {
        if (!OperatingSystem.IsLinux())
        {
            session.Kill(entireProcessTree: true);
            return;
        }

        // The runtime's Kill(entireProcessTree) first suspends each process. If this process were ended at that moment,
        // as a second Ctrl-C does, they would stay suspended for ever.
        var below = session.HasExited ? [] : FindBelow(session.Id);
        session.Kill();
        foreach (var id in below)
        {
            Kill(id);
        }

        var mark = Encoding.UTF8.GetBytes($"{Variable}={family}");

        // Programs may start others in the meantime; each round finds those that the previous one missed.
        for (var round = 0; round < Rounds && KillOnce(mark); round++) { }
    }

    /// <summary>Whether a process that has not ended yet is already exiting and executes no more code; null if the
    /// system doesn't tell.</summary>
    public static bool? IsEnding(Process process)
    {
        const int Exiting = 4;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // After the program's name come the state, five numbers and the flags. If the file is missing, the process has
        // ended.
        var status = Encoding.UTF8.GetString(Read(process.Id, "stat"));
        return status[(status.LastIndexOf(')') + 1)..].Split(' ')
                is not [_, not ("Z" or "X"), _, _, _, _, _, var bits, ..]
            || !uint.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var word)
            || (word & Exiting) != 0;
    }

    private static HashSet<int> FindBelow(int process)
    {
        var children = FindAll().ToLookup(ReadParent);
        var below = new HashSet<int>();
        var next = new Queue<int>(children[process]);
        while (next.TryDequeue(out var id))
        {
            if (below.Add(id))
            {
                foreach (var child in children[id])
                {
                    next.Enqueue(child);
                }
            }
        }

        return below;
    }

    private static bool KillOnce(byte[] mark)
    {
        var found = false;
        foreach (
            var id in FindAll()
                .Where(id => id != Environment.ProcessId && Read(id, "environ").AsSpan().IndexOf(mark) >= 0)
        )
        {
            found |= Kill(id);
        }

        return found;
    }

    private static IEnumerable<int> FindAll()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return id;
            }
        }
    }

    // After the program's name, which may contain anything, come its state and its parent.
    private static int ReadParent(int process)
    {
        var status = Encoding.UTF8.GetString(Read(process, "stat"));
        return
            status.LastIndexOf(')') is var end and >= 0
            && status[(end + 1)..].Split(' ') is [_, _, var parent, ..]
            && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : 0;
    }

    // Null if it has ended or belongs to another user.
    private static byte[] Read(int process, string file)
    {
        try
        {
            return File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
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
