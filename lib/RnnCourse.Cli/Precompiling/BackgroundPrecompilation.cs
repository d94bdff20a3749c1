using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RnnCourse.Cli.Precompiling;

/// <summary>Starts a translation that goes on in the background, at the lowest priority, after this program has
/// ended.</summary>
internal static class BackgroundPrecompilation
{
    /// <summary>Set to <c>off</c>, nothing is translated in the background.</summary>
    public const string Switch = "RNN_PRECOMPILE";

    // Who was offline yesterday may have a network today.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromDays(1);

    /// <summary>Whether there is something to translate on a machine where it is wanted.</summary>
    /// <param name="plan">What the build found to translate, or null.</param>
    /// <param name="variables">Gives the environment's variables.</param>
    /// <param name="now">The time.</param>
    /// <returns>False in CI, where the machine is thrown away, and for a day after a failure.</returns>
    public static bool IsWanted(PrecompilationPlan? plan, Func<string, string?> variables, DateTime now) =>
        plan is not null
        && variables(Switch) != "off"
        && !string.Equals(variables("CI"), "true", StringComparison.OrdinalIgnoreCase)
        && plan.Missing.Any()
        && !(File.Exists(plan.FailureFile) && now - File.GetLastWriteTimeUtc(plan.FailureFile) < RetryAfter);

    /// <summary>Starts the translation where it is wanted. Whatever goes wrong here costs nothing but speed, so it is
    /// not told.</summary>
    public static void StartIfWanted()
    {
        try
        {
            if (!IsWanted(PrecompilationPlan.Read(), Environment.GetEnvironmentVariable, DateTime.UtcNow))
            {
                return;
            }

            // Streams of its own: whoever reads this program's output must not wait for the translation.
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "rnn.dll"),
                    PrecompileCommand.Name,
                    PrecompileCommand.Background,
                ]
            )
            {
                WorkingDirectory = AppContext.BaseDirectory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            };
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
            {
                start.FileName = host;
            }

            using var process = Process.Start(start);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException)
        {
            // Without a translation the program starts a little more slowly, and says nothing about it.
        }
    }

    /// <summary>Makes this process one of the background: of the lowest priority, and out of reach of the terminal's
    /// Ctrl-C.</summary>
    public static void EnterBackground()
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                _ = StartSession();
            }

            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.Idle;
        }
        catch (Exception e) when (e is Win32Exception or EntryPointNotFoundException or DllNotFoundException)
        {
            // It translates all the same.
        }
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StartSession();
}
