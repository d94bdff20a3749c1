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

    // A flag of a process that executes no more code, and one of those that belong to the kernel.
    private const uint Exiting = 0x4;
    private const uint OfKernel = 0x20_0000;

    // Where a process's status tells at which addresses its code begins, and its environment begins and ends.
    private const int CodeStart = 23;
    private const int EnvironmentStart = 47;
    private const int EnvironmentEnd = 48;

    private const int ReadAtOnce = 16 * 1024;

    private static readonly Lazy<bool> TellsCodeStart = new(() =>
        ReadStatus(Environment.ProcessId).ElementAtOrDefault(CodeStart) is not (null or "0")
    );

    // A program that can't be read for so long hides what it is.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(30);

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

        var waited = Stopwatch.StartNew();

        // Programs may start others in the meantime; each round finds those that the previous one missed.
        for (var round = 0; round < Rounds && KillOnce(mark, waited); round++) { }
    }

    /// <summary>Whether a process that has not ended yet is already exiting and executes no more code; null if the
    /// system doesn't tell.</summary>
    public static bool? IsEnding(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        return ReadFlags(process.Id) is not { } flags || (flags & Exiting) != 0;
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

    private static bool KillOnce(byte[] mark, Stopwatch waited)
    {
        var found = false;
        foreach (
            var id in FindAll()
                .Where(id => id != Environment.ProcessId && ReadEnvironment(id, waited).AsSpan().IndexOf(mark) >= 0)
        )
        {
            found |= Kill(id);
        }

        return found;
    }

    // While a process becomes another program (exec), the system shows an empty environment; this waits until it shows
    // the real one. The process may begin or end that between two readings, so that an environment that should be there
    // is read again.
    private static byte[] ReadEnvironment(int process, Stopwatch waited)
    {
        while (true)
        {
            if (Read(process, "environ") is { Length: > 0 } environment)
            {
                return environment;
            }

            var status = ReadStatus(process);
            if (
                FlagsOf(status) is not { } flags
                || (flags & (Exiting | OfKernel)) != 0
                || HasNoEnvironment(status)
                || waited.Elapsed > ReadPatience
            )
            {
                return [];
            }

            Thread.Sleep(1);
        }
    }

    // The beginning of a program's code is set last when a process becomes this program, after its environment. It is 0
    // before, and 1 for the process of another user. A system that doesn't tell it gives 0 for this process, too.
    private static bool HasNoEnvironment(string[] status) =>
        status.Length > EnvironmentEnd && status[CodeStart] is var code and not "0"
            ? code == "1" || status[EnvironmentStart] == status[EnvironmentEnd]
            : !TellsCodeStart.Value;

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

    private static int ReadParent(int process) =>
        ReadStatus(process) is [_, var parent, ..]
        && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : 0;

    // Null if it has ended.
    private static uint? ReadFlags(int process) => FlagsOf(ReadStatus(process));

    private static uint? FlagsOf(string[] status) =>
        status is [not ("Z" or "X"), _, _, _, _, _, var flags, ..]
        && uint.TryParse(flags, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            ? bits
            : null;

    // The state, the parent, four other numbers, the flags and more: what follows the program's name, which may contain
    // anything. Empty if the process has ended.
    private static string[] ReadStatus(int process)
    {
        var status = Encoding.UTF8.GetString(Read(process, "stat"));
        return status.LastIndexOf(')') is var end and >= 0 ? status[(end + 2)..].Split(' ') : [];
    }

    // Empty if it has ended or belongs to another user. Read by one call of the system: what several calls give is cut
    // short if the process becomes another program between them.
    private static byte[] Read(int process, string file)
    {
        try
        {
            using var handle = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
            for (var size = ReadAtOnce; ; size *= 2)
            {
                var bytes = new byte[size];
                var count = RandomAccess.Read(handle, bytes, fileOffset: 0);
                if (count < size)
                {
                    return bytes[..count];
                }
            }
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
